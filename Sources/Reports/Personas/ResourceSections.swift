import FinOps

/// Which resources drove the month, and the way down to them: only where line items were given.
enum ResourceSections {
    static func drivers(_ context: PageContext, rows count: Int) -> ReportSection {
        guard let resources = context.book.resources, !resources.drivers.isEmpty else {
            return context.unknownSection("Which resource drove it is unknown", ["resources.count"])
        }
        let isCompared = resources.previous != nil
        let rows = resources.drivers.prefix(count).map { driver in
            ReportTable.Row(
                cells: [
                    .name(ResourceName.short(driver.resource)), .name(driver.account), .name(driver.service),
                    .fact("\(driver.factPrefix).cost", .whole),
                ] + (isCompared ? [.fact("\(driver.factPrefix).change", .whole.signed)] : []))
        }
        let first = resources.drivers[0]
        return ReportSection(
            title: isCompared
                ? "\(name: ResourceName.short(first.resource)) moved most: \("\(first.factPrefix).change", .money.signed) beyond the calendar"
                : "\(name: ResourceName.short(first.resource)) costs most: \("\(first.factPrefix).cost", .money)",
            blocks: [
                .table(
                    ReportTable(
                        caption:
                            "Of \(context.count("resources.count", "resource")) in the month's line items, \(words: basis(resources)), \(words: context.unit)",
                        columns: [.text("Resource"), .text("Account"), .text("Service"), .number("Cost")]
                            + (isCompared ? [.number("Change")] : []), rows: Array(rows)))
            ])
    }

    /// Nil without line items: the drivers' section says why.
    static func drillDown(_ context: PageContext) -> ReportSection? {
        guard let resources = context.book.resources else { return nil }
        return ReportSection(
            title: "From the organisation down to the resource",
            blocks: [
                .tree(
                    ReportTree(
                        caption:
                            "Line items, \(words: basis(resources)), \(words: context.unit); each level adds up to the one above\(words: resources.previous == nil ? "" : "; then the change beyond the number of days")",
                        root: node(resources.tree, isCompared: resources.previous != nil)))
            ])
    }

    private static func node(_ node: CostNode, isCompared: Bool) -> ReportTree.Node {
        let cost = Phrase.fact("\(node.factPrefix).cost", .whole)
        return ReportTree.Node(
            name: node.kind == .others || node.kind == .organization
                ? .words(node.name) : .name(node.kind == .resource ? ResourceName.short(node.name) : node.name),
            figures: isCompared ? [cost, .fact("\(node.factPrefix).change", .whole.signed)] : [cost],
            children: node.children.map { Self.node($0, isCompared: isCompared) })
    }

    private static func basis(_ resources: ResourceOutline) -> String {
        resources.basis == .effective ? "commitments spread over their use" : "as billed"
    }
}

/// The part of a resource's name that tells it from others; `facts.json` has the whole.
public enum ResourceName {
    /// `arn:aws:rds:eu-west-1:111122223333:db:orders` is `db:orders`.
    public static func short(_ name: String) -> String {
        let parts = name.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        return parts.count == 6 && parts[0] == "arn" ? String(parts[5]) : name
    }
}

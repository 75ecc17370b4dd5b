import Exports
import FinOps
import Reports

extension SectionWriter {
    /// Resources that moved most, or cost most where the export holds one month.
    var resources: ExportTable? {
        guard let outline = book.resources else { return nil }
        return list(
            "resources",
            outline.previous == nil
                ? "Resources that cost most, of line items, \(code)"
                : "Resources that moved most, of line items, \(code)", heading: "Resource",
            columns: [
                .init("account", title: "Account", .text), .init("service", title: "Service", .text, isDetail: true),
            ]
                + resourceAmounts(outline),
            rows: outline.drivers.prefix(limit).map { driver in
                (
                    ResourceName.short(driver.resource),
                    [driver.account, driver.service].map { .text(UntrustedText($0).text) }
                        + resourceCells(driver.factPrefix, outline)
                )
            })
    }

    /// From the organisation down to single resources; each level adds up to the one above.
    var drillDown: ExportTable? {
        guard let outline = book.resources else { return nil }
        var rows: [ExportTable.Row] = []
        func write(_ node: CostNode, depth: Int) {
            let name = node.kind == .resource ? ResourceName.short(node.name) : node.name
            rows.append(
                ExportTable.Row(
                    [.text(UntrustedText(name).text)] + resourceCells(node.factPrefix, outline),
                    weight: node.children.isEmpty ? (node.kind == .others ? .rest : .normal) : .group, depth: depth))
            for child in node.children { write(child, depth: depth + 1) }
        }
        for child in outline.tree.children { write(child, depth: 0) }
        rows.append(
            ExportTable.Row(
                [.text(outline.tree.name)] + resourceCells(outline.tree.factPrefix, outline), weight: .total))
        return ExportTable(
            name: "drill-down", title: "From the organisation down to the resource, of line items, \(code)",
            columns: [.init("part", title: "Part", .text)] + resourceAmounts(outline), rows: rows, period: nil,
            isTree: true)
    }

    private func resourceAmounts(_ outline: ResourceOutline) -> [ExportTable.Column] {
        [.init("cost", title: CostTable.short(book.month), amount)]
            + (outline.previous == nil ? [] : [.init("change", title: "Change", amount)])
    }

    private func resourceCells(_ prefix: String, _ outline: ResourceOutline) -> [ExportTable.Cell] {
        [fact("\(prefix).cost", .cents)] + (outline.previous == nil ? [] : [fact("\(prefix).change", .signedCents)])
    }
}

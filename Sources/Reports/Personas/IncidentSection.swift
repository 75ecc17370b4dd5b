import FinOps

/// What was unusual, when, by how much, what drove it, and whom to ask.
enum IncidentSection {
    static let shown = 8

    static func section(_ context: PageContext) -> ReportSection {
        let incidents = context.book.analysis?.incidents ?? []
        guard context.facts.value("incidents.count") != nil else {
            return context.unknownSection("Incidents are unknown", ["incidents.count", "aws_anomaly.count"])
        }
        guard !incidents.isEmpty else {
            return ReportSection(
                title: "No day and no service left its usual band",
                blocks: [.paragraph("\("incidents.days_known", .plain) days were judged. \(aws(context))")])
        }
        return ReportSection(
            title:
                "\(context.count("incidents.count", "incident")) cost \("incidents.impact", .money.signed) beyond what was expected",
            blocks: [.table(table(ranked(incidents, context).prefix(shown), context)), .paragraph(aws(context))])
    }

    /// Largest impact first, whatever its sign.
    static func ranked(_ incidents: [IncidentOutline], _ context: PageContext) -> [IncidentOutline] {
        func impact(_ incident: IncidentOutline) -> ExactDecimal {
            context.facts.value("\(incident.factPrefix).impact")?.magnitude ?? .zero
        }
        return incidents.sorted { left, right in
            let (first, second) = (impact(left), impact(right))
            return first == second ? left.factPrefix < right.factPrefix : first > second
        }
    }

    private static func table(_ incidents: ArraySlice<IncidentOutline>, _ context: PageContext) -> ReportTable {
        let rows = incidents.map { incident in
            ReportTable.Row(cells: [
                .mark(mark(incident)), .words("\(incident.firstDay)"), .fact("\(incident.factPrefix).days", .plain),
                cause(incident, context), owner(incident),
                .fact("\(incident.factPrefix).expected", .whole), .fact("\(incident.factPrefix).actual", .whole),
                .fact("\(incident.factPrefix).impact", .whole.signed), .words(incident.detectedBy.rawValue),
            ])
        }
        return ReportTable(
            caption: "Incidents, \(words: context.unit), largest first",
            columns: [
                .text("Kind"), .date("From"), .number("Days"), .text("What"), .text("Ask the owner of"),
                .number("Expected"),
                .number("Actual"), .number("Impact"), .text("Found by"),
            ], rows: rows)
    }

    /// A spike, a drop, a new level, or a drift too slow for any single day; its tone is how large it was.
    private static func mark(_ incident: IncidentOutline) -> Mark {
        let tone: Tone =
            switch incident.severity {
            case "SPIKE": .bad
            case "WATCH": .warning
            default: .neutral
            }
        return Mark(word: incident.kind + (incident.hasLowConfidence ? ", short history" : ""), tone: tone)
    }

    static func cause(_ incident: IncidentOutline, _ context: PageContext) -> Phrase {
        let services = incident.causes.compactMap(\.service).map { Phrase.name($0.name) }
        return services.isEmpty
            ? "\(context.count("\(incident.factPrefix).services", "service")) together"
            : services.dropFirst().reduce(services[0]) { $0 + ", " + $1 }
    }

    private static func owner(_ incident: IncidentOutline) -> Phrase {
        guard let account = incident.causes.compactMap(\.account).first else { return .unknown(noSingleAccount) }
        return account.owner.map { "\(name: account.name): \(name: $0)" } ?? .name(account.name)
    }

    private static let noSingleAccount = "no single account carries half of what moved in the service over the month"

    /// What AWS itself found, and what people told it of that.
    private static func aws(_ context: PageContext) -> Phrase {
        guard context.facts.value("aws_anomaly.count") != nil else {
            return "What AWS itself found: \("aws_anomaly.count", .plain). Runbook: \(.unknown(noRunbook))."
        }
        return
            "AWS itself found \(context.count("aws_anomaly.count", "anomaly", plural: "anomalies")), \("aws_anomaly.impact", .money.signed); people judged \("aws_anomaly.judged", .plain) of them and called \("aws_anomaly.false_alerts", .plain) false. Runbook: \(.unknown(noRunbook))."
    }

    private static let noRunbook = "no source of runbooks is configured"
}

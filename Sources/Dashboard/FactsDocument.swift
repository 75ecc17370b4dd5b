public import Exports
public import FinOps
import Reports

/// Every figure of a sealed month as tables: accounts, services, units, categories, the series, and the whole list of facts
/// with their ids, units and reasons.
public struct FactsDocument {
    public let document: ExportDocument

    public init(_ book: FactBook, seal: Digest, folder: String) {
        let facts = FactIndex(book)
        func table(_ subject: CostTable.Subject, _ rows: [CostRow], name: String, title: String) -> ExportTable {
            var query = DashboardQuery()
            query.showsZeroCost = true
            query.rowLimit = .max
            let total = CostRow(sumOf: rows, name: "Total", whole: rows.reduce(.zero) { $0 + ($1.now.value ?? .zero) })
            let breakdown = Breakdown(
                rows, query, profile: PersonaProfile.of(.technical), noun: name, total: total)
            return CostTable(
                subject: subject, month: book.month, provider: book.origin?.provider ?? "AWS", currency: book.currency,
                metric: book.metric, secondMetric: nil,
                isBeforeDiscount: subject == .services, hasTrend: false
            ).table(breakdown, name: name, title: "\(title), \(book.currency.code)")
        }
        func rows(_ subjects: [FactSubject], _ amount: String, path: (FactSubject) -> [String]) -> [CostRow] {
            subjects.map { CostRow($0, amount: amount, path: path($0), in: facts) }
        }
        let accounts = rows(book.accounts, "net") { ($0.path ?? []).map { UntrustedText($0).text } }
        let services = rows(book.services, "gross") { [ServiceFamily(of: $0.key).label] }
        let units = rows(book.organizationalUnits, "net") { _ in [] }
        var tables = [
            table(.accounts, accounts, name: "accounts", title: "Accounts by net cost"),
            table(.services, services, name: "services", title: "Services by cost before the partner discount"),
        ]
        if !units.isEmpty {
            tables.append(table(.units, units, name: "units", title: "Organisational units by net cost"))
        }
        for timeframe in [DashboardQuery.Timeframe.monthly, .daily] {
            guard let trend = try? TrendTable(timeframe, book, selection: Selection.whole) else { continue }
            tables.append(
                trend.table(
                    currency: book.currency, basis: "net cost", name: timeframe == .monthly ? "months" : "days"))
        }
        tables.append(Self.list(book))
        document = ExportDocument(
            title: "Figures of \(book.month.name)",
            warning: book.gates.allSatisfy(\.holds) ? nil : "NOT VALIDATED: a gate does not hold.",
            about: [
                .init("Project", book.project), .init("Archive", folder), .init("Seal", seal.named),
                .init("Metric", "\(book.metric.rawValue), \(book.currency.code)"),
                .init("Gates", book.gates.map { "\($0.gate.rawValue) \($0.outcome.rawValue)" }.joined(separator: ", ")),
            ], tables: tables)
    }

    /// Facts of every unit stand in one column here, so it is a plain number and the unit stands beside it.
    private static func list(_ book: FactBook) -> ExportTable {
        ExportTable(
            name: "facts", title: "Every fact",
            columns: [
                .init("fact", focus: "x_Fact", title: "Fact", .text),
                .init("value", focus: "x_Value", title: "Value", .number),
                .init("unit", focus: "x_Unit", title: "Unit", .text),
                .init("label", focus: "x_Label", title: "What it is", .text),
            ],
            rows: book.facts.map { fact in
                ExportTable.Row([
                    .text(fact.id),
                    fact.value.map { .figure($0, printed: FigureText.text($0, .plain), fact: fact.id) }
                        ?? .unknown(fact.reason ?? ""),
                    .text(fact.currency?.code ?? fact.unit.rawValue), .text(UntrustedText(fact.label).text),
                ])
            }, period: nil)
    }
}

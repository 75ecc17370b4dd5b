import Exports
import FinOps
import Foundation
import Reports

/// Writes the sections of a persona from the facts of a month.
struct SectionWriter {
    let book: FactBook
    let facts: FactIndex
    let rows: DashboardRows
    /// How many rows a ranking has.
    let limit: Int

    private var currency: Currency { book.currency }
    var code: String { currency.code }
    var amount: ExportTable.Column.Kind { .amount(currency) }

    /// Nil when there is nothing to show.
    func table(_ section: PersonaSection) -> ExportTable? {
        switch section {
        case .movers: movers
        case .why: why
        case .outlook: outlook
        case .units: rows.units
        case .growth: growth
        case .grossToNet: grossToNet
        case .families: rows.families
        case .heat: heat
        case .movements: movements
        case .furthestDays: furthestDays
        case .lights: lights
        case .incidents: incidents
        case .commitments: commitments
        case .expiries: expiries
        case .funnel: funnel
        case .advice: advice
        case .resources: resources
        case .drillDown: drillDown
        case .accuracy: accuracy
        case .layers: layers
        case .gates: gates
        case .questions: questions
        }
    }

    func underlying(_ subject: FactSubject) -> ExactDecimal {
        facts.value("\(subject.factPrefix).underlying") ?? .zero
    }

    /// The largest accounts by the services they spend most on.
    var heat: ExportTable? {
        func cell(_ account: FactSubject, _ service: FactSubject) -> String {
            "\(account.factPrefix).\(service.factPrefix).gross"
        }
        let accounts = book.accounts.filter { account in
            book.services.contains { facts.contains(cell(account, $0)) }
        }
        let largest = book.services.filter { service in
            accounts.contains { !(facts.value(cell($0, service)) ?? .zero).isZero }
        }
        .prefix(3)
        return list(
            "heat", "The largest accounts by what they spend on, before the partner discount, \(code)",
            heading: "Account",
            columns: largest.enumerated().map { index, service in
                .init(
                    "service_\(index + 1)", focus: "x_\(service.name.filter(\.isLetter))",
                    title: Self.shortName(service), amount)
            },
            rows: accounts.map { account in
                (account.name, largest.map { fact(cell(account, $0), .cents) })
            })
    }

    /// As many of a service's words as let three names stand side by side in 80 columns, the vendor's left out.
    static func shortName(_ service: FactSubject) -> String {
        let words = UntrustedText(service.name).text.split(separator: " ").drop { $0 == "Amazon" || $0 == "AWS" }
        var short = words.first.map(String.init) ?? service.name
        for word in words.dropFirst() {
            guard short.count + word.count < 18, word.first?.isLetter == true else { break }
            short += " \(word)"
        }
        return short
    }

    /// What is not NORMAL, in the words operations teams know.
    var movements: ExportTable? {
        let order = ["SPIKE", "DROP", "NEW", "GONE", "WATCH", "UNKNOWN"]
        let marked = book.services.map { ($0, MovementWord.of($0, amount: "gross", in: facts)) }
            .filter { order.contains($0.1) }
            .sorted {
                let (left, right) = (order.firstIndex(of: $0.1)!, order.firstIndex(of: $1.1)!)
                return left == right ? underlying($0.0).magnitude > underlying($1.0).magnitude : left < right
            }
        return list(
            "movements", "Services off their pattern, cost before the partner discount, \(code)", heading: "Service",
            columns: [
                .init("word", title: "Word", .text),
                .init("gross", focus: "x_BilledCostBeforePartnerDiscount", title: CostTable.short(book.month), amount),
                .init("change", title: "Change", amount), Self.perDay,
            ],
            rows: marked.map { service, word in
                (
                    service.name,
                    [
                        .text(word), fact("\(service.factPrefix).gross", .cents),
                        fact("\(service.factPrefix).change", .signedCents), perDay(service.factPrefix),
                    ]
                )
            })
    }

    /// The day of each service that is furthest from a day like it.
    var furthestDays: ExportTable? {
        let services = book.services
            .filter { (facts.value("\($0.factPrefix).daily.largest_deviation") ?? .zero).magnitude >= "1" }
            .sorted { deviation($0) > deviation($1) }
        return list(
            "days", "The day furthest from its pattern, by service, \(code)", heading: "Service",
            columns: [
                .init("day", title: "Day", .number), .init("cost", title: "Cost", amount),
                .init("typical", title: "Typical", amount), .init("deviation", title: "Off by", amount),
            ],
            rows: services.prefix(limit).map { service in
                let prefix = "\(service.factPrefix).daily"
                return (
                    service.name,
                    [
                        fact("\(prefix).largest_day", .plain), fact("\(prefix).largest", .cents),
                        fact("\(prefix).typical", .cents), fact("\(prefix).largest_deviation", .signedCents),
                    ]
                )
            })
    }

    func deviation(_ service: FactSubject) -> ExactDecimal {
        (facts.value("\(service.factPrefix).daily.largest_deviation") ?? .zero).magnitude
    }

    static let perDay = ExportTable.Column("per_day_change_pct", title: "Per day", .percent)

    func perDay(_ prefix: String) -> ExportTable.Cell {
        let value = facts["\(prefix).per_day_change_pct"]
        guard value.value == nil else { return CostRow.Value(value).cell(.signedPercent) }
        let isNew = facts.value("\(prefix).previous")?.isZero == true
        return .unknown(value.reason ?? "", printed: isNew ? "NEW" : "GONE")
    }

    func fact(_ id: String, _ shape: FigureText.Shape) -> ExportTable.Cell {
        CostRow.Value(facts[id]).cell(shape)
    }

    func list(
        _ name: String, _ title: String, heading: String, columns: [ExportTable.Column],
        rows: [(String, [ExportTable.Cell])], total: (String, [ExportTable.Cell])? = nil
    ) -> ExportTable? {
        guard !rows.isEmpty else { return nil }
        func text(_ name: String) -> ExportTable.Cell { .text(UntrustedText(name).text) }
        let key = heading.lowercased().replacing(" ", with: "_")
        return ExportTable(
            name: name, title: title, columns: [.init(key, title: heading, .text)] + columns,
            rows: rows.map { ExportTable.Row([text($0.0)] + $0.1) }
                + (total.map { [ExportTable.Row([text($0.0)] + $0.1, weight: .total)] } ?? []),
            period: nil)
    }
}

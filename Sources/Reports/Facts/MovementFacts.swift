import FinOps

/// What moved the bill beyond the number of days: the largest changes by service, the rest, and the partner discount. With
/// the calendar they are the whole change of the net cost; what the two layers do not agree on is a step of its own, never
/// spread over the others.
enum MovementFacts {
    /// As many as a reader keeps in mind; with both ends, the calendar and the rest that makes seven bars.
    static let shown = 3

    static func write(_ material: FactMaterial, services: [FactSubject], to ledger: inout FactLedger) {
        let month = material.month
        let byID = Dictionary(ledger.facts.map { ($0.id, $0) }) { first, _ in first }
        func value(_ id: String) -> ExactDecimal? { byID[id]?.value }
        let movers = Movers.ranked(services) { value("\($0.factPrefix).underlying") }.prefix(shown)
        let named = material.figure(material.collection.services, in: month) { _ in
            movers.map { value("\($0.factPrefix).underlying") ?? .zero }.sum()
        }
        let gross = Change(material.gross(in: month), material.gross(in: month.previous), month).underlying
        let net = figure(byID["change.underlying"])
        let discount = figure(byID["bridge.partner_discount.underlying"])
        ledger.money("movers.others.underlying", gross - named, "change of all other services")
        ledger.money("movers.rest.underlying", net - named, "change of everything else")
        ledger.money(
            "movers.layers.underlying", net - gross - discount, "change that the layer by service does not show")

        let words = services.map { service in
            Movement(
                now: byID["\(service.factPrefix).gross"]?.value, before: value("\(service.factPrefix).previous"),
                perDayChangePercent: value("\(service.factPrefix).per_day_change_pct"))
        }
        let sources = byID["total.gross"]?.sources ?? []
        for word in Movement.allCases where word != .unknown {
            let count = words.count { $0 == word }
            let figure =
                material.collection.services.trouble.map { Figure($0) } ?? Figure(ExactDecimal(count), sources)
            ledger.count("movement.\(word.rawValue.lowercased())", figure, "services marked \(word.rawValue)")
        }
        ledger.percent("movement.spike_threshold", Figure(Movement.spikePercent, []), "SPIKE and DROP begin beyond")
        ledger.percent("movement.watch_threshold", Figure(Movement.watchPercent, []), "WATCH begins at")
    }

    private static func figure(_ fact: Fact?) -> Figure {
        guard let fact else { return Figure(unknown: "not computed") }
        return fact.value.map { Figure($0, fact.sources) } ?? Figure(unknown: fact.reason ?? "", fact.sources)
    }
}

/// The order in which changes matter: by size, whatever the sign; ties by id.
enum Movers {
    static func ranked(_ subjects: [FactSubject], change: (FactSubject) -> ExactDecimal?) -> [FactSubject] {
        subjects.map { ($0, change($0)?.magnitude ?? .zero) }
            .filter { !$0.1.isZero }
            .sorted { ($1.1, $0.0.factPrefix) < ($0.1, $1.0.factPrefix) }
            .map(\.0)
    }
}

/// The words operations teams know for a change of the daily average against the month before.
enum Movement: String, CaseIterable {
    case spike = "SPIKE"
    case drop = "DROP"
    case watch = "WATCH"
    case normal = "NORMAL"
    case new = "NEW"
    case gone = "GONE"
    case unknown = "UNKNOWN"

    static let spikePercent: ExactDecimal = "20"
    static let watchPercent: ExactDecimal = "10"

    init(now: ExactDecimal?, before: ExactDecimal?, perDayChangePercent percent: ExactDecimal?) {
        self =
            switch (now, before, percent) {
            case (let now?, let before?, _) where before.isZero && !now.isZero: .new
            case (let now?, let before?, _) where now.isZero && !before.isZero: .gone
            case (_, _, let percent?) where percent > Self.spikePercent: .spike
            case (_, _, let percent?) where percent < -Self.spikePercent: .drop
            case (_, _, let percent?) where percent >= Self.watchPercent: .watch
            case (_, _, .some): .normal
            default: .unknown
            }
    }
}

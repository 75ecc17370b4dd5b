import FinOps

/// What moved the bill beyond the number of days: the largest changes by service, each at as many days, and the rest. With the
/// bridge's bar of the days they are the whole change of the net cost.
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
        ledger.money(
            "movers.rest.underlying", figure(byID["total.underlying"]) - named, "change of everything else")

        let analysis = material.analysis
        ledger.percent("movement.spike_threshold", Figure(analysis.alarmPercent, []), "SPIKE and DROP begin beyond")
        ledger.percent("movement.watch_threshold", Figure(analysis.watchPercent, []), "WATCH begins at")
        let index = FactIndex(ledger.facts)
        let words = services.map { Movement(index, $0, now: "gross") }
        let sources = byID["total.gross"]?.sources ?? []
        let before = material.gross(in: month.previous)
        for word in Movement.allCases where word != .unknown {
            let count = words.count { $0 == word }
            let figure = (before.value == nil ? before : Figure(.zero, sources)).map { _ in ExactDecimal(count) }
            ledger.count("movement.\(word.rawValue.lowercased())", figure, "services marked \(word.rawValue)")
        }
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

    /// What is unusual enough to be said.
    struct Thresholds {
        /// Percent from which a change is called SPIKE or DROP, and WATCH.
        var alarm: ExactDecimal
        var watch: ExactDecimal
        /// A change of the month smaller than this is NORMAL, whatever its percentage.
        var floor: ExactDecimal
    }

    /// - Parameters:
    ///   - change: Beyond the number of days.
    ///   - percent: The same as a percentage; nil where none exists.
    init(
        now: ExactDecimal?, before: ExactDecimal?, change: ExactDecimal?, percent: ExactDecimal?,
        _ thresholds: Thresholds
    ) {
        guard let now, let before, let change else {
            self = .unknown
            return
        }
        guard change.magnitude >= thresholds.floor, !change.isZero else {
            self = .normal
            return
        }
        self =
            switch percent {
            case _ where before.isZero: .new
            case _ where now.isZero: .gone
            case nil: .unknown
            case let percent? where percent > thresholds.alarm: .spike
            case let percent? where percent < -thresholds.alarm: .drop
            case let percent? where percent >= thresholds.watch: .watch
            default: .normal
            }
    }

    /// The word for what `subject` cost, from the facts alone, so that every page says the same.
    init(_ facts: FactIndex, _ subject: FactSubject, now: String) {
        let prefix = subject.factPrefix
        guard let alarm = facts.value("movement.spike_threshold"), let watch = facts.value("movement.watch_threshold")
        else {
            self = .unknown
            return
        }
        self.init(
            now: facts.value("\(prefix).\(now)"), before: facts.value("\(prefix).previous"),
            change: facts.value("\(prefix).underlying"), percent: facts.value("\(prefix).per_day_change_pct"),
            Thresholds(alarm: alarm, watch: watch, floor: facts.value("news.floor") ?? .zero))
    }
}

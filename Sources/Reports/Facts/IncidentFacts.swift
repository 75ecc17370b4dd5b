import Analysis
import FinOps

/// What was unusual in the month, judged day by day from the days before, by service: anomalies that overlap in time are one
/// incident. What AWS itself found stands in the same table.
enum IncidentFacts {
    static let leastDays = 10

    static func write(
        _ material: FactMaterial, accounts: [FactSubject], services: [FactSubject], to ledger: inout FactLedger
    ) -> [IncidentOutline] {
        guard let days = DailyServices(material), days.days >= leastDays else {
            let unknown = unknown(material)
            for (id, label) in counts { ledger.count(id, unknown, label) }
            ledger.money("incidents.impact", unknown, "what they cost beyond what was expected")
            return []
        }
        var search = AnomalySearch()
        search.leastImpact = material.newsFloorPerDay.value ?? AnomalySearch.leastImpactPerDay
        search.severities = material.severities
        let incidents = Incident.rollUp(days.series.flatMap { search.find(in: $0) })
            .filter { $0.endDay >= material.month.firstDay && $0.day <= material.month.firstDayAfter.adding(days: -1) }
        let names = SubjectNames(accounts: accounts, services: services)
        let sightings = Sighting.merge(incidents, material)
        let source = [days.source]
        ledger.count("incidents.days_known", days.days, "days judged, the restated ones left out", sources: source)
        let open = sightings.count { $0.lastDay >= days.lastDay }
        let numbers =
            [sightings.count, open]
            + IncidentOutline.DetectedBy.allCases.map { finder in
                sightings.count { $0.detectedBy == finder }
            }
        for ((id, label), number) in zip(counts, numbers) { ledger.count(id, number, label, sources: source) }
        ledger.money(
            "incidents.impact", Figure(sightings.map(\.impact).sum(), source),
            "what they cost beyond what was expected")
        return sightings.enumerated().map { index, sighting in
            sighting.write("incident.\(index + 1)", days, names, material, to: &ledger)
        }
    }

    private static let counts =
        [
            ("incidents.count", "incidents that touch the month"),
            ("incidents.open", "of these not over on the last day judged"),
        ]
        + IncidentOutline.DetectedBy.allCases.map { finder in
            ("incidents.detected_by.\(finder.rawValue.lowercased())", "of these detected by \(finder.rawValue)")
        }

    private static func unknown(_ material: FactMaterial) -> Figure {
        material.collection.daily.trouble.map { Figure($0) }
            ?? Figure(unknown: "fewer than \(leastDays) days are known that are no longer restated")
    }
}

/// An incident as it stands in the report: ours, AWS's, or one that both saw.
struct Sighting {
    let detectedBy: IncidentOutline.DetectedBy
    let firstDay: CalendarDay
    let lastDay: CalendarDay
    let kind: Anomaly.Kind
    let hasLowConfidence: Bool
    /// Services with what was expected of each, largest difference first.
    let parts: [(service: String, expected: ExactDecimal, actual: ExactDecimal)]
    let sources: [Digest]

    var expected: ExactDecimal { parts.map(\.expected).sum() }
    var actual: ExactDecimal { parts.map(\.actual).sum() }
    var impact: ExactDecimal { actual - expected }

    private init(_ incident: Incident, detectedBy: IncidentOutline.DetectedBy, sources: [Digest]) {
        self.detectedBy = detectedBy
        (firstDay, lastDay) = (incident.day, incident.endDay)
        (kind, hasLowConfidence) = (incident.kind, incident.confidence == .low)
        parts = incident.anomalies.map { ($0.series, $0.expected, $0.actual) }
        self.sources = sources
    }

    /// Nil where AWS did not name the service, or what it expected: nothing then says what was unusual by how much.
    private init?(_ anomaly: CostAnomaly, _ record: QueryRecord) {
        guard let service = anomaly.service, let actual = anomaly.impact.totalActualSpend,
            let expected = anomaly.impact.totalExpectedSpend
        else { return nil }
        detectedBy = .aws
        (firstDay, lastDay) = (anomaly.firstDay, anomaly.lastDay ?? anomaly.firstDay)
        (kind, hasLowConfidence) = (actual < expected ? .drop : .spike, false)
        parts = [(service, expected, actual)]
        sources = [record.parametersSHA256]
    }

    /// By first day. Ours and one of AWS's are the same when they share a service and a day; ours then gives the figures,
    /// because its days and metric are the report's.
    static func merge(_ incidents: [Incident], _ material: FactMaterial) -> [Sighting] {
        let source = material.collection.daily.value.map { [$0.record.parametersSHA256] } ?? []
        let listing = material.collection.insights?.anomalies?.value
        let anomalies = (listing?.anomalies ?? []).filter { $0.touches(material.month) }
        func isSame(_ incident: Incident, _ anomaly: CostAnomaly) -> Bool {
            incident.anomalies.contains { $0.series == anomaly.service } && anomaly.firstDay <= incident.endDay
                && incident.day <= anomaly.lastDay ?? material.month.firstDayAfter
        }
        let ours = incidents.map { incident in
            let both = anomalies.contains { isSame(incident, $0) }
            return Sighting(
                incident, detectedBy: both ? .both : .ours,
                sources: source + (both ? [listing?.record.parametersSHA256].compactMap { $0 } : []))
        }
        let theirs = anomalies.filter { anomaly in !incidents.contains { isSame($0, anomaly) } }
            .compactMap { anomaly in listing.flatMap { Sighting(anomaly, $0.record) } }
        return (ours + theirs).sorted { ($0.firstDay, $0.parts[0].service) < ($1.firstDay, $1.parts[0].service) }
    }

    func write(
        _ prefix: String, _ days: DailyServices, _ names: SubjectNames, _ material: FactMaterial,
        to ledger: inout FactLedger
    ) -> IncidentOutline {
        let impact = Figure(impact, sources)
        ledger.money(
            "\(prefix).expected", Figure(expected, sources), "what its days were expected to cost, an estimate")
        ledger.money("\(prefix).actual", Figure(actual, sources), "what they cost")
        ledger.money("\(prefix).impact", impact, "the difference")
        ledger.percent(
            "\(prefix).impact_pct", impact.percent(of: Figure(expected, sources), otherwise: "nothing was expected"),
            "the same in percent of what was expected")
        ledger.count(
            "\(prefix).days", lastDay.daysSinceEpoch - firstDay.daysSinceEpoch + 1, "days it lasted", sources: sources)
        ledger.count("\(prefix).services", parts.count, "services that show it", sources: sources)
        let share = expected.isZero ? 1 : actual.measured / expected.measured - 1
        return IncidentOutline(
            factPrefix: prefix, firstDay: firstDay, lastDay: lastDay, kind: kind.rawValue,
            severity: AnomalySeverity(share: share, material.severities).rawValue, hasLowConfidence: hasLowConfidence,
            detectedBy: detectedBy, causes: writeCauses(prefix, days, names, material, to: &ledger))
    }

    /// Ripple search over all services: those that show it, and all others as they were.
    private func writeCauses(
        _ prefix: String, _ days: DailyServices, _ names: SubjectNames, _ material: FactMaterial,
        to ledger: inout FactLedger
    ) -> [CauseOutline] {
        let shown = Dictionary(parts.map { ($0.service, (before: $0.expected, after: $0.actual)) }) { first, _ in first
        }
        let leaves = Set(days.amounts.keys).union(shown.keys).sorted().map { service in
            let usual = days.cost(service, from: firstDay, through: lastDay)
            let own = shown[service] ?? (before: usual, after: usual)
            return RippleSearch.Leaf(values: [service], before: own.before, after: own.after)
        }
        let causes = RippleSearch(dimensions: ["service"]).causes(of: leaves)
        return causes.prefix(3).enumerated().map { index, cause in
            let prefix = "\(prefix).cause.\(index + 1)"
            let service = cause.dimensions[0].value
            ledger.money("\(prefix).expected", Figure(cause.before, sources), "what was expected of it")
            ledger.money("\(prefix).actual", Figure(cause.after, sources), "what it cost")
            ledger.money("\(prefix).impact", Figure(cause.delta, sources), "the difference")
            return CauseOutline(
                factPrefix: prefix, account: material.accountThatMoved(service, names, isRise: !cause.delta.isNegative),
                service: names.services[service] ?? FactSubject(factPrefix: "", key: service, name: service, path: nil))
        }
    }
}

/// Accounts and services by their keys.
struct SubjectNames {
    let accounts: [String: FactSubject]
    let services: [String: FactSubject]

    init(accounts: [FactSubject], services: [FactSubject]) {
        self.accounts = Dictionary(accounts.map { ($0.key, $0) }) { first, _ in first }
        self.services = Dictionary(services.map { ($0.key, $0) }) { first, _ in first }
    }
}

extension FactMaterial {
    var severities: AnomalySeverity.Thresholds {
        AnomalySeverity.Thresholds(
            alarm: analysis.alarmPercent.measured / 100, watch: analysis.watchPercent.measured / 100)
    }

    /// The account in which the month's cost of `service` moved most, when that is at least half of what moved in it.
    func accountThatMoved(_ service: String, _ names: SubjectNames, isRise: Bool) -> FactSubject? {
        guard gross(in: month.previous).value != nil else { return nil }
        let (now, before) = (cells(in: month), cells(in: month.previous))
        // Picked before they are put together: a large organisation has very many cells.
        let own = [now, before].flatMap { $0.keys.filter { $0.service == service } }
        let changes = Set(own).map { cell in
            let change = Change(Figure(now[cell] ?? .zero, []), Figure(before[cell] ?? .zero, []), month)
            return (account: cell.account, moved: change.underlying.value ?? .zero)
        }
        let all = changes.map(\.moved.magnitude).sum()
        let most = changes.filter { $0.moved.isNegative != isRise && !$0.moved.isZero }
            .max { ($0.moved.magnitude, $1.account) < ($1.moved.magnitude, $0.account) }
        guard let most, most.moved.magnitude + most.moved.magnitude >= all else { return nil }
        return names.accounts[most.account]
    }
}

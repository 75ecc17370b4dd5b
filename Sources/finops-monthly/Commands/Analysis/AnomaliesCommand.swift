import Analysis
import ArgumentParser
import FinOps

struct AnomaliesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "anomalies",
        abstract: "Find unusual days in your own daily costs: CSV or JSON with date, amount and optionally series.",
        discussion: """
            Every day is judged from the days before it, by level, weekday and month start; seven unusual days in a row are \
            a new level. Fewer than 35 days are judged with low confidence, fewer than ten not at all. Contacts nobody.
            """)

    @OptionGroup var table: TableOptions

    @Option(
        name: .customLong("least-impact"),
        help: ArgumentHelp("Smallest change of one day that is news.", valueName: "amount"))
    var leastImpact = AnomalySearch.leastImpactPerDay.description

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run() async throws {
        try await global.guarded {
            var search = AnomalySearch()
            guard let floor = ExactDecimal(leastImpact), !floor.isNegative else {
                throw InputError("bad_flag", "--least-impact \(leastImpact) is not an amount")
            }
            search.leastImpact = floor
            let found = try table.read().dailySeries().flatMap { search.find(in: $0) }
            try table.show(
                Self.table(found), json: Report(anomalies: found.map(Report.Item.init)),
                nothing: "nothing unusual of \(floor) or more a day", global)
            return .complete
        }
    }

    private static func table(_ anomalies: [Anomaly]) -> AnswerTable {
        AnswerTable(
            columns: [
                .init(name: "date"), .init(name: "end_date"), .init(name: "kind"), .init(name: "severity"),
                .init(name: "expected", isFigure: true), .init(name: "actual", isFigure: true),
                .init(name: "impact", isFigure: true), .init(name: "confidence"), .init(name: "series"),
            ],
            rows: anomalies.map { anomaly in
                [
                    "\(anomaly.day)", "\(anomaly.endDay)", anomaly.kind.rawValue, anomaly.severity.rawValue,
                    anomaly.expected.text(fractionDigits: 2), anomaly.actual.text(fractionDigits: 2),
                    anomaly.impact.text(fractionDigits: 2), anomaly.confidence.rawValue, anomaly.series,
                ]
            })
    }

    private struct Report: Encodable {
        struct Item: Encodable {
            let series: String
            let date: CalendarDay
            let endDate: CalendarDay
            let kind: Anomaly.Kind
            let severity: AnomalySeverity
            let expected: String
            let actual: String
            let impact: String
            let confidence: Anomaly.Confidence

            init(_ anomaly: Anomaly) {
                (series, date, endDate) = (anomaly.series, anomaly.day, anomaly.endDay)
                (kind, severity, confidence) = (anomaly.kind, anomaly.severity, anomaly.confidence)
                expected = anomaly.expected.text(fractionDigits: 2)
                actual = anomaly.actual.text(fractionDigits: 2)
                impact = anomaly.impact.text(fractionDigits: 2)
            }
        }
        let schema = 1
        let anomalies: [Item]
    }
}

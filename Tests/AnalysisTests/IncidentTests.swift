import FinOps
import Testing

@testable import Analysis

@Suite struct `Anomalies rolled up into incidents` {
    private func anomaly(
        _ series: String, _ first: Int, _ last: Int, impact: Int = 100, confidence: Anomaly.Confidence = .high
    ) -> Anomaly {
        let month = CalendarDay("2026-02-01")!
        return Anomaly(
            series: series, day: month.adding(days: first - 1), endDay: month.adding(days: last - 1),
            kind: impact < 0 ? .drop : .spike, severity: .spike, expected: "500", actual: ExactDecimal(500 + impact),
            confidence: confidence)
    }

    @Test func `what overlaps in time is one incident, also by way of a third`() {
        let incidents = Incident.rollUp([
            anomaly("c", 5, 8), anomaly("a", 1, 3), anomaly("b", 3, 5), anomaly("d", 9, 9),
        ])
        #expect(incidents.map { $0.anomalies.map(\.series) } == [["a", "b", "c"], ["d"]])
        #expect(incidents[0].day.description == "2026-02-01" && incidents[0].endDay.description == "2026-02-08")
        #expect(incidents[0].impact == "300" && incidents[0].expected == "1500")
    }

    @Test func `a drop does not hide in a spike of the same days`() {
        let incidents = Incident.rollUp([anomaly("a", 1, 3), anomaly("b", 2, 3, impact: -100)])
        #expect(incidents.map(\.impact) == ["100", "-100"])
    }

    @Test func `an incident is named after its largest part and as sure as its least sure one`() {
        let incidents = Incident.rollUp([
            anomaly("a", 1, 3), anomaly("b", 2, 3, impact: 900, confidence: .low),
        ])
        #expect(incidents.map { $0.anomalies[0].series } == ["b"])
        #expect(incidents[0].confidence == .low)
        #expect(Incident.rollUp([]).isEmpty)
    }
}

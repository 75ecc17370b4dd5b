import FinOps
import Foundation
import Testing

@testable import Analysis

@Suite struct `Anomalies in daily cost` {
    struct Golden: Decodable {
        let firstDay: String
        let amounts: [Double]
        let scores: [String: Double]
        let expected: [String: Double]
        let alerts: [Int]
    }

    let golden: Golden
    let series: DailySeries

    init() throws {
        golden = try Goldens.read("calendar-aware-detector")
        series = DailySeries(name: "golden", firstDay: CalendarDay(golden.firstDay)!, amounts: golden.amounts)
    }

    /// A weekday pattern, a month-start fee and a little wave; `change` is applied on top.
    private func estate(days: Int = 150, _ change: (Int) -> Double = { _ in 1 }) -> DailySeries {
        let first = CalendarDay("2026-01-01")!
        return DailySeries(
            name: "estate", firstDay: first,
            amounts: (0..<days).map { index in
                let day = first.adding(days: index)
                let weekend = day.weekday > 5 ? 0.7 : 1.0
                let start = day.day == 1 ? 1.4 : 1.0
                return 1000 * weekend * start * (1 + 0.01 * sin(1.7 * Double(index))) * change(index)
            })
    }

    private func search(_ series: DailySeries) -> [Anomaly] { AnomalySearch().find(in: series) }

    @Test func `expected amounts and scores are those of the reference, to the last digits`() {
        let judgements = Dictionary(
            uniqueKeysWithValues: CalendarAwareDetector(thresholds: .init()).judge(series).map { ($0.index, $0) })
        for (index, expected) in golden.expected {
            #expect(isClose(judgements[Int(index)!]!.expected, expected), "on day \(index)")
        }
        for (index, score) in golden.scores where score > 0 {
            #expect(isClose(judgements[Int(index)!]!.score, score), "on day \(index)")
        }
        #expect(judgements.values.filter(\.isAlert).map(\.index).sorted() == golden.alerts)
    }

    @Test func `a day outside its band is an alert, and a day inside is none`() {
        let judgements = CalendarAwareDetector(thresholds: .init()).judge(series)
        let bands = ExpectedBand.bands(of: series)
        #expect(bands.map(\.day) == judgements.map { series.day($0.index) })
        for (band, judgement) in zip(bands, judgements) {
            let amount = series.amounts[judgement.index]
            let isOutside = amount < band.low.measured || amount > band.high.measured
            #expect(isOutside == judgement.isAlert, "\(band.day)")
        }
        let short = DailySeries(name: "short", firstDay: series.firstDay, amounts: [1, 2, 3])
        #expect(ExpectedBand.bands(of: short).isEmpty)
    }

    @Test func `two high days are one spike and a level that stays is one shift`() {
        let found = search(series)
        #expect(found.map(\.kind) == [.spike, .shift])
        #expect(found.map(\.day.description) == ["2026-05-01", "2026-06-10"])
        #expect(found.map(\.endDay.description) == ["2026-05-02", "2026-06-16"])
        #expect(found.map(\.severity) == [.spike, .spike])
        #expect(found.allSatisfy { $0.impact > .zero && $0.confidence == .high })
    }

    @Test func `weekends and month starts are no news`() {
        #expect(search(estate()).isEmpty)
    }

    @Test func `a day that fails to happen is a drop`() {
        let found = search(estate { $0 == 100 ? 0.4 : 1 })
        #expect(found.map(\.kind) == [.drop])
        #expect(found.map(\.severity) == [.drop])
        #expect(found[0].impact < .zero)
    }

    @Test func `growth too slow for any day is a drift, reported once`() {
        let found = search(estate(days: 120) { $0 < 70 ? 1 : 1 + 0.012 * Double($0 - 70) })
        #expect(found.map(\.kind) == [.drift])
        #expect(found[0].actual > found[0].expected)
    }

    @Test func `a change below the floor is no news`() {
        let small = estate { $0 == 100 ? 1.6 : 1 }
        var search = AnomalySearch()
        search.leastImpact = "5000"
        #expect(search.find(in: small).isEmpty)
        search.leastImpact = "100"
        #expect(search.find(in: small).count == 1)
    }

    @Test func `a short history is judged with low confidence, and none not at all`() {
        let short = DailySeries(
            name: "short", firstDay: CalendarDay("2026-02-01")!,
            amounts: Array(repeating: 100, count: 15) + [400, 100])
        let found = search(short)
        #expect(found.map(\.confidence) == [.low])
        #expect(found[0].day.description == "2026-02-16")
        #expect(search(DailySeries(name: "new", firstDay: short.firstDay, amounts: [1, 900, 1])).isEmpty)
    }

    @Test(arguments: [
        (0.2, AnomalySeverity.spike), (0.199, .watch), (0.1, .watch), (0.099, .normal), (0, .normal), (-0.099, .normal),
        (-0.1, .watch), (-0.2, .drop),
    ])
    func `severity words begin exactly at their thresholds`(share: Double, word: AnomalySeverity) {
        #expect(AnomalySeverity(share: share) == word)
    }

    @Test func `a day without an entry cost nothing`() {
        let days = [CalendarDay("2026-01-01")!: "5" as ExactDecimal, CalendarDay("2026-01-03")!: "7"]
        #expect(DailySeries(name: "gap", amounts: days)?.amounts == [5, 0, 7])
        #expect(DailySeries(name: "none", amounts: [:]) == nil)
    }
}

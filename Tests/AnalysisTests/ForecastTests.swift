import FinOps
import Foundation
import Testing

@testable import Analysis

@Suite struct `Forecasts of months` {
    struct Golden: Decodable {
        struct Case: Decodable {
            let forecasts: [Double]
            let alpha: Double
            let standardError: Double
            let profile: [Double]
        }
        let series: [Double]
        let cases: [String: Case]
    }

    private func amounts(_ count: Int, _ value: (BillingMonth) -> Int = { 1000 * $0.days }) -> [ExactDecimal] {
        (0..<count).map { ExactDecimal(value(first.adding(months: $0))) }
    }

    let first = BillingMonth("2024-01")!

    @Test(arguments: ["26", "38", "132"])
    func `the reference series gives the reference forecasts`(history: String) throws {
        let golden = try Goldens.read("theta-shrink", as: Golden.self)
        let expected = golden.cases[history]!
        let theta = ThetaShrink(golden.series.suffix(Int(history)!), horizon: 12)
        #expect(theta.smoothing.alpha == expected.alpha)
        #expect(isClose(theta.standardError, expected.standardError))
        #expect(zip(theta.profile.effects, expected.profile).allSatisfy { isClose($0, $1) })
        #expect(zip(theta.logs, expected.forecasts).allSatisfy { isClose(exp($0), $1) })
    }

    @Test func `a flat estate is forecast flat per day, also for February`() throws {
        let forecasts = try MonthlyForecaster().forecast(from: first, amounts: amounts(24), horizon: 3)
        #expect(forecasts.map(\.month.description) == ["2026-01", "2026-02", "2026-03"])
        #expect(forecasts.map(\.value) == ["31000", "28000", "31000"])
        #expect(forecasts.allSatisfy { $0.method == .thetaShrink })
    }

    @Test func `intervals hold one another and never narrow with distance`() throws {
        let growing = (0..<26).map { ExactDecimal(10_000 + 300 * $0 + ($0 % 3) * 700) }
        let forecasts = try MonthlyForecaster().forecast(from: first, amounts: growing, horizon: 12)
        for forecast in forecasts {
            #expect(forecast.low95 < forecast.low80 && forecast.low80 < forecast.value)
            #expect(forecast.value < forecast.high80 && forecast.high80 < forecast.high95)
        }
        for count in [4, 14, 20, 26, 30, 38, 60, 120] {
            for level in IntervalTable.Level.allCases {
                let widths = (1...18).map { IntervalTable.halfWidth(level, months: count, step: $0) }
                #expect(widths == widths.sorted(), "\(count) months")
            }
        }
    }

    @Test func `more history means narrower intervals`() {
        let widths = [14, 20, 26, 32, 38, 50, 60, 200].map { IntervalTable.halfWidth(.eighty, months: $0, step: 1) }
        #expect(widths == widths.sorted(by: >))
        #expect(widths.first == 2.15 && widths.last == 1.49)
    }

    @Test func `under a year only the level is forecast, and said so`() throws {
        let forecasts = try MonthlyForecaster().forecast(from: first, amounts: amounts(6), horizon: 2)
        #expect(forecasts.map(\.method) == [.smoothing, .smoothing])
    }

    @Test func `too little history and months without cost are refused, never defaulted`() {
        #expect(throws: MonthlyForecaster.Refusal.tooShort(months: 3)) {
            try MonthlyForecaster().forecast(from: first, amounts: amounts(3), horizon: 1)
        }
        #expect(throws: MonthlyForecaster.Refusal.notPositive(first.adding(months: 2))) {
            try MonthlyForecaster().forecast(from: first, amounts: ["1", "2", "-3", "4", "5"], horizon: 1)
        }
    }
}

import Analysis
import FinOps

/// What whole months did cost, oldest first, and what the months ahead will, for everything or for a part of it.
struct MonthlyOutlook {
    /// Empty when nothing can be said; `reason` then says why.
    let forecasts: [MonthlyForecaster.Forecast]
    let monthsOfHistory: Int
    let reason: String?
    let sources: [Digest]

    /// - Parameters:
    ///   - history: Of whole months; those before the first cost are left out, for they are no history.
    ///   - horizon: Months to look ahead, from 1.
    init(_ history: [(month: BillingMonth, cost: Figure)], horizon: Int) {
        let known = history.drop { $0.cost.value?.isZero == true }
        sources = known.flatMap(\.cost.sources).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
        monthsOfHistory = known.count
        let amounts = known.compactMap(\.cost.value)
        guard let first = known.first?.month, amounts.count == known.count else {
            forecasts = []
            reason = known.lazy.compactMap(\.cost.reason).first ?? "there is no month of history"
            return
        }
        do {
            forecasts = try MonthlyForecaster().forecast(from: first, amounts: amounts, horizon: horizon)
            reason = nil
        } catch {
            forecasts = []
            reason = Self.reason(error)
        }
    }

    var method: MonthlyForecaster.Method? { forecasts.first?.method }

    func forecast(of month: BillingMonth) -> MonthlyForecaster.Forecast? { forecasts.first { $0.month == month } }

    func figure(_ month: BillingMonth, _ bound: (MonthlyForecaster.Forecast) -> ExactDecimal) -> Figure {
        forecast(of: month).map { Figure(bound($0), sources) }
            ?? Figure(unknown: reason ?? "\(month.name) lies beyond what is forecast", sources)
    }

    private static func reason(_ refusal: MonthlyForecaster.Refusal) -> String {
        switch refusal {
        case .tooShort(let months):
            "\(months) whole months of history are fewer than the \(MonthlyForecaster.monthsNeeded) a forecast needs"
        case .notPositive(let month): "\(month.name) did not cost anything, and a forecast needs costs above zero"
        case .outOfRange(let month): "the forecast of \(month.name) is no amount of money"
        }
    }
}

/// A forecast's value and bounds, by the names their facts end in.
enum ForecastBound: String, CaseIterable {
    case value, low80, high80, low95, high95

    func of(_ forecast: MonthlyForecaster.Forecast) -> ExactDecimal {
        switch self {
        case .value: forecast.value
        case .low80: forecast.low80
        case .high80: forecast.high80
        case .low95: forecast.low95
        case .high95: forecast.high95
        }
    }

    var label: String {
        switch self {
        case .value: "forecast"
        case .low80: "lower end of the 80 % interval"
        case .high80: "upper end of the 80 % interval"
        case .low95: "lower end of the 95 % interval"
        case .high95: "upper end of the 95 % interval"
        }
    }
}

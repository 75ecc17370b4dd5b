public import FinOps
import Foundation

/// What whole months will cost, from what whole months did cost. Months are compared per day and given back whole, because
/// February is not a saving.
public struct MonthlyForecaster: Sendable {
    /// Nothing can be said from fewer months: a level needs an error to be judged by.
    public static let monthsNeeded = 4

    public enum Method: String, Hashable, Codable, Sendable {
        case thetaShrink = "theta-shrink-per-day"
        /// Under a year of history: no trend and no season can be told apart.
        case smoothing = "smoothing-per-day"
    }

    public struct Forecast: Hashable, Sendable {
        public let month: BillingMonth
        /// Rounded to a hundredth: a forecast is a statistic.
        public let value: ExactDecimal
        public let low80: ExactDecimal
        public let high80: ExactDecimal
        public let low95: ExactDecimal
        public let high95: ExactDecimal
        public let method: Method
    }

    public enum Refusal: Error, Hashable, Sendable {
        case tooShort(months: Int)
        /// A month without cost, or with more credits than cost, has no logarithm.
        case notPositive(BillingMonth)
        case outOfRange(BillingMonth)
    }

    public init() {}

    /// - Parameters:
    ///   - amounts: Of consecutive whole months from `first` on.
    ///   - horizon: Months to look ahead, from 1.
    public func forecast(
        from first: BillingMonth, amounts: [ExactDecimal], horizon: Int
    ) throws(Refusal) -> [Forecast] {
        guard amounts.count >= Self.monthsNeeded else { throw .tooShort(months: amounts.count) }
        var perDay: [Double] = []
        for (index, amount) in amounts.enumerated() {
            let month = first.adding(months: index)
            guard amount > .zero else { throw .notPositive(month) }
            perDay.append(amount.measured / Double(month.days))
        }
        let model = Model(perDay, horizon: horizon)
        var forecasts: [Forecast] = []
        for step in 1...horizon {
            let month = first.adding(months: amounts.count + step - 1)
            let center = model.logs[step - 1] + log(Double(month.days))
            func bound(_ level: IntervalTable.Level, _ sign: Double) -> Double {
                center + sign * model.standardError
                    * IntervalTable.halfWidth(level, months: amounts.count, step: step)
            }
            let bounds = [
                center, bound(.eighty, -1), bound(.eighty, 1), bound(.ninetyFive, -1), bound(.ninetyFive, 1),
            ]
            let values = bounds.compactMap { ExactDecimal(measurement: exp($0)) }
            guard values.count == bounds.count else { throw .outOfRange(month) }
            forecasts.append(
                Forecast(
                    month: month, value: values[0], low80: values[1], high80: values[2], low95: values[3],
                    high95: values[4], method: model.method))
        }
        return forecasts
    }

    private struct Model {
        let method: Method
        let logs: [Double]
        let standardError: Double

        init(_ perDay: [Double], horizon: Int) {
            if perDay.count >= ThetaShrink.monthsNeeded {
                let theta = ThetaShrink(perDay, horizon: horizon)
                (method, logs, standardError) = (.thetaShrink, theta.logs, theta.standardError)
            } else {
                let smoothing = ExponentialSmoothing(perDay.map { log($0) })
                method = .smoothing
                logs = Array(repeating: smoothing.level, count: horizon)
                standardError = (smoothing.squaredError / Double(perDay.count - 3)).squareRoot()
            }
        }
    }
}

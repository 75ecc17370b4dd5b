import FinOps
import Foundation

/// AWS's own forecast of what is paid after discounts.
struct CostExplorerForecasts: ForecastSource {
    /// As the console draws it.
    static let levelPercent = 80

    let reader: PaidReader
    let hashing: any Hashing

    func forecast(from firstDay: CalendarDay, to endDay: CalendarDay) async throws -> CostForecast {
        let body = Self.body(from: firstDay, to: endDay)
        // The question names the day it is asked on: paid once a day. One page, whatever the question.
        let answers = try await reader.listing(
            .getCostForecast, body, token: { _ in nil }, validity: { _, _ in .thatDay },
            decode: AnswerJSON.decoder(ForecastAnswer.self))
        let answer = answers[0]
        let value = answer.value
        func refused(_ what: String) -> Trouble {
            Trouble(
                .inconsistent, code: "UnreadableForecast", message: what,
                operation: ReadOperation.getCostForecast.rawValue, requestID: answer.requestID)
        }
        guard let currency = Currency(value.Total.Unit ?? ""), let mean = ExactDecimal(value.Total.Amount ?? "") else {
            throw refused("the forecast's total is not an amount of money")
        }
        let bounds = try value.ForecastResultsByTime.map { period in
            guard let low = ExactDecimal(period.PredictionIntervalLowerBound ?? ""),
                let high = ExactDecimal(period.PredictionIntervalUpperBound ?? "")
            else { throw refused("the forecast has no prediction interval") }
            return (low: low, high: high)
        }
        guard !bounds.isEmpty else { throw refused("the forecast has no period") }
        // Over several months the bounds are added: no narrower interval can be known from them.
        return CostForecast(
            firstDay: firstDay, endDay: endDay, mean: Money(mean, currency),
            low: Money(bounds.map(\.low).sum(), currency), high: Money(bounds.map(\.high).sum(), currency),
            levelPercent: Self.levelPercent,
            record: QueryRecord(
                id: "forecast", .getCostForecast, body: body.data, pages: [answer], rows: bounds.count,
                hashing: hashing))
    }

    static func body(from firstDay: CalendarDay, to endDay: CalendarDay) -> RequestJSON {
        [
            "TimePeriod": ["Start": .text(firstDay.description), "End": .text(endDay.description)],
            "Granularity": "MONTHLY", "Metric": "NET_UNBLENDED_COST", "PredictionIntervalLevel": .integer(levelPercent),
        ]
    }
}

private struct ForecastAnswer: Decodable, Sendable {
    let Total: CostPage.Amount
    let ForecastResultsByTime: [Period]

    struct Period: Decodable, Sendable {
        let PredictionIntervalLowerBound: String?
        let PredictionIntervalUpperBound: String?
    }
}

/// AWS's own forecast for the rest of a period: `ce:GetCostForecast`.
public struct CostForecast: Hashable, Codable, Sendable {
    public let firstDay: CalendarDay
    public let endDay: CalendarDay
    public let mean: Money
    /// Bounds of the prediction interval of `levelPercent`.
    public let low: Money
    public let high: Money
    public let levelPercent: Int
    public let record: QueryRecord

    public init(
        firstDay: CalendarDay, endDay: CalendarDay, mean: Money, low: Money, high: Money, levelPercent: Int,
        record: QueryRecord
    ) {
        self.firstDay = firstDay
        self.endDay = endDay
        self.mean = mean
        self.low = low
        self.high = high
        self.levelPercent = levelPercent
        self.record = record
    }
}

public protocol ForecastSource: Sendable {
    func forecast(from firstDay: CalendarDay, to endDay: CalendarDay) async throws -> CostForecast
}

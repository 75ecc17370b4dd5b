/// What counts as news in a month, and from where on it is called what.
public struct AnalysisPolicy: Hashable, Codable, Sendable {
    /// A change is news from this amount a day on, in the billing currency, …
    public var newsFloorPerDay: ExactDecimal
    /// … and from this share of what everything together costs a day: the larger of the two counts.
    public var newsFloorPercent: ExactDecimal
    /// A change beyond this is called SPIKE or DROP.
    public var alarmPercent: ExactDecimal
    /// A rise from this on is called WATCH.
    public var watchPercent: ExactDecimal
    /// What a savings plan takes off the on-demand price; nil leaves it to the month's own plans.
    public var commitmentDiscountPercent: ExactDecimal?

    public init(
        newsFloorPerDay: ExactDecimal = "25", newsFloorPercent: ExactDecimal = "0.2", alarmPercent: ExactDecimal = "20",
        watchPercent: ExactDecimal = "10", commitmentDiscountPercent: ExactDecimal? = nil
    ) {
        self.newsFloorPerDay = newsFloorPerDay
        self.newsFloorPercent = newsFloorPercent
        self.alarmPercent = alarmPercent
        self.watchPercent = watchPercent
        self.commitmentDiscountPercent = commitmentDiscountPercent
    }
}

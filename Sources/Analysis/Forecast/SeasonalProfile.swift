/// What each month of the year adds to a series of logarithms, shrunk towards nothing by how little is known about it.
struct SeasonalProfile {
    /// By position in the year of the first value; sums to zero.
    let effects: [Double]

    func effect(at index: Int) -> Double { effects[index % 12] }

    /// At least twelve values.
    init(_ logs: [Double]) {
        let residuals = Self.residuals(logs)
        let groups = (0..<12).map { month in stride(from: month, to: logs.count, by: 12).map { residuals[$0] } }
        let means = groups.map(Statistics.mean)
        let grand = Statistics.mean(means)
        let squaresWithin = zip(groups, means).map { Statistics.squaredDistance($0, from: $1) }.reduce(0, +)
        let within = squaresWithin / Double(max(logs.count - 12, 1))
        let spread = Statistics.squaredDistance(means, from: grand) / 11
        let noise = within / (Double(logs.count) / 12)
        let between = max(0, spread - noise)
        var trust = between == 0 ? 0 : between / (between + noise)
        // Less than two years cannot tell a season from an event.
        if logs.count < 24 { trust /= 2 }
        effects = means.map { trust * ($0 - grand) }
    }

    /// Distance from the trend: a centred year of months where there are more than two years, else a straight line.
    private static func residuals(_ logs: [Double]) -> [Double] {
        guard logs.count >= 25 else {
            let line = Statistics.leastSquaresLine(logs)
            return logs.enumerated().map { $1 - line.intercept - line.slope * Double($0) }
        }
        let count = logs.count
        let monthlyGrowth = Statistics.median((12..<count).map { logs[$0] - logs[$0 - 12] }) / 12
        var trend = [Double](repeating: 0, count: count)
        for index in 6..<(count - 6) {
            let ends = (logs[index - 6] + logs[index + 6]) / 2
            trend[index] = (ends + logs[(index - 5)...(index + 5)].reduce(0, +)) / 12
        }
        for index in (0..<6).reversed() { trend[index] = trend[index + 1] - monthlyGrowth }
        for index in (count - 6)..<count { trend[index] = trend[index - 1] + monthlyGrowth }
        return zip(logs, trend).map { $0 - $1 }
    }
}

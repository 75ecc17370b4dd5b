/// Half-widths of forecast intervals in units of the one-step standard error, learnt on half of the M3 competition's
/// monthly series and confirmed on the other half, on M1 and on the tourism competition: 82 % and 96 % of what came lay
/// inside, where the bands of textbook formulas hold 61 % to 79 % and 79 % to 87 %.
enum IntervalTable {
    enum Level: CaseIterable { case eighty, ninetyFive }

    private static let months = [14.0, 26, 38, 60]
    private static let eighty = [
        [2.15, 2.30, 2.52, 3.27, 3.17, 3.38], [1.96, 2.02, 2.24, 2.92, 2.89, 3.43],
        [1.82, 1.71, 1.95, 2.40, 2.53, 2.80], [1.49, 1.55, 1.79, 2.25, 2.30, 2.55],
    ]
    private static let ninetyFive = [
        [3.77, 3.85, 4.39, 6.18, 6.92, 6.87], [3.26, 3.56, 3.86, 5.27, 6.04, 6.29],
        [2.82, 2.77, 3.31, 4.51, 5.23, 5.57], [2.39, 2.45, 3.07, 4.19, 4.75, 5.11],
    ]

    /// For the forecast `step` months ahead (from 1) from `count` months of history. Never narrower for a later month;
    /// between the measured histories by straight line; beyond six months it grows with the square root of the distance.
    static func halfWidth(_ level: Level, months count: Int, step: Int) -> Double {
        let table = level == .eighty ? eighty : ninetyFive
        let rows = table.map { row in row[..<min(step, 6)].max()! }
        let reach = step > 6 ? (Double(step) / 6).squareRoot() : 1
        return reach * interpolated(rows, at: Double(count))
    }

    private static func interpolated(_ values: [Double], at count: Double) -> Double {
        guard count > months[0] else { return values[0] }
        guard let upper = months.firstIndex(where: { $0 >= count }) else { return values[values.count - 1] }
        let share = (count - months[upper - 1]) / (months[upper] - months[upper - 1])
        return values[upper - 1] + share * (values[upper] - values[upper - 1])
    }
}

public import FinOps

/// Series from rows: one for each value of the optional column `series`, without gaps and without doubles, because neither
/// zero nor a sum may be guessed.
extension DataTable {
    public struct MonthlySeries: Hashable, Sendable {
        public let name: String
        public let first: BillingMonth
        public let amounts: [ExactDecimal]
    }

    /// Columns `date`, `amount` and, optionally, `series`.
    public func dailySeries() throws -> [DailySeries] {
        try require(["date", "amount"])
        return try series(of: { try day("date", $0) }).map { name, days in
            let sorted = days.keys.sorted()
            try requireUnbroken(sorted, named: name) { $0.adding(days: 1) }
            return DailySeries(name: name, firstDay: sorted[0], amounts: sorted.map { days[$0]!.measured })
        }
    }

    /// Columns `month`, `amount` and, optionally, `series`.
    public func monthlySeries() throws -> [MonthlySeries] {
        try require(["month", "amount"])
        return try series(of: { try month("month", $0) }).map { name, months in
            let sorted = months.keys.sorted()
            try requireUnbroken(sorted, named: name) { $0.next }
            return MonthlySeries(name: name, first: sorted[0], amounts: sorted.map { months[$0]! })
        }
    }

    /// In order of name.
    private func series<Period: Hashable & CustomStringConvertible>(
        of period: (Row) throws -> Period
    ) throws -> [(name: String, amounts: [Period: ExactDecimal])] {
        var all: [String: [Period: ExactDecimal]] = [:]
        for row in rows {
            let (name, key) = (row.cells["series"] ?? "", try period(row))
            guard all[name]?[key] == nil else {
                throw refused("\(row.place): a second amount for \(key)\(Self.of(name))", hint: "add them up first")
            }
            all[name, default: [:]][key] = try amount("amount", row)
        }
        return all.map { ($0.key, $0.value) }.sorted { $0.name < $1.name }
    }

    private func requireUnbroken<Period: Equatable & CustomStringConvertible>(
        _ periods: [Period], named name: String, next: (Period) -> Period
    ) throws {
        for (period, following) in zip(periods, periods.dropFirst()) where next(period) != following {
            throw refused(
                "has no row for \(next(period))\(Self.of(name))", hint: "write 0 where nothing was charged")
        }
    }

    private static func of(_ name: String) -> String { name.isEmpty ? "" : " of series `\(name)`" }
}

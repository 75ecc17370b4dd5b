import FinOps

/// Reads what compute nothing covers, hour by hour. Only where the lines say it: an export by the day knows of no hour, and what
/// is missing is never guessed.
struct ComputeReader {
    let engine: any SQLEngine
    let month: BillingMonth
    /// Who is asked, for what is unknown.
    let operation: String

    /// Why an export cannot be asked; nil when it has every column that is needed.
    func obstacle(_ selection: ItemsSelection) -> Trouble? {
        selection.missingComputeColumn.map {
            trouble(.notOffered, "NoHourlyPrices", "the export has no column \($0)")
        }
    }

    func rows(of part: ResourceReader.Part) async throws -> [UncoveredComputeRow] {
        try await engine.rows(UncoveredComputeQuery.sql(part.selection.compute(from: part.source)))
            .map(UncoveredComputeRow.init)
    }

    /// What the rows say of the month.
    func compute(_ rows: [UncoveredComputeRow], record: QueryRecord) -> Observation<UncoveredCompute> {
        let uncovered = rows.filter { !$0.isUnderPlans }
        guard !uncovered.isEmpty else {
            return unknown(.noData, "NoCompute", "no line is compute on demand that a Compute Savings Plan could cover")
        }
        let unpriced = uncovered.map(\.unpriced).reduce(0, +)
        guard unpriced == 0 else {
            return unknown(.inconsistent, "NoPrice", "\(unpriced) lines of compute have no on-demand price")
        }
        let first = month.firstDay.daysSinceEpoch * 24
        var hours = [ExactDecimal](repeating: .zero, count: month.days * 24)
        for row in uncovered {
            guard let begins = row.begins, row.ends == begins + 1 else { return byOtherPeriods(uncovered) }
            guard hours.indices.contains(begins - first) else {
                return unknown(.inconsistent, "OutsideMonth", "lines of compute are for hours outside \(month.name)")
            }
            hours[begins - first] += row.onDemand
        }
        let lastDay = month.firstDayAfter.adding(days: -1)
        guard let latest = uncovered.compactMap(\.begins).max(), latest >= lastDay.daysSinceEpoch * 24 else {
            return unknown(
                .notOffered, "EndsEarly",
                "no line of compute is for \(lastDay): the month is not over, or its last hours are not delivered yet")
        }
        guard hours.allSatisfy({ $0 >= .zero }) else {
            return unknown(.inconsistent, "NegativeHour", "the compute of an hour costs less than nothing")
        }
        let lines = uncovered.map(\.lines).reduce(0, +)
        return .known(
            UncoveredCompute(
                hours: hours, lineCount: lines, underPlans: underPlans(rows.filter(\.isUnderPlans)),
                record: record))
    }

    private func byOtherPeriods(_ rows: [UncoveredComputeRow]) -> Observation<UncoveredCompute> {
        let others = rows.filter { $0.begins == nil || $0.ends != $0.begins.map { $0 + 1 } }.map(\.lines).reduce(0, +)
        return unknown(
            .notOffered, "NotHourly",
            "of \(rows.map(\.lines).reduce(0, +)) lines of compute \(others) are for another period than one hour; have the "
                + "export made by the hour (`TIME_GRANULARITY` is `HOURLY`)")
    }

    /// Nil unless every covered line has both prices.
    private func underPlans(_ rows: [UncoveredComputeRow]) -> UncoveredCompute.UnderPlans? {
        guard !rows.isEmpty, rows.allSatisfy({ $0.unpriced == 0 && $0.uncosted == 0 }) else { return nil }
        return UncoveredCompute.UnderPlans(
            onDemand: rows.map(\.onDemand).sum(), cost: rows.map(\.planCost).sum())
    }

    private func unknown(
        _ kind: Trouble.Kind, _ code: String, _ message: String
    ) -> Observation<UncoveredCompute> { .unknown(trouble(kind, code, message)) }

    private func trouble(_ kind: Trouble.Kind, _ code: String, _ message: String) -> Trouble {
        Trouble(kind, code: code, message: message, operation: operation)
    }
}

/// As JSON a ledger's lines are one comma-separated text each, under the names of their columns: a month has thousands of
/// lines, and a person reads them with `jq -r '.columns, .rows[]'`.
extension CostLedger: Codable {
    private enum CodingKeys: String, CodingKey { case query, currency, columns, rows, estimatedPeriods, record }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(query, forKey: .query)
        try container.encode(currency, forKey: .currency)
        try container.encode(CommaSeparated.row(query.columns), forKey: .columns)
        try container.encode(lines.map { CommaSeparated.row($0.cells) }, forKey: .rows)
        try container.encode(estimatedPeriods, forKey: .estimatedPeriods)
        try container.encode(record, forKey: .record)
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let query = try container.decode(CostQuery.self, forKey: .query)
        let rows = try container.decode([String].self, forKey: .rows)
        let lines = try rows.enumerated().map { number, row in
            guard let line = CostLine(cells: (try? CommaSeparated.rows(row))?.first?.cells ?? [], of: query) else {
                throw DecodingError.dataCorruptedError(
                    forKey: .rows, in: container, debugDescription: "row \(number + 1) is not a cost line: \(row)")
            }
            return line
        }
        self.init(
            query: query, currency: try container.decode(Currency.self, forKey: .currency), lines: lines,
            estimatedPeriods: try container.decode([CalendarDay].self, forKey: .estimatedPeriods),
            record: try container.decode(QueryRecord.self, forKey: .record))
    }
}

extension CostQuery {
    fileprivate var columns: [String] {
        ["day"] + groupBy.map { $0.rawValue.lowercased() } + CostMetric.allCases.map(\.rawValue)
    }
}

extension CostLine {
    /// The day, the keys, and the amount by each metric; empty where it is not known.
    fileprivate var cells: [String] {
        [day.description] + keys + CostMetric.allCases.map { amounts[$0]?.description ?? "" }
    }

    fileprivate init?(cells: [String], of query: CostQuery) {
        let metrics = CostMetric.allCases
        guard cells.count == 1 + query.groupBy.count + metrics.count, let day = CalendarDay(cells[0]) else {
            return nil
        }
        var amounts = CostAmounts()
        for (metric, cell) in zip(metrics, cells.suffix(metrics.count)) where !cell.isEmpty {
            guard let amount = ExactDecimal(cell) else { return nil }
            amounts[metric] = amount
        }
        self.init(day: day, keys: Array(cells.dropFirst().dropLast(metrics.count)), amounts: amounts)
    }
}

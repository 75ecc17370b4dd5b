public import Foundation

/// Exchange rates that a person configured, each with who says so, what kind it is and for which day: the record that tax
/// authorities want kept.
public struct ExchangeRateTable: Hashable, Codable, Sendable {
    public let fileName: String
    /// Of the very bytes that were read.
    public let sha256: Digest
    public let rates: [ExchangeRate]

    public init(fileName: String, sha256: Digest, rates: [ExchangeRate]) {
        self.fileName = fileName
        self.sha256 = sha256
        self.rates = rates
    }

    /// The rate for a month: the latest whose day lies in it, or that is for the month as a whole. Nil when there is none; the
    /// rate of another month is never taken instead.
    public func rate(from: Currency, to: Currency, in month: BillingMonth) -> ExchangeRate? {
        rates.filter { $0.from == from && $0.to == to && $0.date.hasPrefix(month.description) }
            .max { ($0.date, $0.rate) < ($1.date, $1.rate) }
    }
}

/// Reads CSV with the columns `from`, `to`, `rate`, `kind`, `source` and `date` (a day or a month), and perhaps `source_id`,
/// where the source can be looked up.
public struct ExchangeRateReader {
    /// What a configured rate may be; `invoice` is AWS's own and never configured.
    public static let kinds = ["mid-month", "end-of-month", "average", "fixed-plan"]

    private let file: String

    public init(file: String) {
        self.file = file
    }

    /// Throws `InputError`.
    public func read(_ bytes: Data, hashing: any Hashing) throws -> ExchangeRateTable {
        let sha256 = hashing.sha256(bytes)
        let table = try SettingTable(
            bytes, file: file, setting: "exchange_rates", columns: ["from", "to", "rate", "kind", "source", "date"])
        let rates = try table.rows.map { row in
            func cell(_ name: String) -> String { row[name] ?? "" }
            guard let from = Currency(cell("from")), let to = Currency(cell("to")), from != to else {
                throw row.refused("must name two currencies such as USD and NZD")
            }
            guard let rate = ExactDecimal(cell("rate")), rate > .zero else {
                throw row.refused("has `\(cell("rate"))` as rate, which is not a number over 0")
            }
            guard Self.kinds.contains(cell("kind")) else {
                throw row.refused(
                    "has the kind `\(cell("kind"))`, which is none of \(Self.kinds.joined(separator: ", "))")
            }
            guard !cell("source").isEmpty else { throw row.refused("does not say who published the rate (`source`)") }
            guard CalendarDay(cell("date")) != nil || BillingMonth(cell("date")) != nil else {
                throw row.refused("has `\(cell("date"))` as date, which is neither a day nor a month")
            }
            return ExchangeRate(
                from: from, to: to, rate: rate, kind: cell("kind"), source: cell("source"), date: cell("date"),
                sourceID: cell("source_id").isEmpty ? nil : cell("source_id"), sha256: sha256)
        }
        return ExchangeRateTable(fileName: String(file.split(separator: "/").last ?? ""), sha256: sha256, rates: rates)
    }
}

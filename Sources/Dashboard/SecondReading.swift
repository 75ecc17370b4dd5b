public import FinOps
import Reports

/// What a month's accounts and services cost as another client of the same store read it, held against what is shown. It can
/// find mistakes of asking, reading and adding up; not of the amounts themselves, for the store is the same.
public struct SecondReading: Hashable, Sendable {
    /// As it names itself.
    public let server: String
    /// What Cost Explorer bills.
    public let pages: Int
    public let costUSD: ExactDecimal
    /// Amounts that were compared.
    public let valueCount: Int
    /// One sentence for each amount that is not the same to the cent.
    public let differences: [String]

    /// Half a cent of the billing currency: from here on two amounts are not the same.
    static let tolerance: ExactDecimal = "0.005"

    /// What is asked, of the month and the one before: accounts with everything, services without the partner discount, as
    /// they are shown. Another grouping than the layers', so that the sums are not ours.
    public static func queries(for figures: MonthFigures) -> [CostQuery] {
        let month = figures.request.month
        let inventory = figures.inventory
        let onlyAccount =
            inventory.scope == .singleAccount ? inventory.callerAccountID ?? inventory.accounts.first?.id : nil
        func query(_ dimension: CostQuery.Dimension, without types: [String] = []) -> CostQuery {
            CostQuery(
                id: "mcp.\(dimension.rawValue)", firstDay: month.previous.firstDay, endDay: month.firstDayAfter,
                granularity: .monthly, groupBy: [dimension], excludedRecordTypes: types, onlyAccount: onlyAccount)
        }
        return [query(.account), query(.service, without: RecordClass.sppSpellings)]
    }

    /// - Parameters:
    ///   - accounts: Every line of the answer to the first of `queries`.
    ///   - services: Every line of the answer to the second.
    ///   - figures: The month by one metric each.
    public init(
        by server: String, pages: Int, costUSD: ExactDecimal, accounts: [CostLine], services: [CostLine],
        of figures: [MonthFigures]
    ) {
        (self.server, self.pages, self.costUSD) = (server, pages, costUSD)
        var comparison = Comparison()
        for book in figures.map(\.book) {
            comparison.compare("account", "net", book.accounts, accounts, in: book)
            comparison.compare("service", "gross", book.services, services, in: book)
        }
        (valueCount, differences) = (comparison.count, comparison.differences)
    }

    /// The conclusion, where there is no difference.
    var sentence: String {
        "\(valueCount) costs of accounts and services read again to the cent by \(server) from the same store "
            + "(\(pages) pages, USD \(costUSD.text(fractionDigits: 2)))"
    }

    /// Why the level is not met; empty when it is.
    var reasons: [String] {
        guard valueCount > 0 else { return ["\(server) was asked, and there was no cost to compare"] }
        let most = 10
        return differences.prefix(most)
            + (differences.count > most ? ["\(differences.count - most) more of \(valueCount) values differ"] : [])
    }

    private struct Comparison {
        var count = 0
        var differences: [String] = []

        mutating func compare(
            _ kind: String, _ amount: String, _ subjects: [FactSubject], _ lines: [CostLine], in book: FactBook
        ) {
            let facts = FactIndex(book)
            for (month, id) in [(book.month, amount), (book.month.previous, "previous")] {
                let read = lines.filter { $0.day.billingMonth == month }.reduce(into: [String: ExactDecimal]()) {
                    $0[$1.keys[0], default: .zero] += $1.amount(book.metric)
                }
                // What is unknown here is shown as unknown, and claims nothing.
                let shown = subjects.compactMap { subject in
                    facts.value("\(subject.factPrefix).\(id)").map { (subject.key, $0) }
                }
                let unnamed = Set(read.keys).subtracting(subjects.map(\.key)).sorted().map { ($0, ExactDecimal.zero) }
                for (key, value) in shown + unnamed {
                    let again = read[key] ?? .zero
                    guard !value.isZero || !again.isZero else { continue }
                    count += 1
                    guard (value - again).magnitude >= SecondReading.tolerance else { continue }
                    differences.append(
                        "\(kind) \(UntrustedText(key).text) in \(month) by \(book.metric.rawValue): "
                            + "\(value) \(book.currency.code) here, \(again) read again")
                }
            }
        }
    }
}

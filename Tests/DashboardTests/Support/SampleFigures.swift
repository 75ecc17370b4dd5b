import FinOps
import Reports
import TestSupport

@testable import Dashboard

/// A month of three accounts and four services, thirteen months by account and two months by day, in which every figure can
/// be added up by hand.
enum SampleFigures {
    static let month = SampleLedger.month
    static let ec2 = "Amazon Elastic Compute Cloud - Compute"
    static let rds = "Amazon Relational Database Service"
    static let lambda = "AWS Lambda"
    static let support = "AWS Support (Business)"

    /// Account, service, cost in January, cost in February.
    static let lines: [(String, String, ExactDecimal, ExactDecimal)] = [
        ("111111111111", ec2, "3100", "2800"), ("111111111111", rds, "1550", "1680"),
        ("111111111111", lambda, "0", "280"), ("222222222222", ec2, "620", "560"), ("222222222222", rds, "310", "0"),
        ("222222222222", support, "100", "100"),
    ]
    static let discount: [(String, ExactDecimal, ExactDecimal)] = [
        ("111111111111", "-200", "-200"), ("222222222222", "-30", "-20"),
    ]

    static let inventory = SampleMonth.inventory(accounts: [
        Account(
            id: "111111111111", name: "Alpha", state: .active, organizationalUnits: ["Workloads", "Prod"],
            tags: ["CostCenter": "4711"]),
        Account(
            id: "222222222222", name: "Beta", state: .active, organizationalUnits: ["Workloads", "Dev"], tags: [:]),
        Account(id: "333333333333", name: "Idle", state: .active, organizationalUnits: ["Sandbox"], tags: [:]),
    ])

    static let collection = CostCollection(
        month: month,
        services: .known(
            SampleLedger.ledger(
                SampleLedger.query(
                    "L1", groupBy: [.account, .service], excludedRecordTypes: RecordClass.sppSpellings),
                lines.flatMap { account, service, before, now in
                    [line([account, service], before, month.previous), line([account, service], now, month)]
                })),
        recordTypes: .known(
            SampleLedger.ledger(
                SampleLedger.query("L3", groupBy: [.account, .recordType], monthsBack: 12),
                ["111111111111", "222222222222"].flatMap { account in
                    let mine = lines.filter { $0.0 == account }
                    let rebate = discount.first { $0.0 == account }!
                    let spp = "Solution Provider Program Discount"
                    return [
                        line([account, "Usage"], mine.map(\.2).sum(), month.previous),
                        line([account, "Usage"], mine.map(\.3).sum(), month),
                        line([account, spp], rebate.1, month.previous), line([account, spp], rebate.2, month),
                    ] + (2...12).map { line([account, "Usage"], "1000", month.adding(months: -$0)) }
                })),
        daily: .known(
            SampleLedger.ledger(
                SampleLedger.daily(),
                [ec2, rds, lambda, support].flatMap { service in
                    [(month.previous, true), (month, false)].flatMap { month, isBefore in
                        let mine = lines.filter { $0.1 == service }
                        let rebate = service == ec2 ? discount.map { isBefore ? $0.1 : $0.2 }.sum() : .zero
                        let total = mine.map { isBefore ? $0.2 : $0.3 }.sum() + rebate
                        let day = total.divided(by: ExactDecimal(month.days), fractionDigits: 2)!
                        // The first day takes what rounding leaves.
                        let first = total - (1..<month.days).map { _ in day }.sum()
                        return (0..<month.days).map { index in
                            CostLine(
                                day: month.firstDay.adding(days: index), keys: [service],
                                amounts: amounts(index == 0 ? first : day))
                        }
                    }
                })),
        forecast: .unknown(SampleCollection.notOffered), budgets: .unknown(SampleCollection.notOffered),
        invoices: .unknown(SampleCollection.notOffered))

    private static func line(_ keys: [String], _ amount: ExactDecimal, _ month: BillingMonth) -> CostLine {
        CostLine(day: month.firstDay, keys: keys, amounts: amounts(amount))
    }

    /// Amortised is a tenth more, so that `dual` shows two figures.
    private static func amounts(_ amount: ExactDecimal) -> CostAmounts {
        var amounts = CostAmounts(every: amount)
        amounts[.amortized] = amount * "1.1"
        return amounts
    }

    static func figures(
        metric: CostMetric = .unblended, g4: Verdict.Outcome = .passed, collection: CostCollection = collection,
        comparisons: [LayerComparison] = [], keepsLines: Bool = true, policy: RunPolicy? = nil,
        rates: ExchangeRateTable? = nil, inventory: AccountInventory = inventory
    ) -> MonthFigures {
        let policy = policy ?? RunPolicy(metric: metric, budget: Money("10000", .usd))
        let request = SampleMonth.request(exchangeRates: rates)
        let check = CrossValidator(month: month, metric: metric, today: SampleLedger.today)
            .validate(collection).with(comparisons: comparisons)
        let verdicts = [Verdict(.g4, g4, reasons: g4 == .passed ? [] : ["The layers differ."])]
        let book = MonthFacts.book(
            request: request, policy: policy, inventory: inventory, collection: collection, crossValidation: check,
            verdicts: verdicts)
        return MonthFigures(
            request: request, policy: policy, inventory: inventory, collection: keepsLines ? collection : nil,
            crossValidation: check, verdicts: verdicts, book: book)
    }
}

import FinOps
import Reports
import TestSupport

@testable import Dashboard

extension SampleFigures {
    /// The sample month of which everything was asked: three dear days, commitments, advice, budgets, a display currency.
    static var full: MonthFigures {
        figures(collection: asked, policy: policy, rates: rates)
    }

    private static let policy = RunPolicy(
        displayCurrency: Currency("NZD"),
        budgets: [
            BudgetTarget("organization=5000.00")!, BudgetTarget("ou:Workloads/Dev=900.00")!,
            BudgetTarget("ou:Workloads/Prod=4400.00 NZD")!,
        ])

    private static let rates = ExchangeRateTable(
        fileName: "rates.csv", sha256: digest,
        rates: [rate("1.70", "2026-02-15"), rate("1.65", "2026-01-15")])

    private static func rate(_ rate: ExactDecimal, _ date: String) -> ExchangeRate {
        ExchangeRate(
            from: .usd, to: Currency("NZD")!, rate: rate, kind: "mid-month", source: "RBNZ", date: date, sha256: digest)
    }

    private static let digest = Digest(String(repeating: "7a", count: 32))!

    private static var asked: CostCollection {
        let plain = collection
        return CostCollection(
            month: month, services: plain.services, recordTypes: plain.recordTypes,
            daily: .known(withDearDays(plain.daily.value!)), forecast: plain.forecast, budgets: plain.budgets,
            invoices: plain.invoices, insights: insights,
            lineItems: SampleResources.export(accounts: ["111111111111", "222222222222"], month: month))
    }

    /// Machines cost 60 more on three days, and 7.50 less on the 24 others after the first: the month stays what it is.
    private static func withDearDays(_ ledger: CostLedger) -> CostLedger {
        let lines = ledger.lines.map { line -> CostLine in
            guard line.day.billingMonth == month, line.day.day > 1, line.keys == [ec2] else { return line }
            let more: ExactDecimal = (17...19).contains(line.day.day) ? "60" : "-7.5"
            return CostLine(day: line.day, keys: line.keys, amounts: CostAmounts(every: line.amount(.unblended) + more))
        }
        return CostLedger(
            query: ledger.query, currency: ledger.currency, lines: lines, estimatedPeriods: [], record: ledger.record)
    }

    private static var insights: CostInsights {
        CostInsights(
            savingsPlans: .known(
                SavingsPlanListing(
                    plans: [
                        Commitment(
                            id: "arn:plan", type: "Compute", account: "111111111111", firstDay: nil,
                            endDay: CalendarDay("2026-05-14")!, hourlyCommitment: usd("0.5"))
                    ], record: record("savings-plans"))),
            recommendations: .known(
                RecommendationListing(
                    [
                        advice("rec-1", "vol-1", "EbsVolume", "Delete", saves: "96", of: "96"),
                        advice("rec-2", "i-2", "Ec2Instance", "Rightsize", saves: "60.5", of: "140"),
                    ], record: record("recommendations"))),
            efficiency: .known(
                CostEfficiency(score: nil, savings: "156.5", spend: "1565", record: record("efficiency"))),
            usage: .known(usage))
    }

    /// Machines cost what they did an hour, databases more than a tenth more.
    private static var usage: UsageListing {
        let answers: [(service: String, month: BillingMonth, cost: ExactDecimal, hours: ExactDecimal)] = [
            (ec2, month.previous, "3720", "37200"), (rds, month.previous, "1860", "18600"),
            (ec2, month, "3360", "33600"), (rds, month, "1680", "14560"),
        ]
        let lines = answers.map {
            CostLine(day: $0.month.firstDay, keys: [$0.service, "Hours"], amounts: CostAmounts(every: $0.cost))
        }
        return UsageListing(
            costs: SampleLedger.ledger(SampleLedger.query("usage", groupBy: [.service, .usageType]), lines),
            quantities: answers.map { UsageQuantity($0.hours, "Hrs") })
    }

    private static func advice(
        _ id: String, _ resource: String, _ type: String, _ action: String, saves: ExactDecimal, of cost: ExactDecimal
    ) -> SavingsRecommendation {
        SavingsRecommendation(
            id: id, account: "222222222222", region: "r", resource: resource, resourceType: type, action: action,
            effort: "Low", source: "ComputeOptimizer", monthlySavings: usd(saves), monthlyCost: usd(cost))
    }

    private static func usd(_ amount: ExactDecimal) -> Money { Money(amount, .usd) }

    private static func record(_ id: String) -> QueryRecord {
        QueryRecord(id: id, operation: "aws:\(id)", parameters: "{}", parametersSHA256: digest, pages: [], rows: 1)
    }
}

import FinOps
import TestSupport

@testable import Reports

extension SampleMonth {
    /// The month of which everything was asked: AWS's own insights, budgets for parts, a register of savings, the rates of
    /// both months, line items, and three earlier sealed months with their forecasts.
    static func full(accountCount: Int = 5, personas: [Persona] = Persona.allCases) -> SampleMonth {
        var month = SampleMonth(accountCount: accountCount, personas: personas)
        month.policy.budget = nil
        month.policy.budgets = [
            "organization=180000.00", "ou:Workloads/Prod=120000.00", "ou:Infrastructure/Network=32000.00",
            "ou:Security=16000.00", "account:\(id(1))=40000.00",
        ].compactMap(BudgetTarget.init)
        month.insights = SampleInsights.insights.with(rightsizing: .known(SampleInsights.rightsizing))
        month.asksUsage = true
        month.register = SavingsRegister(
            fileName: "savings.csv", sha256: peoplesSHA256,
            entries: [
                .init(recommendationID: "rec-1", stage: .approved, monthlySavings: nil),
                .init(recommendationID: "old-1", stage: .done, monthlySavings: Money("412.5", .usd)),
                .init(recommendationID: "old-2", stage: .verified, monthlySavings: Money("207.5", .usd)),
            ])
        month.rates = ExchangeRateTable(
            fileName: "rates.csv", sha256: peoplesSHA256,
            rates: [
                ExchangeRate(
                    from: .usd, to: Currency("NZD")!, rate: "1.6293", kind: "mid-month", source: "RBNZ",
                    date: "2026-01-15", sha256: peoplesSHA256)
            ])
        month.lineItems = SampleResources.export(accounts: (0..<3).map(id), month: month.month)
        month.sealed = ["2025-11", "2025-12", "2026-01"].map {
            SealedBook(book: forecasts(made: $0), sha256: peoplesSHA256)
        }
        return month
    }

    /// Of the files that people keep.
    private static let peoplesSHA256 = Digest(String(repeating: "7a", count: 32))!

    /// The facts of an earlier month as far as they are read again: what it forecast of the months after it.
    private static func forecasts(made name: String) -> FactBook {
        let made = BillingMonth(name)!
        let facts = (1...3).flatMap { ahead -> [Fact] in
            let month = made.adding(months: ahead)
            let amounts: [(String, ExactDecimal)] = [("value", "182000"), ("low80", "171000"), ("high80", "193000")]
            return amounts.map { id, amount in
                Fact(
                    id: "outlook.\(month).\(id)", unit: .money, value: amount, currency: .usd, label: "", sources: [])
            }
        }
        return FactBook(
            month: made, project: "cloud-infrastructure", scope: .organization, metric: .unblended, currency: .usd,
            isPreliminary: false, isSample: true, exchangeRate: nil, accounts: [], services: [], unavailable: [],
            gates: [], facts: facts)
    }
}

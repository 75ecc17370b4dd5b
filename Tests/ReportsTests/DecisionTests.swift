import FinOps
import Testing

@testable import Reports

/// What a reader is asked: how much, whom and by when, as far as it is known.
@Suite struct `Decisions asked of the reader` {
    private func decisions(_ change: (inout SampleMonth) -> Void = { _ in }) -> [String] {
        var month = SampleMonth.full()
        change(&month)
        let context = PageContext(book: month.book, factsSHA256: SampleMonth.factsSHA256)
        return context.decisions.map(PhraseText(context: context).plain)
    }

    @Test func `three at most, the approval first`() {
        let decisions = decisions()
        #expect(decisions.count == 3)
        #expect(decisions[0].hasPrefix("Approve the month."))
    }

    @Test func `a year that is likely to be overrun names the budget, the amount and the end`() {
        let decision = decisions()[1]
        #expect(decision.hasPrefix("Cut or re-plan. checkout-prod is 95.2\u{A0}% likely to overrun its budget"))
        #expect(decision.contains("until December 2026"))
    }

    @Test func `a commitment that ends soon is named with its owner and its end`() {
        let decision = decisions { $0.policy.budgets = [BudgetTarget("organization=9000000.00")!] }[1]
        #expect(decision.contains("db.r6g.large, payments-prod, ends 2026-05-01, USD\u{A0}100 this month"))
        #expect(decision.hasSuffix("decide before that day."))
    }

    @Test func `a month over budget names the part that is furthest over its own`() {
        let decision = decisions {
            $0.policy.budgets = [BudgetTarget("organization=100000.00")!, BudgetTarget("ou:Security=10.00")!]
        }[1]
        #expect(decision.contains("over budget; Security is furthest over its own, by USD\u{A0}14,604"))
    }

    @Test func `the account behind a riser is asked, where one stands behind it`() {
        let plain = decisions {
            $0 = SampleMonth(policy: RunPolicy(budget: Money("9000000", .usd)))
        }
        #expect(plain[1].hasPrefix("Name an owner for Amazon Bedrock."))
    }
}

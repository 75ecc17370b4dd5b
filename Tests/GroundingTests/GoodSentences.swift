/// Sentences a careful writer would write of `SampleBook`; none may be refused.
enum GoodSentences {
    static let all: [String] = """
        The bill for the month was {{total.net|whole}}.
        The organisation paid {{total.net|exact}} for the month.
        In total, the estate cost {{total.net|short}}.
        The bill fell by {{total.change|whole}}.
        The bill fell by {{total.change|whole}}, {{total.change_pct|percent}}.
        The month was cheaper by {{total.change_pct|percent}}.
        Total cost declined by {{total.change|short}} against the month before.
        The bill came down by {{total.change_pct|percent}} over the month.
        Beyond the calendar, the bill rose by {{total.underlying|whole}}.
        Once the shorter calendar is taken out, the bill grew by {{total.underlying|short}}.
        Underlying cost of the month grew by {{total.underlying|exact}}.
        Per day, the bill rose by {{total.per_day_change_pct|percent}}.
        The daily bill climbed by {{total.per_day_change_pct|percent}}.
        The bill comes to {{total.per_day|whole}} a day.
        The month before came to a total of {{total.previous|whole}}.
        The previous bill was {{total.previous|exact}}.
        An earlier bill, that of the month before, stood at {{total.previous|short}}.
        Gross cost of the month was {{total.gross|whole}}.
        Before the partner discount, the bill was {{total.gross|exact}}.
        The total ahead of the discount was {{total.gross|short}}.
        The {{month.2025-12.net|label}} was {{month.2025-12.net|whole}}.
        For comparison, the {{month.2025-12.net|label}} came to {{month.2025-12.net|short}}.
        The budget has a limit of {{budget.limit|whole}}.
        The limit set by the budget is {{budget.limit|exact}}.
        The gap to the budget is {{budget.gap|whole}}.
        Against the budget there is a gap of {{budget.gap|short}}.
        The month used {{budget.used_pct|percent}} of its budget.
        Of the budget, {{budget.used_pct|percent}} is used.
        Support is a step of the bridge and came to {{bridge.support|whole}}.
        In the bridge, support stands at {{bridge.support|exact}}.
        The organisation has {{accounts.active|exact}} active accounts.
        There are {{accounts.active|exact}} accounts that are active.
        In the organisation, {{accounts.not_active|exact}} accounts are not active.
        The month has {{month.days|exact}} days.
        The exchange rate used is {{exchange_rate.rate|exact}}.
        At a rate of exchange of {{exchange_rate.rate|exact}}, amounts are also shown in the other currency.
        The {{total.net|label}} is {{total.net|exact}}.
        The {{budget.gap|label}} is {{budget.gap|whole}}.
        The {{accounts.active|label}} are {{accounts.active|exact}} in number.
        The bill, {{total.net|whole}} in total, fell by {{total.change_pct|percent}}.
        {{service.database|name}} cost {{service.database.gross|whole}}.
        The cost of {{service.database|name}} was {{service.database.gross|exact}} for the month.
        {{service.database|name}} came to {{service.database.gross|short}}.
        {{service.database|name}} fell by {{service.database.change|whole}}.
        {{service.database|name}} dropped by {{service.database.change|whole}}, {{service.database.change_pct|percent}}.
        The cost of {{service.database|name}} declined by {{service.database.change_pct|percent}} against the month before.
        {{service.database|name}} decreased by {{service.database.change|exact}}, and its owner knows.
        {{service.database|name}} is {{service.database.share_pct|percent}} of the gross cost.
        {{service.database|name}} carries {{service.database.share_pct|percent}} of what the organisation spends.
        {{service.database|name}} costs {{service.database.per_day|whole}} a day.
        The month before, {{service.database|name}} cost {{service.database.previous|whole}}.
        The daily cost of {{service.database|name}} is {{service.database.per_day|exact}}.
        Previously, in the month before this, {{service.database|name}} stood at {{service.database.previous|short}}.
        {{service.database|name}} cost {{service.database.gross|whole}} and shrank by {{service.database.change_pct|percent}}.
        {{service.database|name}} cost {{service.database.change_pct|percent}} less than in January.
        Look at {{service.database|name}}: it sank by {{service.database.change|short}}.
        {{service.compute|name}} cost {{service.compute.gross|whole}}.
        The cost of {{service.compute|name}} was {{service.compute.gross|exact}} for the month.
        {{service.compute|name}} came to {{service.compute.gross|short}}.
        {{service.compute|name}} rose by {{service.compute.change|whole}}.
        {{service.compute|name}} grew by {{service.compute.change|whole}}, {{service.compute.change_pct|percent}}.
        The cost of {{service.compute|name}} increased by {{service.compute.change_pct|percent}} against the month before.
        {{service.compute|name}} climbed by {{service.compute.change|exact}}, and its owner knows.
        {{service.compute|name}} is {{service.compute.share_pct|percent}} of the gross cost.
        {{service.compute|name}} carries {{service.compute.share_pct|percent}} of what the organisation spends.
        {{service.compute|name}} costs {{service.compute.per_day|whole}} a day.
        The month before, {{service.compute|name}} cost {{service.compute.previous|whole}}.
        The daily cost of {{service.compute|name}} is {{service.compute.per_day|exact}}.
        Previously, in the month before this, {{service.compute|name}} stood at {{service.compute.previous|short}}.
        {{service.compute|name}} cost {{service.compute.gross|whole}} and went up by {{service.compute.change_pct|percent}}.
        {{service.compute|name}} cost {{service.compute.change_pct|percent}} more than in January.
        Look at {{service.compute|name}}: it jumped by {{service.compute.change|short}}.
        {{account.111111111111|name}} cost {{account.111111111111.net|whole}}.
        The net cost of {{account.111111111111|name}} was {{account.111111111111.net|exact}}.
        {{account.111111111111|name}} fell by {{account.111111111111.change|whole}}.
        {{account.111111111111|name}} dropped by {{account.111111111111.change|whole}}, {{account.111111111111.change_pct|percent}}.
        The account {{account.111111111111|name}} declined by {{account.111111111111.change_pct|percent}}.
        {{account.111111111111|name}} holds {{account.111111111111.share_pct|percent}} of the net cost.
        Before the discount, {{account.111111111111|name}} cost {{account.111111111111.gross|whole}}.
        The gross cost of {{account.111111111111|name}} is {{account.111111111111.gross|short}}.
        In the month before, {{account.111111111111|name}} cost {{account.111111111111.previous|whole}}.
        {{account.111111111111|name}} is an account whose cost decreased by {{account.111111111111.change|exact}}.
        The owner of {{account.111111111111|name}} will see that it fell by {{account.111111111111.change|whole}}.
        {{account.111111111111|name}}, an account of ours, cost {{account.111111111111.net|short}}, down by {{account.111111111111.change_pct|percent}}.
        {{account.222222222222|name}} cost {{account.222222222222.net|whole}}.
        The net cost of {{account.222222222222|name}} was {{account.222222222222.net|exact}}.
        {{account.222222222222|name}} rose by {{account.222222222222.change|whole}}.
        {{account.222222222222|name}} grew by {{account.222222222222.change|whole}}, {{account.222222222222.change_pct|percent}}.
        The account {{account.222222222222|name}} increased by {{account.222222222222.change_pct|percent}}.
        {{account.222222222222|name}} holds {{account.222222222222.share_pct|percent}} of the net cost.
        Before the discount, {{account.222222222222|name}} cost {{account.222222222222.gross|whole}}.
        The gross cost of {{account.222222222222|name}} is {{account.222222222222.gross|short}}.
        In the month before, {{account.222222222222|name}} cost {{account.222222222222.previous|whole}}.
        {{account.222222222222|name}} is an account whose cost climbed by {{account.222222222222.change|exact}}.
        The owner of {{account.222222222222|name}} will see that it rose by {{account.222222222222.change|whole}}.
        {{account.222222222222|name}}, an account of ours, cost {{account.222222222222.net|short}}, up by {{account.222222222222.change_pct|percent}}.
        {{ou.workloads-prod|name}} cost {{ou.workloads-prod.net|whole}}.
        The unit {{ou.workloads-prod|name}} fell by {{ou.workloads-prod.change|whole}}.
        {{ou.workloads-prod|name}} has {{ou.workloads-prod.accounts|exact}} accounts.
        There are {{ou.workloads-prod.accounts|exact}} accounts in {{ou.workloads-prod|name}}.
        In the month before, {{ou.workloads-prod|name}} cost {{ou.workloads-prod.previous|exact}}.
        {{ou.workloads-prod|name}} sank by {{ou.workloads-prod.change|short}}, the calendar included.
        """.split(separator: "\n").map(String.init)
}

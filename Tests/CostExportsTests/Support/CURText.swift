import FinOps

@testable import CostExports

/// A cost and usage report as text: a savings plan, a reservation, the partner discount and tax.
struct CURText {
    let isLegacy: Bool
    var lines: [[String: String]] = [
        ["line_item_line_item_type": "Usage", "line_item_unblended_cost": "10"],
        [
            "line_item_line_item_type": "SavingsPlanCoveredUsage", "line_item_unblended_cost": "30",
            "savings_plan_savings_plan_effective_cost": "20",
        ],
        ["line_item_line_item_type": "SavingsPlanNegation", "line_item_unblended_cost": "-30"],
        [
            "line_item_line_item_type": "SavingsPlanRecurringFee", "line_item_unblended_cost": "24",
            "savings_plan_total_commitment_to_date": "24", "savings_plan_used_commitment": "20",
        ],
        [
            "line_item_line_item_type": "DiscountedUsage", "line_item_unblended_cost": "0",
            "reservation_effective_cost": "19", "reservation_reservation_a_r_n": "arn:aws:rds:::ri/1",
        ],
        [
            "line_item_line_item_type": "RIFee", "line_item_unblended_cost": "20",
            "reservation_unused_recurring_fee": "1",
            "reservation_unused_amortized_upfront_fee_for_billing_period": "0",
        ],
        ["line_item_line_item_type": "SppDiscount", "line_item_unblended_cost": "-2.36"],
        ["line_item_line_item_type": "Tax", "line_item_unblended_cost": "1.5", "line_item_usage_account_id": ""],
    ]

    /// Columns beyond the usual ones, in the spelling of CUR 2.0.
    var more: [String] = []

    init(isLegacy: Bool) { self.isLegacy = isLegacy }

    private static let usual = [
        "bill_payer_account_id": "111122223333", "bill_payer_account_name": "payer", "bill_invoice_id": "1",
        "bill_billing_period_start_date": "2026-02-01T00:00:00Z", "line_item_usage_account_id": "012345678901",
        "line_item_usage_end_date": "2026-03-01T00:00:00Z", "line_item_usage_start_date": "2026-02-01T00:00:00Z",
        "line_item_product_code": "AmazonEC2",
        "line_item_currency_code": "USD", "line_item_usage_amount": "1", "line_item_operation": "RunInstances",
    ]

    var text: String {
        let names =
            (CURColumns(isLegacy: false).required + CURColumns.commitments + [
                "line_item_operation", "line_item_usage_start_date",
            ])
        let more = more + (isLegacy ? [] : ["bill_payer_account_name"])
        let rows = lines.map { line in
            let cells = Self.usual.merging(line) { $1 }
            return (names + more).map { cells[$0] ?? "" }
        }
        let heading = (names + more).map(CURColumns(isLegacy: isLegacy).name)
        return ([heading] + rows).map(CommaSeparated.row).joined(separator: "\n") + "\n"
    }
}

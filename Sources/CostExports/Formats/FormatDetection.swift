import FinOps

/// Which layout a file's columns are: the one it has most of. What is then missing is named, because a renamed column must
/// never be taken for an absent charge.
struct FormatDetection {
    /// By lower-case name: engines that do not keep a name's case wrote some of the files.
    private let spellings: [String: String]

    init(columns: [String]) {
        spellings = Dictionary(columns.map { ($0.lowercased(), $0) }) { first, _ in first }
    }

    /// The file's own spelling of a column; nil when it has none.
    func spelling(of column: String) -> String? { spellings[column.lowercased()] }

    func has(_ column: String) -> Bool { spelling(of: column) != nil }

    /// Nil when the columns are of no known layout.
    var format: LineItemExport.Format? {
        let families = [
            FOCUSColumns.required, CURColumns(isLegacy: false).required, CURColumns(isLegacy: true).required,
        ]
        let shares = families.map { family in family.count(where: has) * 100 / family.count }
        guard let best = shares.max(), best >= 50 else { return nil }
        return switch shares.firstIndex(of: best) {
        case 0: has("InvoiceId") ? .focus1_2 : .focus1_0
        case 1: has("bill_payer_account_name") || has("product") ? .cur2 : .curLegacy
        default: .curLegacy
        }
    }

    /// Columns the format cannot do without and the file lacks, each with the column that may be meant.
    func missing(for format: LineItemExport.Format) -> [(name: String, meant: String?)] {
        let required = format.isFOCUS ? FOCUSColumns.required : curColumns.required
        return required.filter { !has($0) }.map { name in
            let others = spellings.filter { !required.map { $0.lowercased() }.contains($0.key) }.values
            return (name, NearestName.suggestion(for: name, among: others))
        }
    }

    /// Legacy reports in CSV write `lineItem/UnblendedCost`, all others `line_item_unblended_cost`.
    var curColumns: CURColumns { CURColumns(isLegacy: spellings.keys.contains { $0.contains("/") }) }
}

/// The columns of FOCUS that the month is read from.
enum FOCUSColumns {
    static let required = [
        "BilledCost", "EffectiveCost", "BillingAccountId", "SubAccountId", "BillingCurrency", "BillingPeriodStart",
        "ChargePeriodEnd", "ChargeCategory", "ChargeClass", "ServiceName", "ConsumedQuantity",
    ]
    static let amounts = ["BilledCost", "EffectiveCost", "ConsumedQuantity"]
    /// AWS's own column of discounts by kind.
    static let discounts = "x_Discounts"
}

/// The columns of the cost and usage report, in either spelling.
struct CURColumns {
    /// `lineItem/UnblendedCost` instead of `line_item_unblended_cost`.
    let isLegacy: Bool

    var required: [String] {
        [
            "bill_payer_account_id", "bill_invoice_id", "bill_billing_period_start_date", "line_item_usage_account_id",
            "line_item_line_item_type", "line_item_usage_end_date", "line_item_product_code",
            "line_item_currency_code", "line_item_usage_amount", "line_item_unblended_cost",
        ].map(name)
    }

    /// What says what commitments cover; without all of them no amortised amount is claimed.
    static let commitments = [
        "savings_plan_savings_plan_effective_cost", "savings_plan_total_commitment_to_date",
        "savings_plan_used_commitment", "reservation_effective_cost",
        "reservation_unused_amortized_upfront_fee_for_billing_period", "reservation_unused_recurring_fee",
        "reservation_reservation_a_r_n",
    ]

    var amounts: [String] {
        (["line_item_usage_amount", "line_item_unblended_cost", "line_item_net_unblended_cost"]
            + Self.commitments.filter { $0 != "reservation_reservation_a_r_n" }).map(name)
    }

    /// `line_item_usage_amount` as this file spells it.
    func name(_ snake: String) -> String {
        guard isLegacy else { return snake }
        for (prefix, group) in Self.groups where snake.hasPrefix(prefix + "_") {
            let words = snake.dropFirst(prefix.count + 1).split(separator: "_")
            return group + "/" + words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
        }
        return snake
    }

    private static let groups = [
        ("line_item", "lineItem"), ("savings_plan", "savingsPlan"), ("bill", "bill"), ("reservation", "reservation"),
        ("product", "product"), ("pricing", "pricing"),
    ]
}

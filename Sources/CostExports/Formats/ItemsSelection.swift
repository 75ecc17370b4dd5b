import FinOps

/// The few columns of a line item that every query speaks of, whatever the layout: `account`, `service`, `category`,
/// `class`, `invoice`, `currency`, `period`, `ends`, `quantity`, `billed`, `effective`. Standard SQL, so that another engine
/// can answer the same queries over a table of its own.
struct ItemsSelection {
    let format: LineItemExport.Format
    let columns: FormatDetection

    /// Exact to ten fraction digits, as Cost Explorer prints amounts; eight digits before the point.
    static let amountType = "DECIMAL(18,10)"

    var billedMetric: CostMetric {
        format.isFOCUS || hasNet ? .netUnblended : .unblended
    }

    var effectiveMetric: CostMetric? {
        format.isFOCUS ? .netAmortized : hasCommitments ? .amortized : nil
    }

    /// The column that itemises discounts by kind, when the file has it.
    var discountsColumn: String? { format.isFOCUS ? columns.spelling(of: FOCUSColumns.discounts) : nil }

    /// Whether discounts can be told from the charges they were taken off: a column names them, or they are lines of their own.
    var itemizesDiscounts: Bool { format.isFOCUS ? discountsColumn != nil : !hasNet }

    /// Columns that are amounts: read as decimals wherever the file is text.
    var amountColumns: [String] {
        (format.isFOCUS ? FOCUSColumns.amounts : cur.amounts).compactMap(columns.spelling)
    }

    /// The billing period of a line, `2026-02`.
    var period: String {
        "SUBSTR(\(text(format.isFOCUS ? "BillingPeriodStart" : cur.name("bill_billing_period_start_date"))), 1, 7)"
    }

    /// `SELECT … FROM source`, with `more` columns behind the few.
    func select(from source: String, also more: [String] = []) -> String {
        let columns = more.map { ",\n  \($0)" }.joined()
        return format.isFOCUS ? focus(source, also: columns) : cur(source, also: columns)
    }

    /// The same with a map `discounts` of kind to amount, out of a column that is such a map, or is one written as JSON.
    func select(from source: String, discounts column: String, isText: Bool) -> String {
        let map = isText ? "json_parse(\(SQLText.identifier(column)))" : SQLText.identifier(column)
        return select(from: source, also: ["CAST(\(map) AS MAP(VARCHAR, \(Self.amountType))) AS discounts"])
    }

    /// The same with `begins`, the day a charge begins on.
    func selectDays(from source: String) -> String {
        let column = format.isFOCUS ? "ChargePeriodStart" : cur.name("line_item_usage_start_date")
        return select(from: source, also: ["SUBSTR(\(text(column)), 1, 10) AS begins"])
    }

    /// The same with `name` of the account, the `payer` and the `provider`, empty where the file has no column for it.
    func selectAccounts(from source: String) -> String {
        func optional(_ names: String...) -> String {
            names.first(where: columns.has).map { "COALESCE(\(text($0)), '')" } ?? "''"
        }
        let (name, payer, provider) =
            format.isFOCUS
            ? (
                optional("SubAccountName"), optional("BillingAccountId"),
                optional("ServiceProviderName", "ProviderName")
            )
            : (
                optional(cur.name("line_item_usage_account_name")), optional(cur.name("bill_payer_account_id")), "'AWS'"
            )
        return select(
            from: source, also: ["\(name) AS name", "\(payer) AS payer", "\(provider) AS provider"])
    }

    private var cur: CURColumns { columns.curColumns }
    private var hasNet: Bool { columns.has(cur.name("line_item_net_unblended_cost")) }
    private var hasCommitments: Bool { CURColumns.commitments.allSatisfy { columns.has(cur.name($0)) } }

    /// AWS charges recurring fees by the hour, so that they follow the days of a month; other fees, and other providers', do not.
    static let recurringPurchase = "Recurring purchase"

    private var category: String {
        let plain = "COALESCE(\(text("ChargeCategory")), '')"
        guard columns.has("ChargeFrequency"), columns.has("ProviderName") else { return plain }
        return "CASE WHEN \(text("ChargeCategory")) = 'Purchase' AND \(text("ChargeFrequency")) = 'Recurring' "
            + "AND \(text("ProviderName")) = 'AWS' THEN \(SQLText.literal(Self.recurringPurchase)) ELSE \(plain) END"
    }

    private func focus(_ source: String, also more: String) -> String {
        """
        SELECT
          COALESCE(NULLIF(\(text("SubAccountId")), ''), \(text("BillingAccountId")), '') AS account,
          COALESCE(\(text("ServiceName")), '') AS service,
          \(category) AS category,
          COALESCE(\(text("ChargeClass")), '') AS class,
          \(format == .focus1_2 ? "COALESCE(\(text("InvoiceId")), '')" : "''") AS invoice,
          COALESCE(\(text("BillingCurrency")), '') AS currency,
          \(period) AS period,
          SUBSTR(\(text("ChargePeriodEnd")), 1, 10) AS ends,
          \(amount("ConsumedQuantity")) AS quantity,
          \(amount("BilledCost")) AS billed,
          \(amount("EffectiveCost")) AS effective\(more)
        FROM \(source)
        """
    }

    /// What commitments cover counts as AWS's own dashboards count it; the lines that split a container's cost repeat costs
    /// that other lines carry.
    private func cur(_ source: String, also more: String) -> String {
        func text(_ name: String) -> String { self.text(cur.name(name)) }
        func amount(_ name: String) -> String { self.amount(cur.name(name)) }
        let unblended = amount("line_item_unblended_cost")
        let operation =
            columns.has(cur.name("line_item_operation"))
            ? "\nWHERE COALESCE(\(text("line_item_operation")), '') NOT IN ('EKSPod-EC2', 'ECSTask-EC2')" : ""
        return """
            SELECT
              COALESCE(NULLIF(\(text("line_item_usage_account_id")), ''), \(text("bill_payer_account_id")), '') AS account,
              COALESCE(\(text("line_item_product_code")), '') AS service,
              COALESCE(\(text("line_item_line_item_type")), '') AS category,
              '' AS class,
              COALESCE(\(text("bill_invoice_id")), '') AS invoice,
              COALESCE(\(text("line_item_currency_code")), '') AS currency,
              \(period) AS period,
              SUBSTR(\(text("line_item_usage_end_date")), 1, 10) AS ends,
              \(amount("line_item_usage_amount")) AS quantity,
              \(hasNet ? "COALESCE(\(amount("line_item_net_unblended_cost")), \(unblended))" : unblended) AS billed,
              \(hasCommitments ? amortized : "CAST(NULL AS \(Self.amountType))") AS effective\(more)
            FROM \(source)\(operation)
            """
    }

    private var amortized: String {
        func text(_ name: String) -> String { self.text(cur.name(name)) }
        func amount(_ name: String) -> String { "COALESCE(\(self.amount(cur.name(name))), 0)" }
        return """
            CASE \(text("line_item_line_item_type"))
                WHEN 'SavingsPlanCoveredUsage' THEN \(amount("savings_plan_savings_plan_effective_cost"))
                WHEN 'SavingsPlanRecurringFee' THEN \(amount("savings_plan_total_commitment_to_date"))
                  - \(amount("savings_plan_used_commitment"))
                WHEN 'SavingsPlanNegation' THEN 0
                WHEN 'SavingsPlanUpfrontFee' THEN 0
                WHEN 'DiscountedUsage' THEN \(amount("reservation_effective_cost"))
                WHEN 'RIFee' THEN \(amount("reservation_unused_amortized_upfront_fee_for_billing_period"))
                  + \(amount("reservation_unused_recurring_fee"))
                ELSE CASE
                  WHEN \(text("line_item_line_item_type")) = 'Fee'
                    AND COALESCE(\(text("reservation_reservation_a_r_n")), '') <> '' THEN 0
                  WHEN \(text("line_item_line_item_type")) = 'Refund'
                    AND \(text("line_item_product_code")) = 'ComputeSavingsPlans' THEN 0
                  ELSE \(amount("line_item_unblended_cost")) END
              END
            """
    }

    /// A column of any type as text.
    func text(_ column: String) -> String {
        "CAST(\(SQLText.identifier(columns.spelling(of: column) ?? column)) AS VARCHAR)"
    }

    private func amount(_ column: String) -> String {
        "CAST(\(SQLText.identifier(columns.spelling(of: column) ?? column)) AS \(Self.amountType))"
    }
}

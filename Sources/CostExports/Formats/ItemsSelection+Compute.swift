import FinOps

/// Compute that a Compute Savings Plan can cover, as both layouts name it.
extension ItemsSelection {
    /// The first column that sizing a commitment needs and the export lacks; nil when all are there.
    var missingComputeColumn: String? {
        let names =
            format.isFOCUS
            ? ["ChargePeriodStart", "PricingCategory", "ListCost", usageTypeColumn]
            : ["line_item_usage_start_date", usageTypeColumn, "pricing_public_on_demand_cost"]
                .map(columns.curColumns.name)
        return names.first { !columns.has($0) }
    }

    /// `begins_at`, `ends_at`, `term`, `on_demand` and `plan_cost` of each line of such compute.
    ///
    /// `term` is `on demand`, or `plan` where a savings plan covers it; spot, what reservations cover, corrections, credits and
    /// tax are left out. `on_demand` is the public price, which plans are measured by: a private discount is on both alike. Of
    /// what ran under plans FOCUS shows the cost after private discounts alone, so it stands against the price agreed on.
    func compute(from source: String) -> String {
        """
        SELECT begins_at, ends_at, term, CASE term WHEN 'plan' THEN agreed_price ELSE public_price END AS on_demand, plan_cost
        FROM (
        \(select(from: source, also: computeColumns))
        ) AS lines
        WHERE term <> '' AND usage_type NOT LIKE '%Spot%' AND (\(Self.machines) OR \(Self.containers) OR \(Self.functions))
        """
    }

    private static let machines =
        "(is_ec2 = 1 AND (usage_type LIKE '%BoxUsage%' OR usage_type LIKE '%DedicatedUsage%'))"
    /// Fargate's processors and memory; its storage is under no plan.
    private static let containers =
        "(usage_type LIKE '%Fargate%' AND (usage_type LIKE '%vCPU%' OR usage_type LIKE '%GB-Hours%') "
        + "AND usage_type NOT LIKE '%Ephemeral%')"
    /// Lambda's duration and provisioned concurrency; its requests are under no plan.
    private static let functions = "(usage_type LIKE '%Lambda-GB-Second%' OR usage_type LIKE '%Lambda-Provisioned-%')"

    private var computeColumns: [String] {
        let cur = columns.curColumns
        let times =
            format.isFOCUS
            ? ["ChargePeriodStart", "ChargePeriodEnd"]
            : ["line_item_usage_start_date", "line_item_usage_end_date"].map(cur.name)
        let publicPrice = price(format.isFOCUS ? "ListCost" : cur.name("pricing_public_on_demand_cost"))
        return [
            "SUBSTR(\(text(times[0])), 1, 19) AS begins_at", "SUBSTR(\(text(times[1])), 1, 19) AS ends_at",
            "COALESCE(\(text(format.isFOCUS ? usageTypeColumn : cur.name(usageTypeColumn))), '') AS usage_type",
            "CASE WHEN \(isEC2) THEN 1 ELSE 0 END AS is_ec2", "\(term) AS term",
            "\(publicPrice) AS public_price",
            "\(format.isFOCUS ? price("ContractedCost") : publicPrice) AS agreed_price",
            "\(price(format.isFOCUS ? "EffectiveCost" : cur.name("savings_plan_savings_plan_effective_cost"))) AS plan_cost",
        ]
    }

    /// FOCUS 1.0 has AWS's usage type in a column of AWS's own, 1.2 as the meter.
    private var usageTypeColumn: String {
        !format.isFOCUS ? "line_item_usage_type" : columns.has("SkuMeter") ? "SkuMeter" : "x_UsageType"
    }

    /// EMR and others have machines of the same usage types, which no plan covers.
    private var isEC2: String {
        guard format.isFOCUS else { return "\(text(columns.curColumns.name("line_item_product_code"))) = 'AmazonEC2'" }
        let name = "\(text("ServiceName")) LIKE 'Amazon Elastic Compute Cloud%'"
        return columns.has("x_ServiceCode") ? "\(name) OR \(text("x_ServiceCode")) = 'AmazonEC2'" : name
    }

    private var term: String {
        func optional(_ column: String) -> String { columns.has(column) ? "COALESCE(\(text(column)), '')" : "''" }
        guard format.isFOCUS else {
            let type = text(columns.curColumns.name("line_item_line_item_type"))
            return "CASE WHEN \(type) = 'SavingsPlanCoveredUsage' THEN 'plan' WHEN \(type) = 'Usage' "
                + "AND \(optional(columns.curColumns.name("pricing_term"))) IN ('', 'OnDemand') THEN 'on demand' ELSE '' END"
        }
        return "CASE WHEN \(optional("ChargeCategory")) <> 'Usage' OR COALESCE(\(text("ChargeClass")), '') <> '' "
            + "OR \(optional("CommitmentDiscountStatus")) = 'Unused' THEN '' "
            + "WHEN \(text("PricingCategory")) = 'Committed' AND \(optional("CommitmentDiscountCategory")) = 'Spend' "
            + "THEN 'plan' WHEN \(text("PricingCategory")) = 'Standard' AND \(optional("CommitmentDiscountId")) = '' "
            + "THEN 'on demand' ELSE '' END"
    }

    /// A word where a price should be is none: reports have them.
    private func price(_ column: String) -> String {
        columns.has(column)
            ? "TRY_CAST(\(SQLText.identifier(columns.spelling(of: column) ?? column)) AS \(Self.amountType))"
            : "CAST(NULL AS \(Self.amountType))"
    }
}

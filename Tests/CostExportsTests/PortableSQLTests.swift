import FinOps
import Foundation
import TestSupport
import Testing

@testable import CostExports

/// The queries in other people's grammars: what this machine has of Athena's dialect.
@Suite struct `The queries` {
    private static func selection(of columns: [String]) throws -> ItemsSelection {
        try ItemsSelection(recognizing: columns.map { $0.lowercased() }, in: "a table")
    }

    private static func everything() throws -> [String] {
        let source = #"(SELECT * FROM "finops"."focus" WHERE "billing_period" = '2026-02')"#
        let cur = CURColumns(isLegacy: false)
        let focus = FOCUSText.sample.columns
        let layouts = try [
            focus, focus.filter { $0 != "InvoiceId" }, cur.required + ["bill_payer_account_name"],
            cur.required + CURColumns.commitments + ["line_item_operation", "line_item_net_unblended_cost"],
            focus + ["ChargeFrequency", "ProviderName", "ResourceId", "RegionId"],
            cur.required + ["line_item_resource_id", "product_region_code"],
        ].map(selection)
        let compute = try [
            focus + [
                "ChargePeriodStart", "PricingCategory", "ListCost", "SkuMeter", "CommitmentDiscountId", "x_ServiceCode",
            ],
            focus.filter { $0 != "InvoiceId" } + ["ChargePeriodStart", "PricingCategory", "ListCost", "x_UsageType"],
            cur.required + [
                "bill_payer_account_name", "line_item_usage_start_date", "line_item_usage_type",
                "pricing_public_on_demand_cost", "pricing_term",
            ],
        ].map(selection)
        let resources = layouts.suffix(2).flatMap { layout in
            [ResourceCosts.Basis.effective, .billed].map { basis in
                ResourcesQuery.sql(
                    [source, source].map { layout.resources(from: $0, basis: basis) }
                        .joined(separator: "\nUNION ALL\n"),
                    month: Desk.month)
            }
        }
        let months = layouts.flatMap { layout in
            [
                AccountsQuery.sql(layout.selectAccounts(from: source)),
                DailyChargesQuery.sql(layout.selectDays(from: source)),
            ]
        }
        return resources + months + layouts.map { ChargesQuery.sql($0.select(from: source)) }
            + [true, false].map { isText in
                DiscountsQuery.sql(layouts[0].select(from: source, discounts: "x_discounts", isText: isText))
            } + [ColumnsQuery.sql(TableName("finops.focus")!)]
            + compute.map { UncoveredComputeQuery.sql($0.compute(from: source)) }
    }

    @Test func `are the same to Athena's grammar and to DuckDB's, and call no function that only one has`() async throws
    {
        let outcome = try await PortableSQL.judge(try Self.everything())
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.isEmpty, "\(outcome.output)")
    }

    @Test(arguments: [
        ("SELECT unnest(map_keys(m)) AS k FROM t", "read in two ways"),
        ("SELECT list_extract_all(l) FROM t", "not known"),
    ])
    func `that are not portable would be found`(sql: String, complaint: String) async throws {
        let outcome = try await PortableSQL.judge([sql])
        #expect(outcome.output.contains(complaint), "\(outcome.output) \(outcome.errors)")
    }
}

/// Other people's grammars, in Python.
enum PortableSQL {
    private static let program = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "portable_sql.py")

    static func judge(_ arguments: [String]) async throws -> PythonProgram.Outcome {
        try await PythonProgram.run(try String(contentsOf: program, encoding: .utf8), arguments)
    }
}

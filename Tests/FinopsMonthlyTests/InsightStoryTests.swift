import Foundation
import Sandbox
import TestSupport
import Testing

/// A month that pays for every question, with the files people keep beside it.
@Suite("What AWS itself says of a month")
struct InsightStoryTests {
    @Test func `anomalies, commitments, advice and budgets become facts of the sample month`() async throws {
        let tool = try BuiltTool()
        let idle = "recommendation_id,state,monthly_savings\nrec-000001,approved,\nold-1,verified,120.50\n"
        try Data(idle.utf8).write(to: URL(fileURLWithPath: tool.folder.path + "/savings.csv"))
        let run = try await tool.run(
            ["run", "--sandbox", "--no-screenshots", "--format", "json"],
            adding: [
                "FINOPS_EXTRA_QUESTIONS": "anomalies,savings-plans,reservations,usage",
                "FINOPS_SAVINGS": tool.folder.path + "/savings.csv", "FINOPS_FISCAL_YEAR_START_MONTH": "4",
                "FINOPS_BUDGETS": "organization=330000.00,ou:Workloads/Prod=200000.00",
            ])
        #expect(run.status == 75, "\(run.errors)")
        let result = try run.json()
        #expect(
            (result["api"] as? [String: Any])?["cost_usd"] as? String == "0.10", "EC2 has no reservation: not billed")
        let facts = try facts(of: result, tool)
        func value(_ id: String) throws -> Double { try #require(facts[id]?["value"] as? String, "\(id)").number }
        #expect(try value("aws_anomaly.count") == 2)
        #expect(try (90...97).contains(value("commitment.savings_plans.utilization_pct")))
        #expect(try (20...90).contains(value("commitment.savings_plans.coverage_pct")))
        #expect(try value("commitment.savings_plans.effective_savings_rate_pct") > 0)
        #expect(try (96...98).contains(value("commitment.rds_reservations.utilization_pct")))
        #expect(facts["commitment.ec2_reservations.coverage_pct"]?["value"] == nil)
        #expect(try value("commitment.ending_soon") > 0)
        #expect(try value("savings.open.count") >= 4)
        #expect(try value("savings.identified.count") == value("savings.open.count") + 1)
        #expect(try value("savings.approved.count") == 2)
        #expect(try value("savings.verified.monthly") == 120.5)
        #expect(try (50...100).contains(value("efficiency.score_pct")))
        #expect(try value("budget.organization.year_limit") == 3_960_000)
        #expect(try value("budget.organization.actual") == value("total.net"))
        #expect(try value("budget.ou-workloads-prod.actual") < value("total.net"))
        #expect(try value("budget.limit") == 330_000)
        // The one planted price: a quarter more for public addresses, after a discount of 5.9 %.
        let addresses = try value("service.amazon-virtual-private-cloud.gross")
        #expect(try (0.18...0.25).contains(value("why.price") / addresses))
        #expect(try (90...100).contains(value("why.comparable.share_pct")))
        #expect(try value("causes.usage_types") > 0)
    }

    @Test func `a plan says which questions are not asked, and what they would cost`() async throws {
        let tool = try BuiltTool()
        let run = try await tool.run(
            ["plan", "--sandbox", "--month", "2026-02"], adding: ["FINOPS_EXTRA_QUESTIONS": "savings-plans"])
        #expect(run.output.contains("About USD 0.06 for 6 billed requests"), "\(run.output)")
        #expect(run.output.contains("not asked anomalies: USD 0.01"))
        #expect(run.output.contains("not asked reservations: USD 0.04"))
        #expect(run.output.contains("not asked usage: USD 0.01"))
        #expect(run.output.contains("coverage of savings plans"))
        let none = try await tool.run(
            ["plan", "--sandbox", "--month", "2026-02"], adding: ["FINOPS_EXTRA_QUESTIONS": "none"])
        #expect(none.output.contains("About USD 0.04 for 4 billed requests"))
    }

    private func facts(of result: [String: Any], _ tool: BuiltTool) throws -> [String: [String: Any]] {
        let folder = try #require(result["run_folder"] as? String)
        let book = try JSONSerialization.jsonObject(with: try tool.file("\(folder)/facts.json"))
        let facts = try #require((book as? [String: Any])?["facts"] as? [[String: Any]])
        return Dictionary(uniqueKeysWithValues: facts.map { ($0["id"] as? String ?? "", $0) })
    }
}

extension String {
    /// Read for comparing, not for reckoning.
    fileprivate var number: Double { Double(self) ?? .nan }
}

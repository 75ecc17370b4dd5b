import FinOps
import Foundation
import Sandbox
import TestSupport
import Testing

@Suite("The story a newcomer sees")
struct StoryTests {
    @Test func `run --sandbox waits for a human with all nine gates in its result`() async throws {
        let tool = try BuiltTool()
        let run = try await tool.run(
            "run", "--sandbox", "--format", "json", "--no-screenshots", "--approval-threshold", "250000.00")
        #expect(run.status == 75, "\(run.errors)")
        let result = try run.json()
        #expect(result["schema"] as? Int == 1)
        #expect(result["status"] as? String == "awaiting_decision")
        #expect(result["month"] as? String == "2026-02")
        let gates = try #require(result["gates"] as? [[String: Any]])
        #expect(gates.map { $0["id"] as? String } == ["G0", "G1", "G2", "G3", "G4", "G5", "G6", "G7"])
        #expect(gates.allSatisfy { $0.keys.contains("action") })
        let check = try #require(result["cross_validation"] as? [String: Any])
        #expect(check["raw_variance_pct"] as? String == "5.90")
        #expect(check["adjusted_variance_pct"] as? String == "0.00")
        #expect((result["accounts"] as? [String: Any])?["scope"] as? String == "organization")
    }

    @Test func `approve, resume and verify bring the month to its seal`() async throws {
        let tool = try BuiltTool()
        let started = try await tool.run(
            "run", "--sandbox", "--format", "json", "--no-screenshots", "--approval-threshold", "250000.00")
        let runID = try #require(try started.json()["run_id"] as? String)
        let approved = try await tool.approve(runID)
        #expect(approved.status == 0, "\(approved.errors)")

        let resumed = try await tool.run("resume", runID, "--format", "json")
        #expect(resumed.status == 0, "\(resumed.errors)")
        let result = try resumed.json()
        #expect(result["status"] as? String == "complete")
        #expect((result["gates"] as? [[String: Any]])?.count == 9)
        #expect((result["seal"] as? String)?.hasPrefix("sha256:") == true)

        let verified = try await tool.run("verify")
        #expect(verified.status == 0, "\(verified.output)")
        #expect(verified.output.contains("every gate judged again as recorded"))
        let status = try await tool.run("status", runID, "--format", "json")
        #expect(try status.json()["status"] as? String == "complete")
    }

    @Test func `two runs of the sample month give byte-identical deliverables`() async throws {
        let (first, second) = (try BuiltTool(), try BuiltTool())
        let flags = ["run", "--sandbox", "--format", "json", "--no-screenshots", "--currency", "NZD"]
        let (one, two) = (try await first.run(flags).json(), try await second.run(flags).json())
        let deliverables = try #require(one["deliverables"] as? [String])
        #expect(deliverables.count == 19)
        for path in deliverables {
            let left = try first.file("\(one["run_folder"] as? String ?? "")/\(path)")
            #expect(left == (try second.file("\(two["run_folder"] as? String ?? "")/\(path)")), "\(path)")
        }
    }

    @Test func `json lines end with the result object and every line is an object`() async throws {
        let tool = try BuiltTool()
        let run = try await tool.run("run", "--sandbox", "--format", "jsonl", "--no-screenshots")
        let lines = run.output.split(separator: "\n")
        let types = try lines.map { line in
            (try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])?["type"] as? String
        }
        #expect(types.first == "run_started")
        #expect(types.last == "run_finished")
        #expect(types.filter { $0 == "phase_completed" }.count == 8)
    }

    @Test(arguments: [67, 400])
    func `a month costs five requests, however many accounts, on a slow wire that throttles`(
        accounts: Int
    ) async throws {
        try await withSandbox {
            $0.today = RecentMonth.today
            $0.accounts = accounts
            $0.troubles = [SandboxTrouble(.latency, number: 600), SandboxTrouble(.throttle, service: "ce", number: 5)]
        } _: { server in
            let tool = try BuiltTool(sandbox: server)
            let run = try await tool.run("run", "--month", RecentMonth.closed, "--format", "json", "--no-screenshots")
            #expect(run.status == 75, "\(run.errors)")
            #expect(await server.meter.billedCostExplorerRequests == 5)
            let api = try #require(try run.json()["api"] as? [String: Any])
            #expect(api["cost_usd"] as? String == "0.05")
            #expect(api["retries"] as? Int == 0)
        }
    }

    @Test func `a thousand accounts cost no more requests than their answers have pages`() async throws {
        try await withSandbox {
            $0.today = RecentMonth.today
            $0.accounts = 1_000
            $0.pageSizeGroups = 6_000
        } _: { server in
            let tool = try BuiltTool(sandbox: server)
            let run = try await tool.run("run", "--month", RecentMonth.closed, "--format", "json", "--no-screenshots")
            #expect(run.status == 75, "\(run.errors)")
            let result = try run.json()
            let folder = try #require(result["run_folder"] as? String)
            let book = try JSONSerialization.jsonObject(with: try tool.file("\(folder)/facts.json"))
            let facts = try #require((book as? [String: Any])?["facts"] as? [[String: Any]])
            let pages = ["daily", "L1", "L3", "forecast", "anomalies"].compactMap { question in
                facts.first { $0["id"] as? String == "query.\(question).pages" }?["value"] as? String
            }.compactMap { Int($0) }
            #expect(pages.count == 5)
            #expect(pages.contains { $0 > 1 })
            #expect(await server.meter.billedCostExplorerRequests == pages.reduce(0, +))
        }
    }

    @Test func `plan contacts nobody and prices the month`() async throws {
        try await withSandbox { server in
            let tool = try BuiltTool(sandbox: server)
            let run = try await tool.run("plan", "--month", "2026-02", "--format", "json")
            #expect(run.status == 0)
            // That month is so long ago that AWS has forgotten its anomalies: nobody asks.
            #expect(try run.json()["cost_usd"] as? String == "0.04")
            #expect(await server.meter.totalRequests == 0)
        }
    }
}

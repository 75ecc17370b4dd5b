import Foundation
import Sandbox
import TestSupport
import Testing

@Suite("A closed month is paid for once")
struct CachedMonthTests {
    private static let month = ["run", "--month", RecentMonth.closed, "--format", "json", "--no-screenshots"]

    private func api(_ run: BuiltTool.Run) throws -> (costUSD: String?, cached: Int?) {
        let api = try run.json()["api"] as? [String: Any]
        return (api?["cost_usd"] as? String, api?["cached_answers"] as? Int)
    }

    @Test func `a second run costs nothing and says so, unless everything is wanted anew`() async throws {
        try await withSandbox {
            $0.today = RecentMonth.today
        } _: { server in
            let tool = try BuiltTool(sandbox: server)
            let first = try await tool.run(Self.month)
            #expect(first.status == 75, "\(first.errors)")
            #expect(try api(first) == ("0.05", 0))

            let second = try await tool.run(Self.month)
            #expect(second.status == 75, "\(second.errors)")
            #expect(try api(second) == ("0.00", 5))
            #expect(await server.meter.billedCostExplorerRequests == 5)
            #expect(try second.json()["totals"] as? [String: String] == first.json()["totals"] as? [String: String])
            let (one, two) = (try first.json()["run_folder"] as? String, try second.json()["run_folder"] as? String)
            for path in try #require(first.json()["deliverables"] as? [String]) {
                #expect(try tool.file("\(one ?? "")/\(path)") == tool.file("\(two ?? "")/\(path)"), "\(path)")
            }

            let spoken = try await tool.run("run", "--month", RecentMonth.closed, "--no-screenshots")
            #expect(spoken.output.contains("USD 0.00, 5 answers from the cache"))

            let anew = try await tool.run(Self.month + ["--refresh"])
            #expect(try api(anew) == ("0.05", 0))
            #expect(await server.meter.billedCostExplorerRequests == 10)
        }
    }

    @Test func `a run that wants everything anew still does when it is resumed, and pays nothing twice`() async throws {
        try await withSandbox {
            $0.today = RecentMonth.today
        } _: { server in
            // Of the second run's two questions in collection one stays without an answer, both times it is asked.
            let garbage = Fault.answer(status: 200, body: "{\"ResultsByTime\":")
            let proxy = try FaultProxy(
                upstreamPort: server.url.port!,
                rules: [FaultRule(garbage, on: "ce:GetCostAndUsage", count: 2, skipping: 5)])
            defer { proxy.stop() }
            let key = server.credentials.payer
            let tool = try BuiltTool(cloud: [
                "AWS_ENDPOINT_URL": proxy.url, "AWS_ACCESS_KEY_ID": key.accessKeyID, "AWS_MAX_ATTEMPTS": "2",
                "AWS_SECRET_ACCESS_KEY": key.secretAccessKey, "AWS_REGION": "us-east-1",
            ])
            let first = try await tool.run(Self.month)
            #expect(await server.meter.billedCostExplorerRequests == 5)

            let anew = try await tool.run(Self.month + ["--refresh"])
            #expect(anew.status == 14, "\(anew.errors)")
            #expect(await server.meter.billedCostExplorerRequests == 9)

            let runID = try #require(anew.json()["run_id"] as? String)
            let resumed = try await tool.run("resume", runID, "--format", "json")
            #expect(resumed.status == 75, "\(resumed.errors)")
            #expect(await server.meter.billedCostExplorerRequests == 10)
            #expect(try resumed.json()["totals"] as? [String: String] == first.json()["totals"] as? [String: String])
        }
    }

    @Test func `a damaged entry is asked again, and the others are not`() async throws {
        try await withSandbox {
            $0.today = RecentMonth.today
        } _: { server in
            let tool = try BuiltTool(sandbox: server)
            _ = try await tool.run(Self.month)
            let answers = tool.folder.path + "/cache/finops-monthly/answers"
            let question = try #require(try FileManager.default.contentsOfDirectory(atPath: answers).first)
            let entry = try #require(
                try FileManager.default.contentsOfDirectory(atPath: "\(answers)/\(question)").first)
            try Data("torn".utf8).write(to: URL(fileURLWithPath: "\(answers)/\(question)/\(entry)"))
            #expect(try api(try await tool.run(Self.month)) == ("0.01", 4))
            #expect(try api(try await tool.run(Self.month)) == ("0.00", 5))
        }
    }

    @Test func `the plan says what the cache would save, and contacts nobody`() async throws {
        try await withSandbox {
            $0.today = RecentMonth.today
        } _: { server in
            let tool = try BuiltTool(sandbox: server)
            let plan = ["plan", "--month", RecentMonth.closed, "--format", "json"]
            #expect((try await tool.run(plan).json()["with_cache"] as? [Any])?.isEmpty == true)
            _ = try await tool.run(Self.month)
            let requests = await server.meter.totalRequests
            let report = try await tool.run(plan).json()
            #expect(report["cost_usd"] as? String == "0.05")
            let rest = try #require((report["with_cache"] as? [[String: String]])?.first)
            #expect(rest["cost_usd"] == "0.00")
            let anew = try await tool.run(plan + ["--refresh"]).json()
            #expect((anew["with_cache"] as? [Any])?.isEmpty == true)
            #expect(await server.meter.totalRequests == requests)
        }
    }

    @Test func `the sample estate is never kept`() async throws {
        let tool = try BuiltTool()
        _ = try await tool.run("run", "--sandbox", "--no-screenshots")
        #expect(!FileManager.default.fileExists(atPath: tool.folder.path + "/cache"))
    }
}

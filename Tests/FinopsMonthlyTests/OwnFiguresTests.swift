import Foundation
import TestSupport
import Testing

@Suite("Analysis of a user's own figures")
struct OwnFiguresTests {
    let tool: BuiltTool

    init() throws { tool = try BuiltTool() }

    private func run(_ command: String, on text: String, _ flags: String...) async throws -> BuiltTool.Run {
        try Data(text.utf8).write(to: URL(filePath: tool.folder.path + "/figures"))
        return try await tool.run([command, "figures"] + flags)
    }

    private func first(_ run: BuiltTool.Run, _ list: String) throws -> [String: Any] {
        let report = try run.json()
        #expect(report["schema"] as? Int == 1)
        return try #require((report[list] as? [[String: Any]])?.first)
    }

    /// Forty even days, then one of threefold cost.
    private var days: String {
        "date,amount\n" + (1...31).map { "2026-01-\($0 < 10 ? "0" : "")\($0),100" }.joined(separator: "\n") + "\n"
            + (1...9).map { "2026-02-0\($0),100" }.joined(separator: "\n") + "\n2026-02-10,300\n2026-02-11,100\n"
    }

    @Test func `anomalies names day, kind, expectation and impact`() async throws {
        let run = try await run("anomalies", on: days, "--format", "json")
        #expect(run.status == 0, "\(run.errors)")
        let anomaly = try first(run, "anomalies")
        #expect(anomaly["date"] as? String == "2026-02-10")
        #expect(anomaly["end_date"] as? String == "2026-02-10")
        #expect(anomaly["kind"] as? String == "spike")
        #expect(anomaly["severity"] as? String == "SPIKE")
        #expect(anomaly["expected"] as? String == "100.00")
        #expect(anomaly["impact"] as? String == "200.00")
        #expect(anomaly["confidence"] as? String == "high")
    }

    @Test func `a table is aligned, CSV has a heading, and silence says so on stderr`() async throws {
        let table = try await run("anomalies", on: days)
        #expect(
            table.output == """
                date        end date    kind   severity  expected  actual  impact  confidence  series
                2026-02-10  2026-02-10  spike  SPIKE       100.00  300.00  200.00  high

                """)
        let csv = try await run("anomalies", on: days, "--csv")
        #expect(csv.output.hasPrefix("date,end_date,kind,severity,expected,actual,impact,confidence,series\n"))
        let nothing = try await run("anomalies", on: days, "--least-impact", "1000")
        #expect(nothing.status == 0 && nothing.output.isEmpty)
        #expect(nothing.errors.contains("nothing unusual"))
    }

    @Test func `forecast gives value, both intervals and the method`() async throws {
        let months = "month,amount\n" + (1...12).map { "2025-\($0 < 10 ? "0" : "")\($0),1000" }.joined(separator: "\n")
        let forecast = try first(try await run("forecast", on: months, "--format", "json"), "forecasts")
        #expect(forecast["month"] as? String == "2026-01")
        #expect(forecast["method"] as? String == "theta-shrink-per-day")
        for key in ["value", "lo80", "hi80", "lo95", "hi95", "series"] { #expect(forecast[key] is String, "\(key)") }
        let short = try await run("forecast", on: "month,amount\n2025-01,1\n2025-02,1\n")
        #expect(short.status == 64)
        #expect(short.errors.hasPrefix("error: figures: 2 months are too few to forecast from\n"))
    }

    @Test func `drivers names the combination that moved and what it leaves`() async throws {
        let cube =
            "account,service,before,after\n"
            + ["a", "b", "c"].flatMap { account in
                ["s", "t", "u"].map { "\(account),\($0),100,\(account == "b" && $0 == "t" ? "190.5" : "100")" }
            }.joined(separator: "\n")
        let run = try await run("drivers", on: cube, "--format", "json")
        let cause = try first(run, "causes")
        #expect(cause["dimensions"] as? [String: String] == ["account": "b", "service": "t"])
        #expect(cause["delta"] as? String == "90.5")
        #expect(cause["share_pct"] as? String == "100.00")
        #expect(try run.json()["unexplained"] as? String == "0")
    }

    @Test func `a bridge's parts add up to the cent`() async throws {
        let items = "item,bar,days_before,days_after,usage_before,usage_after\nEC2,,28,31,3.5,3.7\nGST,tax,,,10,12.5\n"
        let report = try await run("bridge", on: items, "--format", "json").json()
        let effects = try #require(report["effects"] as? [[String: String]])
        #expect(effects.map { $0["factor"] } == ["days", "usage", "tax"])
        #expect(effects.last?["amount"] == "2.50")
        #expect(report["before"] as? String == "108.00")
        #expect(report["after"] as? String == "127.20")
        #expect(report["residual"] as? String == "0.00")
    }

    @Test func `what cannot be read ends with 64 and one sentence`() async throws {
        let absent = try await tool.run("bridge", "absent.csv")
        #expect(absent.status == 64)
        #expect(absent.errors.hasPrefix("error: absent.csv cannot be read\n"))
        let broken = try await run("anomalies", on: "date,amount\n2026-02-01,x\n", "--format", "json")
        #expect(broken.status == 64 && broken.output.isEmpty)
        #expect(broken.errors.contains("figures line 2: amount `x` is not an amount"))
        let both = try await run("anomalies", on: days, "--csv", "--format", "json")
        #expect(both.status == 64)
        #expect(try await tool.run("forecast", "-", "--horizon", "0").status == 64)
    }
}

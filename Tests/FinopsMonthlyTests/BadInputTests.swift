import FinOps
import Foundation
import Sandbox
import TestSupport
import Testing

@Suite("Bad input gets one clear sentence")
struct BadInputTests {
    @Test(arguments: [
        (["run", "--sandbox", "--month", "2026-13"], "`--month 2026-13` is not a month"),
        (["run", "--sandbox", "--month", "2026-04"], "has not begun"),
        (["run", "--sandbox", "--mode", "czar"], "`modes` must be one of"),
        (["run", "--sandbox", "--approval-threshold", "12abc"], "`approval_threshold` must be an amount"),
        (["run", "--sandbox", "--project", "../elsewhere"], "`project` must be"),
        (["run", "--profile", "a", "--all-profile", "b"], "exclude one another"),
        (["run", "--profile", "a", "--member-role", "Reader"], "needs an organisation"),
        (["resume", "2026-02-00000000"], "there is no run"),
        (["approve", "2026-02-00000000", "--approver", "bob", "--digest", "00000000"], "there is no run"),
        (["explain", "G12"], "nothing to explain"),
        (["verify", "nowhere"], "no archive"),
        (["sandbox", "--trouble", "trottle=5"], "throttle"),
        (["run", "--sandbox", "--console-csv", "missing.csv"], "`--console-csv missing.csv` cannot be read"),
        (["run", "--sandbox", "--console-csv", "/dev/null"], "`--console-csv /dev/null` line 1: the file is empty"),
        (["run", "--config", "missing.yaml"], "cannot read the configuration file"),
    ])
    func `ends with 64 and says what is wrong`(arguments: [String], sentence: String) async throws {
        let tool = try BuiltTool()
        let run = try await tool.run(arguments)
        #expect(run.status == 64, "\(run.errors)")
        #expect(run.errors.contains(sentence), "\(run.errors)")
        #expect(run.output.isEmpty)
    }

    @Test(arguments: [
        ("FINOPS_BUDGETS", "ou:=5", "`budgets` must be SUBJECT=AMOUNT"),
        ("FINOPS_BUDGETS", "account:111122223333=5,account:111122223333=6", "a second budget"),
        ("FINOPS_BUDGETS", "ou:Workloads/Prdo=5", "organisational unit Workloads/Prdo"),
        ("FINOPS_FISCAL_YEAR_START_MONTH", "13", "a month from 1 to 12"),
        ("FINOPS_EXTRA_QUESTIONS", "anomaly", "`extra_questions` must be"),
        ("FINOPS_SAVINGS", "missing.csv", "names missing.csv, which cannot be read"),
        ("FINOPS_EXCHANGE_RATES", "/dev/null", "line 1 of /dev/null"),
    ])
    func `a setting that cannot be meant is named`(variable: String, text: String, sentence: String) async throws {
        let tool = try BuiltTool()
        let run = try await tool.run(["run", "--sandbox", "--no-screenshots"], adding: [variable: text])
        #expect(run.status == 64, "\(run.errors)")
        #expect(run.errors.contains(sentence), "\(run.errors)")
    }

    @Test func `an unknown profile names the nearest one`() async throws {
        let tool = try BuiltTool()
        try Data("[profile billing]\nregion = us-east-1\n".utf8)
            .write(to: URL(fileURLWithPath: tool.folder.path + "/config-file"))
        let run = try await tool.run(
            ["run", "--all-profile", "biling"], adding: ["AWS_CONFIG_FILE": tool.folder.path + "/config-file"])
        #expect(run.status == 64, "\(run.errors)")
        #expect(run.errors.contains("billing"))
    }

    @Test func `an unknown configuration key names its line and a suggestion`() async throws {
        let tool = try BuiltTool()
        try Data("project: cloud\napproval_treshold: 5\n".utf8)
            .write(to: URL(fileURLWithPath: tool.folder.path + "/finops-monthly.yaml"))
        let run = try await tool.run("run", "--sandbox")
        #expect(run.status == 64)
        #expect(run.errors.contains("line 2"))
        #expect(run.errors.contains("did you mean `approval_threshold`?"))
    }

    @Test func `a root that cannot be written is one sentence and nothing was asked`() async throws {
        try await withSandbox { server in
            let tool = try BuiltTool(sandbox: server)
            let run = try await tool.run("run", "--month", "2026-02", "--root", "/proc")
            #expect(run.status == 1, "\(run.errors)")
            #expect(run.errors.hasPrefix("error: "))
            #expect(run.errors.contains("hint:"))
            #expect(await server.meter.totalRequests == 0)
        }
    }

    @Test func `a clock that is days off is named before anything is billed`() async throws {
        try await withSandbox { server in
            let tool = try BuiltTool(sandbox: server)
            let run = try await tool.run(
                ["run", "--month", "2026-02", "--no-screenshots"], through: ["faketime", "-f", "+2d"])
            #expect(run.status == 1, "\(run.errors)")
            #expect(run.errors.contains("clock is 2 days ahead of the provider's"), "\(run.errors)")
            #expect(await server.meter.billedCostExplorerRequests == 0)
        }
    }

    @Test func `two runs of the same month at once: the second is told to wait`() async throws {
        try await withSandbox {
            $0.latencyMilliseconds = 300
        } _: { server in
            let tool = try BuiltTool(sandbox: server)
            let flags = ["run", "--month", "2026-02", "--no-screenshots"]
            async let first = tool.run(flags)
            async let second = tool.run(flags)
            let runs = try await [first, second]
            #expect(runs.map(\.status).sorted() == [75, 75], "\(runs.map(\.errors))")
            #expect(runs.filter { $0.errors.contains("another finops-monthly is working on") }.count == 1)
        }
    }

    @Test func `under json the error is json on stderr`() async throws {
        let tool = try BuiltTool()
        let run = try await tool.run("run", "--sandbox", "--month", "never", "--format", "json")
        let object = try JSONSerialization.jsonObject(with: Data(run.errors.utf8)) as? [String: Any]
        #expect(object?["type"] as? String == "error")
        #expect(object?["code"] as? String == "bad_month")
        #expect(run.output.isEmpty)
    }

    @Test func `a misspelt command is answered with the nearest one`() async throws {
        let tool = try BuiltTool()
        let run = try await tool.run("verfy")
        #expect(run.status == 64)
        #expect(run.errors.contains("did you mean `verify`?"))
    }
}

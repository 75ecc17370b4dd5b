import FinOps
import Foundation
import TestSupport
import Testing

@testable import finops_monthly

/// The client, talking to a server that plays every part a server can play.
@Suite struct `A client of the Model Context Protocol` {
    private static let query = CostQuery(
        id: "mcp", firstDay: CalendarDay("2026-01-01")!, endDay: CalendarDay("2026-03-01")!, granularity: .monthly,
        groupBy: [.account])

    private struct Heard: Sendable {
        let server: String
        let answer: CostExplorerTool.Answer
    }

    private func hear(_ manner: String, _ extra: [String] = [], deadlineSeconds: Int = 60) async throws -> Heard {
        let played = PlayedServer.command(manner, extra)
        return try await SubprocessRunner().converse(
            with: ProcessInvocation(
                executable: played[0], arguments: Array(played.dropFirst()),
                environment: ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"],
                deadlineSeconds: deadlineSeconds, outputLimitBytes: 1 << 20)
        ) { conversation in
            let client = ModelContextClient(conversation, label: "played")
            let server = try await client.greet()
            try await client.require(tool: CostExplorerTool.name)
            let found = try await client.call(
                CostExplorerTool.name, CostExplorerTool.arguments(Self.query, [.unblended]))
            return Heard(
                server: server,
                answer: try CostExplorerTool.answer(found, to: Self.query, [.unblended], in: .usd))
        }
    }

    @Test(arguments: ["well", "text", "older"])
    func `reads exact amounts, structured or as text, in today's revision and in an old one`(manner: String)
        async throws
    {
        let heard = try await hear(manner)
        #expect(heard.server == "played-server 1.0", "what is invisible is left out")
        #expect(heard.answer.pages == 1)
        #expect(
            heard.answer.lines.map(\.keys) == [["111111111111"], ["222222222222"], ["111111111111"], ["222222222222"]])
        #expect(heard.answer.lines.map { $0.amount(.unblended) } == ["10.25", "0.0000000001", "10.25", "0.0000000001"])
        #expect(Set(heard.answer.lines.map(\.day.billingMonth.description)) == ["2026-01", "2026-02"])
    }

    @Test(arguments: [
        ("dies", "McpServerEnded", "played ended before it answered tools/call"),
        ("flood", "McpFlood", "played said more than it was allowed to"),
        ("garbage", "McpNotTheProtocol", "played said something that is not the protocol"),
        ("refuses", "McpRefused", "played refused tools/call: not today"),
        ("fails", "McpToolError", "played could not answer: User is not authorized"),
        ("toolless", "McpToolMissing", "played has no tool `cost-explorer`"),
        ("unspoken", "McpRevision", "played speaks revision 1999-01-01 of the protocol, which is not spoken here"),
        ("words", "McpUnreadableAnswer", "played answered without JSON"),
        (
            "number", "McpUnreadableAnswer",
            "the answer cannot be read: UnblendedCost of 111111111111 on 2026-01-01 is not an exact amount"
        ),
        (
            "euro", "McpUnreadableAnswer",
            "the answer cannot be read: UnblendedCost of 111111111111 on 2026-01-01 is not in USD"
        ),
        ("gap", "McpUnreadableAnswer", "the answer cannot be read: it leaves out the period from 2026-02-01"),
        ("more", "McpUnreadableAnswer", "the answer cannot be read: more pages follow than are asked for"),
        (
            "stored", "McpUnreadableAnswer",
            "the answer cannot be read: it was stored at the server instead of being given; `MCP_FORCE_SQL` may be set for it"
        ),
    ])
    func `whatever is no answer is told in one sentence`(manner: String, code: String, sentence: String) async throws {
        let trouble = await #expect(throws: Trouble.self) { try await hear(manner) }
        #expect(trouble?.code == code)
        #expect(trouble?.message == sentence)
        #expect(trouble?.hint != nil)
    }

    @Test func `a server that does not answer is ended at the deadline, with whatever it started`() async throws {
        let folder = try TemporaryFolder()
        await #expect(throws: SubprocessRunner.Late.self) {
            try await hear("hangs", [folder["processes"]], deadlineSeconds: 5)
        }
        let processes = try String(contentsOfFile: folder["processes"], encoding: .utf8).split(separator: " ")
            .compactMap {
                Int32($0)
            }
        #expect(processes.count == 2)
        for _ in 0..<100 where processes.contains(where: Self.runs) { try await Task.sleep(for: .milliseconds(50)) }
        for process in processes { #expect(!Self.runs(process)) }
    }

    /// A zombie that nobody has waited for yet does not run.
    private static func runs(_ process: Int32) -> Bool {
        guard let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else { return false }
        return status.split(separator: ")").last?.dropFirst().first != "Z"
    }

    @Test func `a program that cannot be started is trouble`() async throws {
        await #expect(throws: (any Error).self) {
            try await SubprocessRunner().converse(
                with: ProcessInvocation(executable: "/no/such/server", arguments: [])
            ) { _ in 0 }
        }
    }

    @Test func `a question names its account and leaves out what the layer leaves out`() throws {
        let query = CostQuery(
            id: "mcp", firstDay: CalendarDay("2026-01-01")!, endDay: CalendarDay("2026-03-01")!, granularity: .monthly,
            groupBy: [.service], excludedRecordTypes: ["Tax"], onlyAccount: "111111111111")
        let arguments = CostExplorerTool.arguments(query, [.unblended, .amortized])
        #expect(
            arguments == [
                "operation": "getCostAndUsage", "start_date": "2026-01-01", "end_date": "2026-03-01",
                "granularity": "MONTHLY", "metrics": #"["UnblendedCost","AmortizedCost"]"#,
                "group_by": #"[{"Key":"SERVICE","Type":"DIMENSION"}]"#, "max_pages": 20,
                "filter": .string(
                    #"{"And":[{"Dimensions":{"Key":"LINKED_ACCOUNT","Values":["111111111111"]}},"#
                        + #"{"Not":{"Dimensions":{"Key":"RECORD_TYPE","Values":["Tax"]}}}]}"#),
            ])
        #expect(CostExplorerTool.arguments(Self.query, [.unblended])["filter"] == nil)
    }

    @Test func `the server gets what signing in takes, and nothing of ours`() {
        let ours = [
            "PATH": "/bin", "HOME": "/home/x", "AWS_REGION": "eu-west-1", "AWS_ACCESS_KEY_ID": "lying around",
            "AWS_SECRET_ACCESS_KEY": "s", "AWS_SESSION_TOKEN": "t", "HTTPS_PROXY": "http://p", "no_proxy": "x",
            "FINOPS_KEY_PASSPHRASE": "secret", "ANTHROPIC_API_KEY": "secret", "SLACK_URL": "secret",
            "UV_INDEX_PASSWORD": "secret",
        ]
        func given(profile: String?, sandbox: [String: String]? = nil) -> [String: String] {
            SecondReader.variables(ours, profile: profile, sandbox: sandbox, folder: "/a/folder")
                .filter { !$0.key.hasPrefix("FASTMCP_") && !$0.key.hasPrefix("MCP_") }
        }
        let plain = given(profile: nil)
        #expect(
            Set(plain.keys)
                == Set(ours.keys).subtracting([
                    "FINOPS_KEY_PASSPHRASE", "ANTHROPIC_API_KEY", "SLACK_URL", "UV_INDEX_PASSWORD",
                ]))
        let named = given(profile: "billing")
        #expect(named["AWS_PROFILE"] == "billing" && named["AWS_REGION"] == "eu-west-1")
        #expect(named["AWS_ACCESS_KEY_ID"] == nil && named["AWS_SECRET_ACCESS_KEY"] == nil)
        let sample = given(profile: nil, sandbox: ["AWS_ENDPOINT_URL": "http://127.0.0.1:1"])
        #expect(sample.filter { $0.key.hasPrefix("AWS_") } == ["AWS_ENDPOINT_URL": "http://127.0.0.1:1"])
    }
}

/// The command of a server that plays a part.
enum PlayedServer {
    static func command(_ manner: String, _ extra: [String] = []) -> [String] {
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Support/mcp_server.py").path
        return [PythonProgram.interpreter, script, manner] + extra
    }
}

import FinOps
import Foundation
import TestSupport
import Testing

/// The server for coding agents, talked to by the protocol's own client from PyPI, and by hand where that is too polite.
@Suite struct `A coding agent over the Model Context Protocol` {
    private static let client = """
        import asyncio, json, sys
        from mcp import Client, StdioServerParameters
        from mcp.client.stdio import stdio_client

        async def main(program, root, mode):
            parameters = StdioServerParameters(command=program, args=["mcp", "--root", root], env=json.loads(sys.argv[4]))
            async with Client(stdio_client(parameters), mode=mode) as client:
                said = {"version": client.protocol_version}
                tools = (await client.list_tools()).tools
                said["tools"] = [tool.name for tool in tools]
                async def call(tool, /, **arguments):
                    result = await client.call_tool(tool, arguments)
                    return {"error": bool(result.is_error), "found": result.structured_content}
                said["runs"] = await call("finops_list_runs")
                run = said["runs"]["found"]["runs"][0]["run_id"]
                said["status"] = await call("finops_status", run=run)
                said["gate"] = await call("finops_get_gate", run=run, gate="g4")
                said["variance"] = await call("finops_explain_variance", run=run)
                said["facts"] = await call("finops_query_facts", month="2026-02", prefix="total.")
                said["reports"] = await call("finops_get_report", month="2026-02", name="cfo.md")
                page = await client.read_resource("finops://2026-02/cfo.md")
                said["page"] = page.contents[0].text[:200]
                said["verify"] = await call("finops_verify_archive")
                said["start"] = await call("finops_start_run", month="2026-02", sample="true")
                said["lie"] = await call("finops_propose_narrative", text="Costs doubled.")
                said["truth"] = await call("finops_propose_narrative", text="The bill fell by {{total.change|whole}}.")
                said["request"] = await call("finops_request_approval", run=run)
                said["unknown"] = await call("finops_status", run="2026-02-nothing")
                said["surplus"] = await call("finops_status", run=run, force="yes")
                print(json.dumps(said))

        asyncio.run(main(sys.argv[1], sys.argv[2], sys.argv[3]))
        """

    private func sealed() async throws -> BuiltTool {
        let tool = try BuiltTool()
        let run = try await tool.run(
            "run", "--sandbox", "--month", "2026-02", "--no-screenshots", "--approval-threshold", "1000000")
        #expect(run.status == 0, "\(run.errors)")
        return tool
    }

    @Test(arguments: ["auto", "legacy"])
    func `the public client reads, verifies and proposes in both eras`(mode: String) async throws {
        let tool = try await sealed()
        let environment = String(decoding: try JSONEncoder().encode(tool.environment), as: UTF8.self)
        let outcome = try await PythonProgram.run(
            Self.client, [BuiltTool.executable, tool.folder.path, mode, environment])
        #expect(outcome.status == 0, "\(outcome.errors)")
        let said = try JSONValue(parsing: Data(outcome.output.utf8))
        #expect(said["version"]?.text == (mode == "auto" ? "2026-07-28" : "2025-11-25"))
        let tools = said["tools"]?.elements?.compactMap(\.text) ?? []
        #expect(tools.count == 11)
        #expect(!tools.contains { $0.contains("approve") || $0.contains("key") || $0.contains("distribut") })
        func found(_ name: String) -> JSONValue? {
            #expect(said[name]?["error"] == false, "\(name): \(String(describing: said[name]))")
            return said[name]?["found"]
        }
        #expect(found("status")?["status"] == "complete")
        #expect(found("gate")?["judged"]?["verdict"] == "passed")
        #expect(found("variance")?["raw_variance_pct"] == "5.90")
        #expect(
            found("facts")?["facts"]?.elements?.contains { $0["id"] == "total.net" && $0["value"] == "320071.777802" }
                == true)
        #expect(found("reports")?["reports"]?.elements?.first?["uri"] == "finops://2026-02/cfo.md")
        #expect(said["page"]?.text?.isEmpty == false)
        #expect(found("verify")?["exit_status"] == 0)
        #expect(found("start")?["state"] == "sealed")
        #expect(found("lie")?["accepted"] == false)
        #expect(found("truth")?["printed"] == "The bill fell by USD\u{A0}21,256.")
        for trouble in ["request", "unknown", "surplus"] { #expect(said[trouble]?["error"] == true, "\(trouble)") }
    }

    @Test func `a run is started once, waits for a person, and no tool can decide for them`() async throws {
        let tool = try BuiltTool()
        let start =
            #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"finops_start_run","arguments":{"month":"2026-02","sample":"true"}}}"#
        _ = try await talk(tool, [start])
        var request: JSONValue?
        for _ in 0..<120 where request == nil {
            try await Task.sleep(for: .milliseconds(500))
            let runs = try FileManager.default.contentsOfDirectory(
                atPath: tool.folder["tmp/cloud-infrastructure/finops/aws"]
            )
            .filter { $0.hasPrefix("2026-02-") }
            guard let run = runs.first,
                FileManager.default.fileExists(atPath: tool.runFolder(run) + "/approval-request.json")
            else { continue }
            let line =
                #"{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"finops_request_approval","arguments":{"run":"\#(run)"}}}"#
            request = try await talk(tool, [line]).first?["result"]?["structuredContent"]
            #expect(runs.count == 1)
        }
        #expect(request?["total"] == "320071.78 USD", "\(String(describing: request))")
        #expect(request?["deliverables"]?.text?.hasPrefix("sha256:") == true)
        let again = try await talk(tool, [start]).first?["result"]?["structuredContent"]
        #expect(again?["state"] == "awaiting_decision")
        let journal = try tool.file("tmp/cloud-infrastructure/finops/aws/\(request?["run"]?.text ?? "")/journal.jsonl")
        let never = [
            "finops_approve", "finops_reject", "finops_create_key", "finops_set_threshold", "finops_distribute",
            "finops_call_aws", "approve",
        ]
        for answer in try await talk(tool, never.map { Self.call($0, "{}") }) {
            #expect(answer["error"]?["code"] == -32602)
        }
        let run = request?["run"]?.text ?? ""
        let smuggled = try await talk(
            tool,
            [
                Self.call("finops_resume_run", #"{"run":"\#(run)","approve":"yes"}"#),
                Self.call("finops_resume_run", #"{"run":"../\#(run)"}"#),
                Self.call("finops_start_run", #"{"month":"2026-02 --approval-threshold 1000000"}"#),
                Self.call("finops_start_run", #"{"month":"2026-02","approval_threshold":"1000000"}"#),
                Self.call("finops_get_report", #"{"month":"../../keys"}"#),
                Self.call("finops_query_facts", #"{"month":"2026-02"}"#),
            ])
        for answer in smuggled { #expect(answer["result"]?["isError"] == true, "\(answer)") }
        #expect(
            try tool.file("tmp/cloud-infrastructure/finops/aws/\(run)/journal.jsonl") == journal,
            "nothing of that was written into the run")
    }

    private static func call(_ name: String, _ arguments: String) -> String {
        #"{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"\#(name)","arguments":\#(arguments)}}"#
    }

    @Test(arguments: ["2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"])
    func `a client of an older revision is greeted in it`(revision: String) async throws {
        let answers = try await talk(
            try BuiltTool(),
            [
                #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"\#(revision)","capabilities":{},"clientInfo":{"name":"x","version":"1"}}}"#,
                #"{"jsonrpc":"2.0","method":"notifications/initialized"}"#,
                #"{"jsonrpc":"2.0","id":2,"method":"tools/list"}"#,
            ])
        #expect(answers.count == 2)
        #expect(answers[0]["result"]?["protocolVersion"]?.text == revision)
        #expect(answers[1]["result"]?["tools"]?.elements?.count == 11)
        #expect(answers[1]["result"]?["resultType"] == nil, "a member of a later revision")
    }

    @Test func `what is not the protocol is answered as the protocol says`() async throws {
        let tool = try BuiltTool()
        let answers = try await talk(
            tool,
            [
                "hello", "[]", #"{"jsonrpc":"2.0","method":"notifications/initialized"}"#,
                #"{"jsonrpc":"2.0","id":"a","method":"no/such"}"#,
                #"{"jsonrpc":"2.0","id":7,"method":"tools/list","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2031-01-01"}}}"#,
                #"{"jsonrpc":"2.0","id":8,"method":"initialize","params":{"protocolVersion":"2024-11-05","capabilities":{},"clientInfo":{"name":"x","version":"1"}}}"#,
                #"{"jsonrpc":"2.0","id":9,"method":"ping"}"#,
                #"{"jsonrpc":"2.0","id":10,"method":"resources/read","params":{"uri":"finops://2026-02/../../facts.json"}}"#,
            ])
        #expect(
            answers.map { $0["error"]?["code"] ?? .null } == [-32700, -32600, -32601, -32022, .null, .null, -32602])
        #expect(answers[3]["error"]?["data"]?["supported"] == ["2026-07-28"])
        #expect(answers[4]["result"]?["protocolVersion"] == "2024-11-05")
        #expect(answers[5]["result"] == [:])
    }

    private func talk(_ tool: BuiltTool, _ lines: [String]) async throws -> [JSONValue] {
        let script = tool.folder.path + "/lines-\(UUID().uuidString)"
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: script))
        let run = try await tool.run(["mcp"], through: ["sh", "-c", "\"$@\" < \(script)", "sh"])
        #expect(run.status == 0, "\(run.errors)")
        return try run.output.split(separator: "\n").map { try JSONValue(parsing: Data($0.utf8)) }
    }
}

import FinOps
import Foundation
import Sandbox
import TestSupport
import Testing

/// `dashboard --validation-level mcp` with the server that AWS publishes, as `make test` installs it beside the tests' Python.
@Suite struct `A dashboard that is read again by AWS's own server` {
    private static let server =
        URL(fileURLWithPath: PythonProgram.interpreter).deletingLastPathComponent().path
        + "/awslabs.billing-cost-management-mcp-server"
    private static let asked = ["dashboard", "--month", RecentMonth.closed, "--validation-level", "mcp"]

    private func recent(_ options: inout SandboxOptions) { options.today = RecentMonth.today }

    @Test func `every cost is the same to the cent, and the two questions are said and paid for`() async throws {
        try await withSandbox(recent) { sandbox in
            let tool = try BuiltTool(sandbox: sandbox)
            let setting = ["FINOPS_MCP_SERVER": Self.server]
            let plan = try await tool.run(Self.asked + ["--dry-run"], adding: setting)
            #expect(
                plan.output == """
                    Source   AWS, 4 billed questions of one page each
                    Checked  read again through awslabs.billing-cost-management-mcp-server, 2 billed questions
                    Price    about USD 0.06 after the cache

                    """)
            #expect(await sandbox.meter.billedCostExplorerRequests == 0)

            let shown = try await tool.run(Self.asked, adding: setting)
            #expect(shown.status == 0, "\(shown.errors)")
            let words = shown.output.split(separator: /\s+/).joined(separator: " ")
            let checked = try #require(words.firstMatch(of: /Checked mcp: \d+ identities hold, G4 passed; (\d+) costs/))
            #expect(Int(checked.1)! > 150)
            #expect(
                words.contains(
                    "costs of accounts and services read again to the cent by billing-cost-management-mcp 4.1.2 from the same "
                        + "store (2 pages, USD 0.02)"))
            #expect(shown.errors.contains("reading again through awslabs.billing-cost-management-mcp-server"))
            #expect(await sandbox.meter.billedCostExplorerRequests == 6)

            let dual = try await tool.run(Self.asked + ["--cost-metric", "dual", "--format", "json"], adding: setting)
            #expect(dual.status == 0, "\(dual.errors)")
            #expect(dual.output.contains("\(Int(checked.1)! * 2) costs of accounts and services"))
        }
    }

    @Test func `a month from a run is not shown where the server reads another store`() async throws {
        try await withSandbox(recent) { first in
            let tool = try BuiltTool(sandbox: first)
            let run = try await tool.run("run", "--month", RecentMonth.closed, "--no-screenshots")
            #expect(run.status == 75, "\(run.errors)")
            try await withSandbox { options in
                recent(&options)
                options.accounts = 66
            } _: { other in
                let key = other.credentials.payer
                let refused = try await tool.run(
                    Self.asked,
                    adding: [
                        "FINOPS_MCP_SERVER": Self.server, "AWS_ENDPOINT_URL": other.url.absoluteString,
                        "AWS_ACCESS_KEY_ID": key.accessKeyID, "AWS_SECRET_ACCESS_KEY": key.secretAccessKey,
                    ])
                #expect(refused.status == 14, "\(refused.output)\(refused.errors)")
                #expect(refused.output.isEmpty, "nothing is shown")
                #expect(refused.errors.contains("the level mcp is not met"))
                let difference = #/account \d{12} in \d{4}-\d{2} by unblended: [\d.]+ USD here, [\d.]+ read again/#
                #expect(refused.errors.contains(difference), "\(refused.errors)")
                #expect(refused.errors.contains(#/\d+ more of \d+ values differ/#))
                #expect(refused.errors.contains("`--refresh` asks for them anew"))
            }
        }
    }

    @Test func `an answer of several pages is put together, and each page is paid for`() async throws {
        try await withSandbox { options in
            recent(&options)
            options.pageSizeGroups = 40
        } _: { sandbox in
            let tool = try BuiltTool(sandbox: sandbox)
            #expect(try await tool.run("run", "--month", RecentMonth.closed, "--no-screenshots").status == 75)
            let before = await sandbox.meter.billedCostExplorerRequests
            let shown = try await tool.run(Self.asked, adding: ["FINOPS_MCP_SERVER": Self.server])
            #expect(shown.status == 0, "\(shown.errors)")
            let pages = await sandbox.meter.billedCostExplorerRequests - before
            #expect(pages > 2)
            let price = (ExactDecimal(pages) * "0.01").text(fractionDigits: 2)
            let words = shown.output.split(separator: /\s+/).joined(separator: " ")
            #expect(words.contains("(\(pages) pages, USD \(price))"), "\(shown.output)")
            #expect(words.contains("nothing was asked"), "the month itself is the run's")
        }
    }

    @Test func `one account of a profile is read again through that profile, and alone`() async throws {
        try await withSandbox(recent) { sandbox in
            let key = sandbox.credentials.payer
            let tool = try BuiltTool(cloud: [
                "AWS_ENDPOINT_URL": sandbox.url.absoluteString, "AWS_REGION": "us-east-1",
                "AWS_ACCESS_KEY_ID": "AKIALYINGAROUND", "AWS_SECRET_ACCESS_KEY": "of nobody",
            ])
            let config = """
                [profile billing]
                aws_access_key_id = \(key.accessKeyID)
                aws_secret_access_key = \(key.secretAccessKey)
                """
            try Data(config.utf8).write(to: URL(filePath: tool.folder["aws-config"]))
            let shown = try await tool.run(
                Self.asked + ["--profile", "billing"],
                adding: ["FINOPS_MCP_SERVER": Self.server, "AWS_CONFIG_FILE": tool.folder["aws-config"]])
            #expect(shown.status == 0, "\(shown.errors)")
            #expect(shown.output.contains("Scope    one account of profile billing"))
            #expect(shown.output.contains("Checked  mcp: "))
        }
    }

    @Test func `what AWS refuses the server is said in AWS's words`() async throws {
        try await withSandbox(recent) { sandbox in
            let tool = try BuiltTool(sandbox: sandbox)
            #expect(try await tool.run("run", "--month", RecentMonth.closed, "--no-screenshots").status == 75)
            let refused = try await tool.run(
                Self.asked, adding: ["FINOPS_MCP_SERVER": Self.server, "AWS_SECRET_ACCESS_KEY": "wrong"])
            #expect(refused.status == 14, "\(refused.errors)")
            #expect(refused.output.isEmpty)
            #expect(refused.errors.contains("could not answer: "))
            #expect(refused.errors.contains("McpToolError from mcp:tools/call cost-explorer"))
            #expect(!refused.errors.contains("wrong"))
        }
    }
}

/// The same with servers that no client should believe, on the sample estate.
@Suite struct `A dashboard and a server that does not do its part` {
    private func look(_ command: [String], _ flags: [String] = []) async throws -> BuiltTool.Run {
        try await BuiltTool().run(
            ["dashboard", "--sandbox", "--validation-level", "mcp"] + flags,
            adding: ["FINOPS_MCP_SERVER": command.joined(separator: " ")])
    }

    @Test(arguments: [
        ("dies", "McpServerEnded"), ("garbage", "McpNotTheProtocol"), ("fails", "McpToolError"),
        ("toolless", "McpToolMissing"), ("number", "McpUnreadableAnswer"),
    ])
    func `nothing is shown, and why`(manner: String, code: String) async throws {
        let run = try await look(PlayedServer.command(manner))
        #expect(run.status == 14, "\(run.errors)")
        #expect(run.output.isEmpty)
        #expect(run.errors.contains("the level mcp is not met: no value was read again"))
        #expect(run.errors.contains("(\(code) from mcp:"), "\(run.errors)")
        #expect(run.errors.contains("hint: "))
    }

    @Test func `other amounts are named with account, month and both figures`() async throws {
        let run = try await look(PlayedServer.command("well"))
        #expect(run.status == 14, "\(run.errors)")
        #expect(run.output.isEmpty)
        #expect(run.errors.contains(#/account \d{12} in 2026-02 by unblended: [\d.]+ USD here, 0 read again/#))
    }

    @Test func `a command that is no program is bad input`() async throws {
        for (command, reason) in [
            ("/no/such/server", "is no executable file"), ("no-such-server-on-the-path", "is no executable file"),
            ("bin/server", "must be PROGRAM ARGUMENTS"),
        ] {
            let run = try await look([command])
            #expect(run.status == 64, "\(run.errors)")
            #expect(run.errors.contains(reason), "\(run.errors)")
            #expect(run.errors.contains("hint: "))
        }
    }

    @Test func `the child sees none of our settings, and is told the sample estate's keys alone`() async throws {
        let tool = try BuiltTool()
        let told = tool.folder["environment.json"]
        _ = try await tool.run(
            "dashboard", "--sandbox", "--validation-level", "mcp",
            adding: [
                "FINOPS_MCP_SERVER": PlayedServer.command("told", [told]).joined(separator: " "),
                "AWS_PROFILE": "production", "SECRET_OF_SOMEBODY": "x",
            ])
        let given = try #require(try JSONValue(parsing: Data(contentsOf: URL(filePath: told))).members)
        #expect(!given.keys.contains { $0.hasPrefix("FINOPS_") || $0 == "SECRET_OF_SOMEBODY" || $0 == "AWS_PROFILE" })
        #expect(given["AWS_ENDPOINT_URL"]?.text?.hasPrefix("http://127.0.0.1:") == true)
    }
}

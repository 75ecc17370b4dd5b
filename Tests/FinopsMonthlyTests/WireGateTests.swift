import FinOps
import Foundation
import Sandbox
import TestSupport
import Testing

@Suite("Gates act on the real wire")
struct WireGateTests {
    private static let month = ["run", "--month", "2026-02", "--format", "json", "--no-screenshots"]

    @Test func `an expired token halts at G1 with 11 and names the request`() async throws {
        try await withSandbox { server in
            let tool = try BuiltTool(sandbox: server, key: server.credentials.expired)
            let run = try await tool.run(Self.month)
            #expect(run.status == 11, "\(run.errors)")
            #expect(try run.json()["totals"] == nil)
            #expect(await server.meter.billedCostExplorerRequests == 0)
        }
    }

    @Test func `access denied on Cost Explorer halts at G2 with 12 and no dollar figure`() async throws {
        try await withSandbox { server in
            let tool = try BuiltTool(sandbox: server, key: server.credentials.withoutCostExplorer)
            let run = try await tool.run("run", "--month", "2026-02", "--no-screenshots")
            #expect(run.status == 12, "\(run.errors)")
            #expect(!run.output.contains("Total"))
            #expect(run.errors.contains("G2 stopped the run"))
            #expect(run.errors.contains("hint:"))
        }
    }

    @Test func `denied Organizations falls back to the single account and every page says so`() async throws {
        try await withSandbox {
            $0.troubles = [SandboxTrouble(.deny, service: "organizations")]
        } _: { server in
            let tool = try BuiltTool(sandbox: server)
            let run = try await tool.run(Self.month)
            #expect(run.status == 75, "\(run.errors)")
            let result = try run.json()
            #expect((result["accounts"] as? [String: Any])?["scope"] as? String == "single-account")
            let folder = result["run_folder"] as? String ?? ""
            for persona in Persona.allCases {
                let page = String(decoding: try tool.file("\(folder)/reports/\(persona.rawValue).md"), as: UTF8.self)
                #expect(page.lowercased().contains("single account"), "\(persona)")
            }
        }
    }

    @Test func `six percent that nothing explains stops at G4 with 14, a root cause and no total`() async throws {
        try await withSandbox {
            $0.discrepancy = SandboxOptions.Discrepancy(amount: "20000")
        } _: { server in
            let tool = try BuiltTool(sandbox: server)
            let run = try await tool.run(Self.month)
            #expect(run.status == 14, "\(run.errors)")
            let result = try run.json()
            #expect(result["totals"] == nil)
            let gate = (result["gates"] as? [[String: Any]])?.first { $0["id"] as? String == "G4" }
            #expect(gate?["verdict"] as? String == "failed")
            #expect((gate?["reasons"] as? [String])?.isEmpty == false)
        }
    }

    @Test func `a source the endpoint does not offer costs its absence and nothing else`() async throws {
        try await withSandbox {
            $0.troubles = [
                SandboxTrouble(.unsupported, service: "budgets"), SandboxTrouble(.unsupported, service: "invoicing"),
            ]
        } _: { server in
            let tool = try BuiltTool(sandbox: server)
            let run = try await tool.run(Self.month)
            #expect(run.status == 75, "\(run.errors)")
            #expect(try run.json()["totals"] != nil)
        }
    }

    @Test func `a page that cannot be written stops at G5 with 15, and a resume completes it`() async throws {
        try await withSandbox { server in
            let tool = try BuiltTool(sandbox: server)
            let halted = try await tool.run(
                Self.month, adding: ["AWS_ACCESS_KEY_ID": server.credentials.expired.accessKeyID])
            let runID = try #require(try halted.json()["run_id"] as? String)
            let obstacle = tool.runFolder(runID) + "/reports/cfo.html/in-the-way"
            try FileManager.default.createDirectory(atPath: obstacle, withIntermediateDirectories: true)
            let stopped = try await tool.run("resume", runID, "--format", "json")
            #expect(stopped.status == 15, "\(stopped.errors)")
            #expect(try stopped.json()["totals"] == nil)

            try FileManager.default.removeItem(atPath: tool.runFolder(runID) + "/reports/cfo.html")
            #expect(try await tool.run("resume", runID).status == 75)
        }
    }

    @Test func `a small screenshot is advised and blocks nothing`() async throws {
        let tool = try BuiltTool()
        let browser = tool.folder.path + "/tiny-browser"
        try Data(
            """
            #!/bin/sh
            for argument; do case $argument in --screenshot=*) printf tiny > "${argument#--screenshot=}";; esac; done
            """.utf8
        ).write(to: URL(fileURLWithPath: browser))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: browser)
        let run = try await tool.run(
            ["run", "--sandbox", "--format", "json"], adding: ["FINOPS_BROWSER": browser])
        #expect(run.status == 75, "\(run.errors)")
        let gate = (try run.json()["gates"] as? [[String: Any]])?.first { $0["id"] as? String == "G6" }
        #expect(gate?["verdict"] as? String == "advised")
    }

    @Test func `a rejected report ends with 17 and prints no total`() async throws {
        let tool = try BuiltTool()
        let runID = try #require(
            try await tool.run("run", "--sandbox", "--format", "json", "--no-screenshots").json()["run_id"] as? String)
        try await tool.run("keys", "create", "bob")
        #expect(try await tool.run("reject", runID, "--approver", "bob", "--reason", "EC2 is unexplained").status == 0)
        let resumed = try await tool.run("resume", runID, "--format", "json")
        #expect(resumed.status == 17, "\(resumed.errors)")
        #expect(try resumed.json()["totals"] == nil)
    }

    @Test func `an archive that cannot be written blocks the completion claim with 18`() async throws {
        let tool = try BuiltTool()
        let runID = try #require(
            try await tool.run("run", "--sandbox", "--format", "json", "--no-screenshots").json()["run_id"] as? String)
        #expect(try await tool.approve(runID).status == 0)
        let obstacle = tool.folder.path + "/evidence/cloud-infrastructure/finops-reports/HEAD/in-the-way"
        try FileManager.default.createDirectory(atPath: obstacle, withIntermediateDirectories: true)
        let blocked = try await tool.run("resume", runID, "--format", "json")
        #expect(blocked.status == 18, "\(blocked.errors)")
        #expect(try blocked.json()["completion_statement"] == nil)

        try FileManager.default.removeItem(
            atPath: tool.folder.path + "/evidence/cloud-infrastructure/finops-reports/HEAD")
        #expect(try await tool.run("resume", runID).status == 0)
    }

    @Test func `a wheel in dist is installed in a clean environment and must answer`() async throws {
        let tool = try BuiltTool()
        try makeWheel(answering: "echo 0.1.0", in: tool.folder.path)
        let healthy = try await tool.run("run", "--sandbox", "--format", "json", "--no-screenshots")
        #expect(healthy.status == 75, "\(healthy.output)\(healthy.errors)")

        let other = try BuiltTool()
        try makeWheel(answering: "exit 3", in: other.folder.path)
        let broken = try await other.run("run", "--sandbox", "--format", "json", "--no-screenshots")
        #expect(broken.status == 10, "\(broken.output)\(broken.errors)")
        let gate = (try broken.json()["gates"] as? [[String: Any]])?.first { $0["id"] as? String == "G0" }
        #expect(gate?["verdict"] as? String == "failed")
        #expect((gate?["reasons"] as? [String])?.joined().contains("finops_monthly-0.1.0-py3-none-any.whl") == true)
    }

    /// A wheel with one script, as the release would ship the binary.
    private func makeWheel(answering script: String, in root: String) throws {
        let build = """
            import os, sys, zipfile
            os.makedirs(sys.argv[1] + "/dist")
            info = "finops_monthly-0.1.0.dist-info/"
            with zipfile.ZipFile(sys.argv[1] + "/dist/finops_monthly-0.1.0-py3-none-any.whl", "w") as wheel:
                entry = zipfile.ZipInfo("finops_monthly-0.1.0.data/scripts/finops-monthly")
                entry.external_attr = 0o100755 << 16
                wheel.writestr(entry, "#!/bin/sh\\n" + sys.argv[2] + "\\n")
                wheel.writestr(info + "METADATA", "Metadata-Version: 2.1\\nName: finops-monthly\\nVersion: 0.1.0\\n")
                wheel.writestr(info + "WHEEL", "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
                wheel.writestr(info + "RECORD", "")
            """
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", build, root, script]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }
}

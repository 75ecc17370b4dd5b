import FinOps
import Foundation
import Sandbox
import TestSupport
import Testing

@testable import finops_monthly

/// Programs in the seats of the roles, started by the built program: good ones in two languages, and bad ones.
@Suite struct `Programs in the seats of the roles` {
    private static let examples = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs")

    private func month(_ tool: BuiltTool, roles: String, _ extra: [String: String] = [:]) async throws -> BuiltTool.Run
    {
        try await tool.run(
            "run", "--sandbox", "--month", "2026-02", "--no-screenshots", "--approval-threshold", "1000000", "--format",
            "json", adding: ["FINOPS_ROLES": roles].merging(extra) { $1 })
    }

    private func logs(_ tool: BuiltTool) throws -> [JSONValue] {
        let folder = tool.folder.path + "/coordination-logs/cloud-infrastructure"
        return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
            .map { try JSONValue(parsing: Data(contentsOf: URL(filePath: "\(folder)/\($0)"))) }
    }

    private func program(_ text: String, in tool: BuiltTool, named name: String) throws -> String {
        let path = tool.folder.path + "/" + name
        try Data(text.utf8).write(to: URL(filePath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        return path
    }

    @Test func `the examples share seats with the built-in roles, and every log fits its schema`() async throws {
        let tool = try BuiltTool()
        let folder = Self.examples.appending(path: "examples").path
        let run = try await month(
            tool, roles: "qa-engineer=\(folder)/role-second-reader.py,product-owner=\(folder)/role-gates-held.sh")
        #expect(run.status == 0, "\(run.errors)")
        let all = try logs(tool)
        let spoken = all.filter { $0["program"] != nil }
        // The product owner sits at two phases, the quality engineer at one.
        #expect(spoken.count == 3)
        #expect(spoken.allSatisfy { $0["program"]?["outcome"] == "answered" }, "\(spoken)")
        let reader = try #require(spoken.first { $0["role"] == "qa-engineer" })
        #expect(reader["program"]?["provenance"]?["reader"] == "second-reader")
        let texts = reader["findings"]?.elements?.compactMap { $0["text"]?.text } ?? []
        #expect(texts.contains("The bill read was USD\u{A0}320,071.78."), "\(texts)")

        let schema = Self.examples.appending(path: "schemas/coordination-log.schema.json").path
        let check = try await PythonProgram.run(
            """
            import glob, json, jsonschema, sys
            schema = json.load(open(sys.argv[1]))
            logs = glob.glob(sys.argv[2] + "/*.json")
            for log in logs: jsonschema.validate(json.load(open(log)), schema)
            print(len(logs))
            """, [schema, tool.folder.path + "/coordination-logs/cloud-infrastructure"])
        #expect(check.status == 0, "\(check.errors)")
        #expect(check.output == "\(all.count)\n")

        let agents = try await tool.run(
            "agents", "--format", "json", adding: ["FINOPS_ROLES": "qa-engineer=\(folder)/role-second-reader.py"])
        let seats = try JSONValue(parsing: Data(agents.output.utf8))["seats"]?.elements ?? []
        #expect(seats.count == 5)
        let seated = try #require(seats.first { $0["program"]?.text?.hasSuffix("role-second-reader.py") == true })
        #expect(seated["seat"] == "qa-engineer" && seated["last_month"] == "2026-02" && seated["last_verdict"] != nil)
    }

    @Test func `a request fits its schema`() async throws {
        let tool = try BuiltTool()
        let keeper = try program(
            "#!/bin/sh\ncat > \(tool.folder.path)/request-$$.json\nexit 75\n", in: tool, named: "keeper")
        let run = try await month(tool, roles: "qa-engineer=\(keeper),cloud-architect=\(keeper)")
        #expect(run.status == 0, "\(run.errors)")
        let check = try await PythonProgram.run(
            """
            import glob, json, jsonschema, sys
            schema = json.load(open(sys.argv[1]))
            requests = [json.load(open(name)) for name in glob.glob(sys.argv[2] + "/request-*.json")]
            for request in requests: jsonschema.validate(request, schema)
            print(sorted((request["role"], request["phase"], len(request["facts"]) > 100) for request in requests))
            """, [Self.examples.appending(path: "schemas/role-request.schema.json").path, tool.folder.path])
        #expect(check.status == 0, "\(check.errors)")
        #expect(
            check.output
                == "[('cloud-architect', '0A', False), ('cloud-architect', '9', True), ('qa-engineer', '9', True)]\n")

        // What the examples say to these very requests is what the schema of answers describes.
        let answers = try await PythonProgram.run(
            """
            import glob, json, jsonschema, subprocess, sys
            docs, folder = sys.argv[1:]
            schema = json.load(open(docs + "/schemas/role-answer.schema.json"))
            for name in sorted(glob.glob(folder + "/request-*.json")):
                for example in sorted(glob.glob(docs + "/examples/role-*")):
                    said = subprocess.run([example], stdin=open(name), capture_output=True, check=True).stdout
                    jsonschema.validate(json.loads(said), schema)
                    print(json.loads(said)["verdict"])
            """, [Self.examples.path, tool.folder.path])
        #expect(answers.status == 0, "\(answers.errors)")
        #expect(answers.output.split(separator: "\n").count == 6)
    }

    @Test func `programs that hang, flood, crash or answer rubbish cost their deadline and a log, never the month`()
        async throws
    {
        let tool = try BuiltTool()
        let bad = [
            ("hangs", "sleep 600 & sleep 600", "ended"), ("leaves-children", "sleep 600 & exit 75", "later"),
            ("stubborn", "trap '' TERM; while :; do sleep 1; done", "ended"),
            ("floods", "yes", "flooded"), ("crashes", "kill -SEGV $$", "ended"), ("fails", "exit 3", "crashed"),
            ("rubbish", "echo hello", "unfit"), ("silent", "exit 0", "unfit"), ("later", "exit 75", "later"),
            (
                "lies",
                #"echo '{"protocol":"finops.role/1","verdict":"pass","findings":[{"id":"L-1","severity":"note","text":"Costs fell by half."}]}'"#,
                "unfit"
            ),
            ("approves", #"echo '{"protocol":"finops.role/1","verdict":"approve"}'"#, "unfit"),
        ]
        let roles = try bad.map { name, body, _ in
            "qa-engineer=" + (try program("#!/bin/sh\n\(body)\n", in: tool, named: name))
        }
        let run = try await month(tool, roles: roles.joined(separator: ","), ["FINOPS_ROLE_DEADLINE_SECONDS": "3"])
        #expect(run.status == 0, "\(run.errors)")
        let spoken = try logs(tool).filter { $0["program"] != nil }
        #expect(spoken.count == bad.count)
        for (name, _, outcome) in bad {
            let log = try #require(spoken.first { $0["program"]?["program"]?.text == name }, "\(name)")
            #expect(log["verdict"] == "abstain")
            #expect(log["program"]?["outcome"]?.text == outcome, "\(name)")
        }
        let left = try await PythonProgram.run(
            """
            import glob, sys
            found = 0
            for path in glob.glob("/proc/[0-9]*/cmdline"):
                try:
                    found += sys.argv[1].encode() in open(path, "rb").read()
                except OSError:
                    pass  # It ended meanwhile.
            print(found)
            """, [tool.folder.path])
        #expect(left.output == "1\n", "only the one that asks is left")
        #expect(try await tool.run("verify").status == 0)
    }

    @Test func `a program sees no environment, no files and, where the system allows it, no network`() async throws {
        let script = """
            import os, socket, sys
            def reach():
                try:
                    socket.create_connection(("127.0.0.1", int(sys.argv[1])), 2).close()
                    return True
                except OSError:
                    return False
            print(sorted(k for k in os.environ if k not in ("LC_CTYPE", "PWD", "SHLVL", "_")), os.listdir("."), reach())
            """
        try await withSandbox { sandbox in
            let port = "\(sandbox.url.port ?? 0)"
            let result = try await SubprocessRunner().run(
                ProcessInvocation(
                    executable: "/usr/bin/python3", arguments: ["-c", script, port], deadlineSeconds: 20,
                    standardInput: Data("x".utf8), confinement: ProcessConfinement()))
            let said = String(decoding: result.standardOutput, as: UTF8.self)
            #expect(
                said == "[] [] \(result.wasNetworkDenied ? "False" : "True")\n",
                "\(String(decoding: result.standardError, as: UTF8.self))")
        }
    }

    @Test func `a program cannot have more memory than it is given`() async throws {
        let result = try await SubprocessRunner().run(
            ProcessInvocation(
                executable: "/usr/bin/python3", arguments: ["-c", "print(len(bytearray(256 << 20)))"],
                deadlineSeconds: 20,
                confinement: ProcessConfinement(memoryLimitBytes: 128 << 20)))
        #expect(result.exitStatus == 1)
        #expect(String(decoding: result.standardError, as: UTF8.self).contains("MemoryError"))
    }

    @Test func `a seat that does not exist and a program that is none are refused before anything is asked`()
        async throws
    {
        let tool = try BuiltTool()
        let seat = try await month(tool, roles: "treasurer=/bin/true")
        #expect(seat.status == 64)
        #expect(seat.errors.contains("`roles` must be SEAT="))
        let missing = try await month(tool, roles: "qa-engineer=/no/such/program")
        #expect(missing.status == 64)
        #expect(missing.errors.contains("no executable file"))
    }

    @Test func `a program on the PATH takes the seat it is named for`() async throws {
        let tool = try BuiltTool()
        _ = try program(
            #"#!/bin/sh\#ncat > /dev/null; echo '{"protocol":"finops.role/1","verdict":"pass"}'"#, in: tool,
            named: "finops-role-cloud-architect")
        let path = "\(tool.folder.path):\(tool.environment["PATH"] ?? "")"
        let agents = try await tool.run("agents", adding: ["PATH": path])
        #expect(agents.output.contains("/finops-role-cloud-architect"))
        let doctor = try await tool.run("doctor", adding: ["PATH": path])
        #expect(doctor.output.contains("cloud-architect: \(tool.folder.path)/finops-role-cloud-architect"))
        let run = try await month(tool, roles: "", ["PATH": path])
        #expect(run.status == 0)
        #expect(try logs(tool).count { $0["program"] != nil } == 2)
    }
}

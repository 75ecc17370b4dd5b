import Evidence
import FinOps
import Foundation
import TestSupport
import Testing

/// A month whose pages a model writes, or would have liked to.
@Suite struct `A run that is interpreted` {
    private static let honest = "The bill fell by {{total.change|whole}}, {{total.change_pct|percent}}."
    private static let lie = "The bill fell by 12 percent to USD 300,000."

    private func environment(_ model: ModelCounterpart) -> [String: String] {
        [
            "FINOPS_INTERPRETER": "anthropic=model-2026-01-01", "FINOPS_INTERPRETER_URL": model.url,
            "FINOPS_INTERPRETER_KEY": "env:MODEL_KEY", "MODEL_KEY": ModelCounterpart.key,
            "FINOPS_INTERPRETER_PRICES": "3.00:15.00:0.30", "FINOPS_INTERPRETER_DEADLINE_SECONDS": "5",
            "AWS_CA_BUNDLE": model.bundlePath,
        ]
    }

    private func month(_ tool: BuiltTool, _ flags: [String] = [], _ extra: [String: String] = [:]) async throws
        -> BuiltTool.Run
    {
        try await tool.run(
            [
                "run", "--sandbox", "--month", "2026-02", "--no-screenshots", "--approval-threshold", "1000000",
                "--mode", "cfo", "--mode", "executive", "--format", "json",
            ] + flags, adding: extra)
    }

    /// Every deliverable and its bytes.
    private func deliverables(_ tool: BuiltTool) throws -> [String: Data] {
        let folder = tool.folder.path + "/evidence/cloud-infrastructure/finops-reports/2026-02/data"
        let names = try FileManager.default.contentsOfDirectory(atPath: folder + "/reports").map { "reports/\($0)" }
        return try Dictionary(
            uniqueKeysWithValues: (names + ["facts.json"]).map {
                ($0, try Data(contentsOf: URL(filePath: "\(folder)/\($0)")))
            })
    }

    private func sealedLogs(_ tool: BuiltTool) throws -> [JSONValue] {
        let folder = tool.folder.path + "/evidence/cloud-infrastructure/finops-reports/2026-02/data/coordination-logs"
        return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
            .filter { $0.hasPrefix("interpreter-") }
            .map { try JSONValue(parsing: Data(contentsOf: URL(filePath: "\(folder)/\($0)"))) }
    }

    @Test(arguments: [ModelCounterpart.Manner.ok, .forbidden, .throttled, .malformed, .cutoff, .truncated, .slow])
    func `with a model that lies or fails the deliverables are those without one, to the byte`(
        manner: ModelCounterpart.Manner
    ) async throws {
        let calm = try BuiltTool()
        #expect(try await month(calm).status == 0)
        try await withModel([.init(Self.lie, manner)]) { model in
            let tool = try BuiltTool()
            let run = try await month(tool, ["--interpret"], environment(model))
            #expect(run.status == 0, "\(run.errors)")
            #expect(try deliverables(tool) == deliverables(calm))
            let logs = try sealedLogs(tool)
            if manner == .ok {
                #expect(logs.count == 2)
                #expect(logs.allSatisfy { $0["outcome"] == "refused" && $0["attempts"]?.elements?.count == 2 })
                #expect(logs[0]["attempts"]?.elements?.first?["answer"]?["text"]?.text == Self.lie)
            } else {
                #expect(logs.count == 1, "what does not answer is not asked for the next page")
                #expect(logs[0]["outcome"] == "unavailable")
            }
            #expect(try await tool.run("verify").status == 0)
            for file in try FileManager.default.subpathsOfDirectory(atPath: tool.folder.path) {
                guard let bytes = FileManager.default.contents(atPath: tool.folder.path + "/" + file) else { continue }
                #expect(!String(decoding: bytes, as: UTF8.self).contains(ModelCounterpart.key), "\(file)")
            }
            #expect(!(run.output + run.errors).contains(ModelCounterpart.key))
        }
    }

    @Test func `an honest paragraph stands on its page, signed, with the book's figures`() async throws {
        try await withModel([.init(Self.honest)]) { model in
            let tool = try BuiltTool()
            let run = try await month(tool, ["--interpret"], environment(model))
            #expect(run.status == 0, "\(run.errors)")
            let page = String(decoding: try deliverables(tool)["reports/cfo.md"] ?? Data(), as: UTF8.self)
            #expect(page.contains("The bill fell by USD\u{A0}21,256, 6.2\u{A0}%."), "\(page.prefix(1500))")
            #expect(page.contains("Words by anthropic=model-2026-01-01"))
            let asked = try JSONValue(parsing: Data(run.output.utf8))["interpretation"]
            #expect(asked?["questions"] == 2 && asked?["accepted"] == 2 && asked?["floating"] == false)
            #expect(asked?["cost_usd"]?.text?.hasPrefix("0.00") == true)
            #expect(
                try sealedLogs(tool).allSatisfy {
                    $0["attempts"]?.elements?.first?["answer"]?["answered_by"] == "model-2026-01-01-20260101"
                })
            #expect(try await tool.run("verify").status == 0)
        }
    }

    @Test func `a run that is resumed does not ask again`() async throws {
        try await withModel([.init(Self.honest)]) { model in
            let tool = try BuiltTool()
            let world = environment(model)
            let waiting = try await tool.run(
                "run", "--sandbox", "--month", "2026-02", "--no-screenshots", "--mode", "cfo", "--format", "json",
                "--interpret", adding: world)
            #expect(waiting.status == 75, "\(waiting.errors)")
            let runID = try #require(try waiting.json()["run_id"] as? String)
            #expect(try await tool.approve(runID).status == 0)
            #expect(try await tool.run("resume", runID).status == 0, "nor does it need the model it had")
            #expect(try model.requests().count == 1)
        }
    }

    @Test func `with no model configured nothing asks for one`() async throws {
        let tool = try BuiltTool()
        let plain = try await month(tool)
        #expect(plain.status == 0)
        #expect(!(plain.output + plain.errors).lowercased().contains("interpret"))
        let asked = try await month(tool, ["--interpret", "--restate"])
        #expect(asked.status == 64)
        #expect(asked.errors.contains("no_model"))
    }

    @Test(arguments: [
        (["FINOPS_INTERPRETER": "anthropic"], "must be PROVIDER=MODEL"),
        (["FINOPS_INTERPRETER": "oracle=x"], "must be PROVIDER=MODEL"),
        (["FINOPS_INTERPRETER": "openai=x", "FINOPS_INTERPRETER_URL": "http://example.org"], "must be https"),
        (["FINOPS_INTERPRETER": "openai=x", "FINOPS_INTERPRETER_KEY": "sk-planted"], "must name a place"),
        (["FINOPS_INTERPRETER": "openai=x", "FINOPS_INTERPRETER_SPENDING_LIMIT": "1"], "needs the prices"),
        (["FINOPS_INTERPRETER": "openai=x", "FINOPS_INTERPRETER_PRICES": "3"], "INPUT:OUTPUT"),
    ])
    func `a setting that makes no sense is refused before anything is asked`(
        settings: [String: String], sentence: String
    ) async throws {
        let run = try await month(try BuiltTool(), ["--interpret"], settings)
        #expect(run.status == 64)
        #expect(run.errors.contains(sentence), "\(run.errors)")
        #expect(!run.errors.contains("sk-planted"))
    }

    @Test func `questions about a finished month are answered from its facts, and not otherwise`() async throws {
        try await withModel([
            .init(Self.honest), .init("UNKNOWN"), .init(Self.lie), .init(Self.lie),
            .init(Self.honest + " The bill was {{total.net|whole}}."),
        ]) { model in
            let tool = try BuiltTool()
            let world = environment(model)
            #expect(try await month(tool).status == 0)
            let script = tool.folder.path + "/questions"
            try Data("What did the bill do?\n\nWho is the president?\nWhat is the total?\n".utf8).write(
                to: URL(filePath: script))
            let chat = try await tool.run(
                ["chat", "--transcript", "talk.jsonl"], through: ["sh", "-c", "\"$@\" < \(script)", "sh"], adding: world
            )
            #expect(chat.status == 0, "\(chat.errors)")
            #expect(
                chat.output.split(separator: "\n").map(String.init) == [
                    "The bill fell by USD\u{A0}21,256, 6.2\u{A0}%.  [total.change, total.change_pct]",
                    "I don't know from this archive.", "I don't know from this archive.",
                ])
            #expect(chat.errors.contains("refused twice"))
            #expect(chat.errors.contains(": 4 questions, "))
            let lines = try tool.file("talk.jsonl").split(separator: UInt8(ascii: "\n"))
            #expect(lines.count == 4)
            let last = SystemHashing().sha256(Data(lines[3]) + Data("\n".utf8)).hex
            #expect(chat.errors.contains("the last line's SHA-256 is \(last)"))
            let seal =
                try #require(try JSONSerialization.jsonObject(with: lines[0]) as? [String: Any])["seal"] as? String
            #expect(try await tool.run("verify").output.contains(try #require(seal)))
            for (line, next) in zip(lines, lines.dropFirst()) {
                let entry = try #require(try JSONSerialization.jsonObject(with: next) as? [String: Any])
                #expect(entry["previous"] as? String == SystemHashing().sha256(Data(line) + Data("\n".utf8)).hex)
            }

            // The key comes from wherever it is kept; what it is stands nowhere.
            let secret = try TemporaryFolder()
            #expect(
                FileManager.default.createFile(
                    atPath: secret["key"], contents: Data((ModelCounterpart.key + "\n").utf8),
                    attributes: [.posixPermissions: 0o600]))
            for place in ["file:\(secret["key"])", "command:cat \(secret["key"])"] {
                let kept = try await tool.run(
                    "analyze", adding: world.merging(["FINOPS_INTERPRETER_KEY": place, "MODEL_KEY": ""]) { $1 })
                #expect(kept.status == 0, "\(kept.errors)")
                #expect(kept.output.contains("The bill fell by"))
            }

            let doctor = try await tool.run("doctor", adding: world)
            #expect(doctor.output.contains("anthropic=model-2026-01-01, key read from env:MODEL_KEY"))
            let keyless = try await tool.run("doctor", adding: world.merging(["MODEL_KEY": ""]) { $1 })
            #expect(keyless.output.contains("the variable MODEL_KEY is not set"))
            #expect(!(doctor.output + keyless.output).contains(ModelCounterpart.key))

            // Every provider, as the built program asks it.
            for provider in ["anthropic", "openai", "openai-responses", "bedrock", "ollama"] {
                let keys = [
                    "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "x", "AWS_REGION": "eu-central-1",
                ]
                let asked = try await tool.run(
                    "analyze",
                    adding: world.merging(keys) { $1 }.merging(["FINOPS_INTERPRETER": "\(provider)=m-2026-01-01"]) {
                        $1
                    })
                #expect(asked.status == 0, "\(provider): \(asked.errors)")
                #expect(asked.output.contains("The bill fell by"), "\(provider): \(asked.errors)")
            }

            let poor = try await tool.run(
                "analyze", adding: world.merging(["FINOPS_INTERPRETER_SPENDING_LIMIT": "0.000001"]) { $1 })
            #expect(poor.status == 1)
            #expect(poor.errors.contains("raise `interpreter_spending_limit`"), "\(poor.errors)")

            let analysis = try await tool.run("analyze", "2026-02", "--mode", "cto", "--format", "json", adding: world)
            #expect(analysis.status == 0, "\(analysis.errors)")
            let answer = try JSONValue(parsing: Data(analysis.output.utf8))
            #expect(answer["outcome"] == "accepted")
            #expect(answer["sentences"]?.elements?.first?["facts"] == ["total.change", "total.change_pct"])

            let talk = try await tool.run(["chat"], answering: ["What did the bill do?", ""], adding: world)
            #expect(talk.status == 0, "\(talk.output)")
            #expect(talk.output.contains("An empty line ends."))
            // Shown while it is written, and once more when the whole of it holds.
            #expect(talk.output.matches(of: /The bill fell by USD.21,256, 6.2.%/).count == 2, "\(talk.output)")

            let fact = try await tool.run("explain", "total.change")
            #expect(fact.status == 0)
            #expect(fact.output.contains("-21255.999925 USD") && fact.output.contains("GetCostAndUsage"))
            let unknown = try await tool.run("explain", "total.chang")
            #expect(unknown.status == 64)
            #expect(unknown.errors.contains("did you mean `total.change`?"))
        }
    }
}

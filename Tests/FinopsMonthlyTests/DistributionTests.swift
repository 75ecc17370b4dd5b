import Foundation
import Sandbox
import TestSupport
import Testing

/// The built program, a cloud that is not called a sample, and a mail server that other people wrote.
@Suite struct `Distribution of an approved month` {
    private func environment(_ mail: MailCounterpart, _ tool: BuiltTool, people: [String]) throws -> [String: String] {
        let list = tool.folder.path + "/people"
        try Data(people.joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: list))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: list)
        return [
            "FINOPS_DISTRIBUTION": "file:\(list)", "FINOPS_MAIL_SERVER": mail.plainURL,
            "FINOPS_MAIL_FROM": "finops@example.org",
        ]
    }

    private func waitingRun(_ tool: BuiltTool, _ world: [String: String]) async throws -> String {
        let run = try await tool.run(
            ["run", "--month", RecentMonth.closed, "--format", "json", "--no-screenshots"], adding: world)
        #expect(run.status == 75, "\(run.errors)")
        return try #require(try run.json()["run_id"] as? String)
    }

    @Test func `after the approval each recipient gets the e-mail with the approved page, and no address is kept`()
        async throws
    {
        try await withSandbox {
            $0.today = RecentMonth.today
        } _: { server in
            try await withMail { mail in
                let people = ["board.planted@example.org", "cfo.planted@example.org"]
                let tool = try BuiltTool(sandbox: server)
                let world = try environment(mail, tool, people: people)
                let runID = try await waitingRun(tool, world)
                #expect(try mail.messages().isEmpty)
                _ = try await tool.approve(runID, adding: world)
                let sealed = try await tool.run(["resume", runID], adding: world)
                #expect(sealed.status == 0, "\(sealed.errors)")

                let messages = try mail.messages()
                #expect(messages.map(\.recipients) == people.map { [$0] })
                let page = String(
                    decoding: try tool.file(
                        "evidence/cloud-infrastructure/finops-reports/\(RecentMonth.closed)/data/reports/cfo.html"),
                    as: UTF8.self)
                for message in messages {
                    #expect(message.parsed.contains("[text/plain -]"))
                    #expect(message.parsed.contains("[text/html -]"))
                    #expect(message.parsed.contains("[text/html cfo.html]\n" + page))
                }
                #expect(try await tool.run("verify").status == 0)
                for person in people {
                    #expect(!(sealed.output + sealed.errors).contains(person))
                    #expect(try tool.files(holding: person) == ["people"])
                }
            }
        }
    }

    @Test func `a server that takes the mail and falls silent makes a person decide`() async throws {
        try await withSandbox {
            $0.today = RecentMonth.today
        } _: { server in
            try await withMail { mail in
                let tool = try BuiltTool(sandbox: server)
                let world = try environment(mail, tool, people: ["hangup@example.org", "cfo@example.org"])
                let runID = try await waitingRun(tool, world)
                _ = try await tool.approve(runID, adding: world)
                let unknown = try await tool.run(["resume", runID], adding: world)
                #expect(unknown.status == 75)
                #expect(unknown.errors.contains("resume \(runID) --delivered YOUR-NAME"))
                #expect(try mail.messages().map(\.recipients) == [["cfo@example.org"]])
                let both = try await tool.run(["resume", runID, "--delivered", "dora", "--send-again"], adding: world)
                #expect(both.status == 64)
                let nobody = try await tool.run(["resume", runID, "--delivered", "Dora D."], adding: world)
                #expect(nobody.status == 64)
                let told = try await tool.run(["resume", runID, "--delivered", "dora"], adding: world)
                #expect(told.status == 0, "\(told.errors)")
                #expect(try mail.messages().count == 1)
            }
        }
    }

    private func throughService(_ url: String) -> [String: String] {
        ["FINOPS_MAIL_SERVER": "ses://eu-west-1", "AWS_ENDPOINT_URL_SESV2": url]
    }

    @Test func `Amazon SES mails it too, once each: a line that breaks is asked and its message ids are kept`()
        async throws
    {
        try await withSandbox {
            $0.today = RecentMonth.today
        } _: { server in
            try await withMail { mail in
                try await withMoto { moto in
                    try await moto.allowMail(from: "example.org")
                    let port = try #require(URL(string: moto.url)?.port)
                    // The first message arrives, its answer does not.
                    let proxy = try FaultProxy(upstreamPort: port, rules: [FaultRule(.resetInBody)])
                    defer { proxy.stop() }
                    let tool = try BuiltTool(sandbox: server)
                    let world = try environment(mail, tool, people: ["board@example.org", "cfo@example.org"])
                        .merging(throughService(proxy.url)) { $1 }
                    let runID = try await waitingRun(tool, world)
                    _ = try await tool.approve(runID, adding: world)
                    let unknown = try await tool.run(["resume", runID], adding: world)
                    #expect(unknown.status == 75, "\(unknown.errors)")
                    #expect(unknown.errors.contains("Amazon SES gave no answer"))
                    let sent = try await moto.mail()
                    #expect(Set(sent.flatMap(\.destinations)) == ["board@example.org", "cfo@example.org"])
                    #expect(sent.allSatisfy { $0.raw.contains("filename=\"cfo.html\"") })

                    let told = try await tool.run(["resume", runID, "--delivered", "dora"], adding: world)
                    #expect(told.status == 0, "\(told.errors)")
                    #expect(try await moto.mail().count == 2)
                    let journal = try String(contentsOfFile: tool.runFolder(runID) + "/journal.jsonl", encoding: .utf8)
                    let answered = try #require(sent.first { $0.destinations.contains("cfo@example.org") })
                    #expect(journal.contains("\"receipt\":\"\(answered.id)\""))
                    #expect(journal.contains("\"said_by\":\"dora\""))
                    #expect(try await tool.run("verify").status == 0)
                }
            }
        }
    }

    @Test func `who was refused is reached after the seal, by one command and once`() async throws {
        try await withSandbox {
            $0.today = RecentMonth.today
        } _: { server in
            try await withMail { mail in
                try await withMoto { moto in
                    let tool = try BuiltTool(sandbox: server)
                    let world = try environment(mail, tool, people: ["board@example.org"])
                        .merging(throughService(moto.url)) { $1 }
                    let runID = try await waitingRun(tool, world)
                    let early = try await tool.run(["distribute", runID], adding: world)
                    #expect(early.status == 64)
                    _ = try await tool.approve(runID, adding: world)
                    let sealed = try await tool.run(["resume", runID], adding: world)
                    #expect(sealed.status == 0, "\(sealed.errors)")
                    #expect(sealed.errors.contains("Amazon SES refused (MessageRejected)"))
                    let refused = try await tool.run(["distribute", runID], adding: world)
                    #expect(refused.status == 75)
                    #expect(refused.output.contains("Refused  1"))

                    try await moto.allowMail(from: "example.org")
                    let reached = try await tool.run(["distribute", runID, "--format", "json"], adding: world)
                    #expect(reached.status == 0, "\(reached.errors)")
                    #expect(try reached.json()["sent"] as? Int == 1)
                    let again = try await tool.run(["distribute", runID], adding: world)
                    #expect(again.output == "Sent     to 0 of 1 readers; 1 had it before\n")
                    #expect(try await moto.mail().count == 1)
                    #expect(try await tool.run("verify").status == 0)
                }
            }
        }
    }
}

extension BuiltTool {
    /// Files below the tool's folder that hold the text.
    func files(holding text: String) throws -> [String] {
        let walk = try #require(FileManager.default.enumerator(atPath: folder.path))
        return walk.compactMap { $0 as? String }.filter { path in
            FileManager.default.contents(atPath: "\(folder.path)/\(path)")?.range(of: Data(text.utf8)) != nil
        }.sorted()
    }
}

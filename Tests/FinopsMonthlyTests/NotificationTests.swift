import Foundation
import TestSupport
import Testing

/// The built program against real counterparts: who is told, what, and that nothing of where they are told leaks.
@Suite struct `Notifications of a run` {
    private static let slackSecret = "T0SLACKSECRET"
    private static let watcher = "watcher.planted@example.org"

    private func environment(_ webhook: WebhookCounterpart, _ mail: MailCounterpart, _ tool: BuiltTool) throws
        -> [String: String]
    {
        let people = tool.folder.path + "/people"
        try Data("# who is told\n\(Self.watcher)\n".utf8).write(to: URL(fileURLWithPath: people))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: people)
        return [
            "FINOPS_NOTIFICATIONS": "slack=env:SLACK_URL,teams=command:echo \"$TEAMS_URL\",mail=file:\(people)",
            "SLACK_URL": webhook.url(.ok, secret: Self.slackSecret),
            "TEAMS_URL": webhook.url(.error500, secret: Self.slackSecret),
            "FINOPS_MAIL_SERVER": mail.guardedURL, "FINOPS_MAIL_FROM": "FinOps <finops@example.org>",
            "FINOPS_MAIL_LOGIN": "env:MAIL_LOGIN", "MAIL_LOGIN": "alice:pass:word", "AWS_CA_BUNDLE": mail.rootPath,
        ]
    }

    @Test func `a month that waits, is decided and closes says so once each, and no secret is kept or shown`()
        async throws
    {
        try await withWebhook { webhook in
            try await withMail { mail in
                let tool = try BuiltTool()
                let world = try environment(webhook, mail, tool)
                let waiting = try await tool.run(
                    "run", "--sandbox", "--month", "2026-02", "--no-screenshots", "--format", "json", adding: world)
                #expect(waiting.status == 75)
                let runID = try #require(try waiting.json()["run_id"] as? String)
                #expect(waiting.errors.contains("teams was not told: it answered with HTTP status 500"))
                _ = try await tool.run("resume", runID, adding: world)
                #expect(try webhook.bodies().count == 1, "still waiting is not said twice")

                let approved = try await tool.approve(runID, adding: world)
                let sealed = try await tool.run("resume", runID, adding: world)
                #expect(sealed.status == 0)
                let titles = try webhook.bodies().map {
                    (try JSONSerialization.jsonObject(with: $0) as? [String: Any])?["text"] as? String
                }
                #expect(
                    titles == [
                        "[Sample] AWS costs 2026-02: the report waits for a decision",
                        "[Sample] AWS costs 2026-02: an approval was recorded",
                        "[Sample] AWS costs 2026-02: the month is complete and sealed",
                    ])
                #expect(try mail.messages().map(\.recipients) == Array(repeating: [Self.watcher], count: 3))
                #expect(try mail.messages().allSatisfy { $0.wasEncrypted && $0.parsed.contains("USD 320,071.78") })

                let status = try await tool.run("status", runID, adding: world)
                #expect(status.output.contains("Notice   slack told (complete)"))
                #expect(status.output.contains("Notice   teams not told: it answered with HTTP status 500 (complete)"))
                let doctor = try await tool.run("doctor", adding: world)
                #expect(doctor.output.contains("slack, read from env:SLACK_URL"))
                let said = [waiting, approved, sealed, status, doctor].map { $0.output + $0.errors }.joined()
                for secret in [Self.slackSecret, "pass:word", Self.watcher] {
                    #expect(!said.contains(secret), "\(secret)")
                    #expect(try tool.files(holding: secret).filter { $0 != "people" } == [])
                }
            }
        }
    }

    @Test func `those who subscribed to a topic hear of the month with the run's own keys`() async throws {
        try await withMoto { moto in
            let (topic, queue) = try await moto.topic("finops")
            let tool = try BuiltTool(cloud: ["AWS_ACCESS_KEY_ID": "AKIAEXAMPLE", "AWS_SECRET_ACCESS_KEY": "x"])
            let world = ["FINOPS_NOTIFICATIONS": "sns=env:TOPIC", "TOPIC": topic, "AWS_ENDPOINT_URL_SNS": moto.url]
            let waiting = try await tool.run("run", "--sandbox", "--no-screenshots", adding: world)
            #expect(waiting.status == 75)
            #expect(!waiting.errors.contains("was not told"), "\(waiting.errors)")
            let heard = try await moto.published(in: queue)
            #expect(heard.hasPrefix("[Sample] AWS costs 2026-02: the report waits for a decision\n"))
            #expect(heard.contains("USD 320,071.78"))
            let lost = try await tool.run(
                "run", "--sandbox", "--no-screenshots", "--month", "2026-01",
                adding: world.merging(["TOPIC": topic + "-gone"]) { $1 })
            #expect(lost.status == 75)
            #expect(lost.errors.contains("note: sns was not told: Amazon SNS refused (NotFound)"))
            let doctor = try await tool.run("doctor", adding: world.merging(["TOPIC": "finops"]) { $1 })
            #expect(doctor.output.contains("this is not the ARN of an SNS topic"))
        }
    }

    @Test func `another AWS profile than the run's tells people where one is named`() async throws {
        try await withMoto { moto in
            let (topic, queue) = try await moto.topic("finops")
            let tool = try BuiltTool()
            let credentials = tool.folder.path + "/credentials"
            try Data("[messages]\naws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = x\n".utf8)
                .write(to: URL(fileURLWithPath: credentials))
            let world = [
                "FINOPS_NOTIFICATIONS": "sns=env:TOPIC", "TOPIC": topic, "AWS_ENDPOINT_URL_SNS": moto.url,
                "AWS_SHARED_CREDENTIALS_FILE": credentials, "AWS_EC2_METADATA_DISABLED": "true",
            ]
            let waiting = try await tool.run("run", "--sandbox", "--no-screenshots", adding: world)
            #expect(waiting.errors.contains("note: sns was not told: Amazon SNS refused ("), "\(waiting.errors)")
            let named = world.merging(["FINOPS_MESSAGING_PROFILE": "messages"]) { $1 }
            let again = try await tool.run("resume", adding: named)
            #expect(again.status == 75)
            #expect(!again.errors.contains("was not told"), "\(again.errors)")
            #expect(try await moto.published(in: queue).contains("waits for a decision"))
        }
    }

    @Test func `trouble is told, and a channel whose place is empty blocks nothing`() async throws {
        try await withWebhook { webhook in
            let tool = try BuiltTool(cloud: [
                "AWS_ENDPOINT_URL": "http://127.0.0.1:1", "AWS_ACCESS_KEY_ID": "AKIAEXAMPLE",
                "AWS_SECRET_ACCESS_KEY": "x",
                "AWS_REGION": "us-east-1", "AWS_MAX_ATTEMPTS": "1",
            ])
            let world = ["FINOPS_NOTIFICATIONS": "slack=env:NOT_SET,teams=env:URL", "URL": webhook.url(.accepted)]
            let run = try await tool.run("run", "--month", "2026-02", "--no-screenshots", adding: world)
            #expect(run.status == 11)
            #expect(run.errors.contains("note: slack was not told: the variable NOT_SET is not set"))
            let body = String(decoding: try #require(try webhook.bodies().first), as: UTF8.self)
            #expect(body.contains("AWS costs 2026-02: the run stopped"))
            #expect(!body.contains("Total"))
        }
    }

    @Test(arguments: [
        "https://hooks.example.org/T0SLACKSECRET", "slack=https://hooks.example.org/T0SLACKSECRET",
        "pager=env:T0SLACKSECRET", "slack=T0SLACKSECRET", "mail=env:T0SLACKSECRET",
    ])
    func `a setting that makes no sense is refused before the run, without quoting it`(text: String) async throws {
        let tool = try BuiltTool()
        let run = try await tool.run("run", "--sandbox", adding: ["FINOPS_NOTIFICATIONS": text])
        #expect(run.status == 64)
        #expect(run.errors.contains("FINOPS_NOTIFICATIONS"))
        #expect(!run.errors.contains(Self.slackSecret))
        #expect(try await tool.run("doctor", adding: ["FINOPS_NOTIFICATIONS": text]).status == 64)
    }
}

import Evidence
import FinOps
import Foundation
import HTTP
import Notices
import TestSupport
import Testing

@Suite struct `Telling people by mail` {
    private func deliver(
        to recipients: [String], through server: MailServer?,
        from sender: String = "Kostenmeldung für alle <finops@example.org>"
    ) async throws -> Delivery {
        let channel = MailChannel(
            name: "mail", sender: try #require(MailAddress(sender)),
            recipients: recipients.compactMap(MailAddress.init),
            carrier: SMTPCarrier(MailClient(try #require(server))), clock: StillClock(), hashing: SystemHashing())
        return await channel.deliver(SampleNotice.waiting)
    }

    @Test func `each gets a message of their own that other people's parser reads`() async throws {
        try await withMail { mail in
            let outcome = try await deliver(
                to: ["a@example.org", "Bea <b@example.org>"], through: MailServer(mail.plainURL))
            #expect(outcome == .delivered)
            let messages = try mail.messages()
            #expect(messages.map(\.recipients) == [["a@example.org"], ["b@example.org"]])
            #expect(messages.map(\.sender) == ["finops@example.org", "finops@example.org"])
            let first = try #require(messages.first)
            for line in [
                "From: Kostenmeldung für alle <finops@example.org>", "To: a@example.org",
                "Subject: AWS costs 2026-02: the report waits for a decision", "Date: Mon, 09 Mar 2026 07:08:09 +0000",
                "Total   USD 318,841.25",
            ] { #expect(first.parsed.contains(line), "\(line)") }
            #expect(!first.parsed.contains("Bea"))
            let names = messages.map { $0.parsed.split(separator: "\n").first { $0.hasPrefix("Message-ID") } }
            #expect(Set(names).count == 2)
        }
    }

    @Test func `TLS and a login are used where the server wants them`() async throws {
        try await withMail { mail in
            let login = MailServer.Login(user: "alice", password: "pass:word")
            let server = MailServer(mail.guardedURL, login: login, caBundlePath: mail.rootPath)
            #expect(try await deliver(to: ["a@example.org"], through: server) == .delivered)
            let message = try #require(try mail.messages().first)
            #expect(message.wasEncrypted)
            #expect(message.user == "alice")
        }
    }

    @Test func `a wrong password, a foreign certificate and a missing login are told apart`() async throws {
        try await withMail { mail in
            let wrong = MailServer.Login(user: "alice", password: "secret")
            let trusted = MailServer(mail.guardedURL, login: wrong, caBundlePath: mail.rootPath)
            let refused = try await deliver(to: ["a@example.org"], through: trusted)
            #expect(refused == .failed("1 of 1 messages: the mail server answered 535"))
            let foreign = try await deliver(to: ["a@example.org"], through: MailServer(mail.guardedURL, login: wrong))
            #expect(foreign == .failed("1 of 1 messages: the mail server's certificate is not trusted"))
            let anonymous = MailServer(mail.guardedURL, caBundlePath: mail.rootPath)
            let unknown = try await deliver(to: ["a@example.org"], through: anonymous)
            #expect(unknown == .failed("1 of 1 messages: the mail server answered 530"))
            #expect(try mail.messages().isEmpty)
        }
    }

    @Test func `smtps is TLS from the first byte`() async throws {
        try await withMail { mail in
            let trusted = MailServer(mail.implicitURL, caBundlePath: mail.rootPath)
            #expect(try await deliver(to: ["a@example.org"], through: trusted) == .delivered)
            #expect(try mail.messages().map(\.wasEncrypted) == [true])
            let foreign = try await deliver(to: ["b@example.org"], through: MailServer(mail.implicitURL))
            #expect(foreign == .failed("1 of 1 messages: the mail server's certificate is not trusted"))
            #expect(try mail.messages().count == 1)
        }
    }

    @Test func `a server that shows another name's certificate is told nothing`() async throws {
        try await withMail { mail in
            let login = MailServer.Login(user: "alice", password: "pass:word")
            let server = MailServer(mail.misnamedURL, login: login, caBundlePath: mail.rootPath)
            let refused = try await deliver(to: ["a@example.org"], through: server)
            #expect(refused == .failed("1 of 1 messages: the mail server's certificate is not trusted"))
            // Neither half of TLS is spoken where the other is expected.
            let plain = MailServer(mail.plainURL.replacing("smtp:", with: "smtps:"), caBundlePath: mail.rootPath)
            guard case .failed = try await deliver(to: ["a@example.org"], through: plain) else {
                Issue.record("mail went out in the clear")
                return
            }
            #expect(try mail.messages().isEmpty)
        }
    }

    @Test(arguments: [
        (MailCounterpart.Manner.refused, MailOutcome.refused("the mail server answered 550")),
        (.late, .refused("the mail server answered 554")),
        (.mute, .unknown("the mail server did not answer in time")),
    ])
    func `a refusal is certain, silence after the whole message is not`(
        manner: MailCounterpart.Manner, outcome: MailOutcome
    ) async throws {
        let actual = try await withMail { try await send(manner, $0) }
        #expect(actual == outcome)
    }

    @Test func `a line that breaks after the whole message leaves the outcome unknown`() async throws {
        try await withMail { mail in
            guard case .unknown = try await send(.hangup, mail) else {
                Issue.record("what was handed over may have been delivered")
                return
            }
        }
    }

    private func send(_ manner: MailCounterpart.Manner, _ mail: MailCounterpart) async throws -> MailOutcome {
        let server = try #require(MailServer(mail.plainURL))
        return await MailClient(server).send(
            [UInt8]("Subject: x\r\n\r\ny\r\n".utf8),
            MailEnvelope(sender: "finops@example.org", recipient: "\(manner.rawValue)@example.org"), deadlineSeconds: 3)
    }

    @Test func `nobody at the address is a refusal`() async throws {
        #expect(
            try await deliver(to: ["a@example.org"], through: MailServer("smtp://127.0.0.1:1"))
                == .failed("1 of 1 messages: no mail server answers at the address"))
    }

    @Test(arguments: [
        "smtp://", "http://mail.example.org", "smtp://alice:secret@mail.example.org", "mail.example.org",
        "smtp://mail.example.org/x",
    ])
    func `a server is a scheme, a host and a port`(url: String) { #expect(MailServer(url) == nil) }
}

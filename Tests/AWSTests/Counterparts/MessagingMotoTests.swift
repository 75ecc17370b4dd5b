import FinOps
import Foundation
import HTTP
import TestSupport
import Testing

@testable import AWS

/// Topics and mail of somebody else's AWS: what arrived is read back from there.
@Suite(.serialized) struct MessagingMotoTests {
    /// A user who may do what the second argument says; prints the keys.
    private static let user = """
        import boto3, sys
        iam = boto3.client("iam")
        iam.create_user(UserName="finops")
        iam.put_user_policy(UserName="finops", PolicyName="p", PolicyDocument=sys.argv[2])
        key = iam.create_access_key(UserName="finops")["AccessKey"]
        print(key["AccessKeyId"], key["SecretAccessKey"])
        """
    private static let text = "AWS costs 2026-02: the report waits\n\nTotal  USD 318,841.25 & more\n"
    private static let key = Digest(String(repeating: "ab", count: 32))!

    private func messaging(_ url: String, keyID: String = "x", secret: String = "y", _ http: HTTPClient) throws
        -> Messaging
    {
        try services(
            http,
            environment: [
                "AWS_ENDPOINT_URL": url, "AWS_ACCESS_KEY_ID": keyID, "AWS_SECRET_ACCESS_KEY": secret,
                "AWS_REGION": "eu-west-1",
            ], clock: RealTimeClock()
        ).messaging
    }

    private func publish(
        _ messaging: Messaging, _ text: String = MessagingMotoTests.text,
        subject: String = "AWS costs 2026-02: größer", to topic: TopicARN
    ) async throws -> MessageOutcome {
        try await messaging.publish(
            text, subject: subject, key: Self.key, group: "2026-02-1a2b3c4d", to: topic,
            deadlineSeconds: 5)
    }

    @Test func `what is published arrives at those who subscribed, also where order is kept`() async throws {
        try await withMoto { moto in
            try await withHTTP { http in
                let messaging = try messaging(moto.url, http)
                for name in ["finops", "finops.fifo"] {
                    let (arn, queue) = try await moto.topic(name)
                    guard case .accepted(let id) = try await publish(messaging, to: TopicARN(arn)) else {
                        Issue.record("not published to \(name)")
                        continue
                    }
                    #expect(!id.isEmpty)
                    #expect(try await moto.published(in: queue) == "AWS costs 2026-02: gr??er\n" + Self.text)
                }
                let unknown = try TopicARN("arn:aws:sns:eu-west-1:123456789012:nobody")
                guard case .refused(let trouble) = try await publish(messaging, to: unknown) else {
                    Issue.record("published to a topic that is not there")
                    return
                }
                #expect(trouble.code == "NotFound")
            }
        }
    }

    @Test func `a message is mailed as it is, and a sender who is no identity is refused`() async throws {
        try await withMoto { moto in
            try await moto.allowMail(from: "example.org")
            try await withHTTP { http in
                let messaging = try messaging(moto.url, http)
                let message = Data("From: finops@example.org\r\nMessage-ID: <ab@example.org>\r\n\r\nGrüße\r\n".utf8)
                let sent = try await messaging.send(
                    message, from: "finops@example.org", to: "cfo@example.org", deadlineSeconds: 5)
                guard case .accepted(let id) = sent else {
                    Issue.record("not sent: \(sent)")
                    return
                }
                let kept = try #require(try await moto.mail().first)
                #expect(kept.id == id)
                #expect(kept.raw == String(decoding: message, as: UTF8.self))
                #expect(kept.source == "finops@example.org")
                #expect(Set(kept.destinations) == ["cfo@example.org"])

                let foreign = try await messaging.send(
                    message, from: "finops@elsewhere.org", to: "cfo@example.org", deadlineSeconds: 5)
                guard case .refused(let trouble) = foreign else {
                    Issue.record("sent as somebody else: \(foreign)")
                    return
                }
                #expect(trouble.code == "MessageRejected")
                #expect(try await moto.mail().count == 1)
            }
        }
    }

    /// moto allows by action and knows no resources; and it writes a form anew before it looks at the signature, with another
    /// spelling of blanks.
    @Test func `exactly the printed actions allow it, and the reads alone do not`() async throws {
        let topic = "arn:aws:sns:eu-west-1:123456789012:finops"
        let identity = "arn:aws:ses:eu-west-1:123456789012:identity/example.org"
        let policies = [
            (LeastPrivilegePolicy(), false),
            (try LeastPrivilegePolicy(topic: TopicARN(topic), mailIdentity: MailIdentityARN(identity)), true),
        ]
        for (policy, isAllowed) in policies {
            try await withMoto { moto in
                _ = try await moto.topic("finops")
                try await moto.allowMail(from: "example.org")
                let document = String(decoding: try policy.document(), as: UTF8.self)
                    .replacing(topic, with: "*").replacing(identity, with: "*")
                let keys = try await moto.python(Self.user, [document])
                let words = keys.output.split(whereSeparator: \.isWhitespace).map(String.init)
                try #require(words.count == 2, "\(keys.errors)")
                try await moto.checkKeys()
                try await withHTTP { http in
                    let messaging = try messaging(moto.url, keyID: words[0], secret: words[1], http)
                    let published = try await publish(messaging, "text", subject: "subject", to: TopicARN(topic))
                    let mailed = try await messaging.send(
                        Data("Subject: x\r\n\r\ny\r\n".utf8), from: "finops@example.org", to: "cfo@example.org",
                        deadlineSeconds: 5)
                    for (outcome, action) in [(published, "sns:Publish"), (mailed, "ses:SendEmail")] {
                        switch outcome {
                        case .accepted: #expect(isAllowed, "\(action)")
                        case .refused(let trouble):
                            #expect(!isAllowed, "\(trouble)")
                            #expect(trouble.kind == .accessDenied)
                            #expect(trouble.hint == "allow \(action) for this identity")
                        case .unknown(let trouble): Issue.record("\(trouble)")
                        }
                    }
                }
            }
        }
    }

    @Test func `a line that is cut after the request leaves the outcome unknown, and nothing is sent again`()
        async throws
    {
        try await withMoto { moto in
            try await moto.allowMail(from: "example.org")
            let topic = try TopicARN(try await moto.topic("finops").arn)
            let port = try #require(URL(string: moto.url)?.port)
            // In the first case nothing arrived, in the second all of it did: from here they look the same.
            for (fault, arrived) in [(Fault.resetAfterRequest, 0), (.resetInBody, 1), (.hang, 1)] {
                let proxy = try FaultProxy(upstreamPort: port, rules: [FaultRule(fault)])
                defer { proxy.stop() }
                try await withHTTP { http in
                    let messaging = try messaging(proxy.url, http)
                    let outcome = try await messaging.send(
                        Data("Subject: x\r\n\r\ny\r\n".utf8), from: "finops@example.org", to: "cfo@example.org",
                        deadlineSeconds: 1)
                    guard case .unknown(let trouble) = outcome else {
                        Issue.record("\(fault): \(outcome)")
                        return
                    }
                    #expect(trouble.kind == .unreachable)
                    #expect(proxy.sightings.count == 1, "\(fault)")
                    #expect(try await moto.mail().count == arrived, "\(fault)")
                    // The next one is a message of its own and goes through.
                    guard case .accepted = try await publish(messaging, to: topic) else {
                        Issue.record("the connection did not recover after \(fault)")
                        return
                    }
                }
            }
        }
    }
}

public import FinOps
public import Foundation
import HTTP
import SigV4

/// Amazon SNS and Amazon SES, as far as people are told through them: the only writes this program can send to AWS, and the
/// only door to them. Each is sent once; what nobody knows of is said and not repeated.
public struct Messaging: Sendable {
    /// What a policy must allow for one topic.
    static let topicPermissions = [ServiceCall.publish.name]
    /// What a policy must allow for one identity: for a message that is given as it is, SES asks for the older name too.
    static let mailPermissions = [ServiceCall.sendEmail.name, "ses:SendRawEmail"]

    let connection: ServiceConnection
    let credentials: CredentialStore

    /// - Parameters:
    ///   - key: Names the message: a topic that keeps order does not deliver the same twice within five minutes.
    ///   - group: Keeps its order in such a topic.
    public func publish(
        _ message: String, subject: String, key: Digest, group: String, to topic: TopicARN, deadlineSeconds: Double
    ) async throws -> MessageOutcome {
        var parameters = ["TopicArn": topic.text, "Subject": Self.subject(subject), "Message": message]
        if topic.isOrdered {
            parameters["MessageDeduplicationId"] = key.hex
            parameters["MessageGroupId"] = group
        }
        let body = FormBody.body(.publish, parameters)
        return MessageOutcome(
            try await connection.write(
                .publish, .post(body), credentials: credentials, deadlineSeconds: deadlineSeconds
            ) { response in
                guard let id = try XMLNode(parsing: response.body).firstNode("MessageId")?.text, !id.isEmpty else {
                    throw NoMessageID()
                }
                return id
            })
    }

    /// - Parameters:
    ///   - message: RFC 5322, as it is to arrive. SES puts a `Message-ID` and a `Date` of its own in the place of ours.
    ///   - sender: Bare address; it, or its domain, is an identity of this account and region.
    ///   - recipient: Bare address.
    public func send(
        _ message: Data, from sender: String, to recipient: String, deadlineSeconds: Double
    ) async throws -> MessageOutcome {
        let body: RequestJSON = [
            "FromEmailAddress": .text(sender), "Destination": ["ToAddresses": .texts([recipient])],
            "Content": ["Raw": ["Data": .text(message.base64EncodedString())]],
        ]
        let request = CallMessage(
            path: "/v2/email/outbound-emails", headers: [.init("Content-Type", "application/json")], body: body.data)
        return MessageOutcome(
            try await connection.write(
                .sendEmail, request, credentials: credentials, deadlineSeconds: deadlineSeconds
            ) { try JSONDecoder().decode(MailAnswer.self, from: $0.body).MessageId })
    }

    /// SNS takes a line of at most 100 characters of ASCII.
    private static func subject(_ text: String) -> String {
        String(text.map { $0.isASCII && !$0.isNewline ? $0 : "?" }.prefix(100))
    }

    private struct MailAnswer: Decodable {
        let MessageId: String
    }

    private struct NoMessageID: Error {}
}

/// What became of a message.
public enum MessageOutcome: Hashable, Sendable {
    /// The service took it over, under this name of its own.
    case accepted(id: String)
    /// Certainly not. AWS's words may name addresses; its code does not.
    case refused(Trouble)
    /// Nobody knows: the answer never came, or says nothing.
    case unknown(Trouble)

    init(_ outcome: WriteOutcome<String>) {
        self =
            switch outcome {
            case .done(let id): .accepted(id: id)
            case .refused(let trouble): .refused(trouble)
            case .unknown(let trouble): .unknown(trouble)
            }
    }
}

import FinOps

/// The name of an SNS topic: `arn:aws:sns:eu-west-1:111122223333:finops`.
public struct TopicARN: Hashable, Sendable {
    public let text: String
    public let region: String
    /// Messages keep their order and are known by name, so that the same one is not delivered twice within five minutes.
    let isOrdered: Bool

    /// Throws `InputError`, which does not quote what was given.
    public init(_ text: String) throws {
        guard let name = ResourceName(text, of: .notification), !name.resource.contains(":") else {
            throw InputError(
                "bad_topic_arn", "this is not the ARN of an SNS topic",
                hint: "give one such as arn:aws:sns:eu-west-1:111122223333:finops")
        }
        (self.text, region, isOrdered) = (text, name.region, name.resource.hasSuffix(".fifo"))
    }
}

/// The name of what mail is sent as: `arn:aws:ses:eu-west-1:111122223333:identity/example.org`.
public struct MailIdentityARN: Hashable, Sendable {
    public let text: String

    /// Throws `InputError` for anything else.
    public init(_ text: String) throws {
        guard let name = ResourceName(text, of: .email), name.resource.hasPrefix("identity/") else {
            throw InputError(
                "bad_identity_arn", "`\(text)` is not the ARN of an identity in Amazon SES",
                hint: "give one such as arn:aws:ses:eu-west-1:111122223333:identity/example.org")
        }
        self.text = text
    }
}

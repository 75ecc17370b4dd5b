import FinOps

/// The name of a key in AWS KMS: `arn:aws:kms:eu-west-1:111122223333:key/…`, or one of an alias.
public struct KeyARN: Hashable, Sendable {
    public let text: String
    public let region: String

    /// Throws `InputError` for anything else.
    public init(_ text: String) throws {
        guard let name = ResourceName(text, of: .keyManagement), !name.resource.contains(":"),
            name.resource.hasPrefix("key/") || name.resource.hasPrefix("alias/")
        else {
            throw InputError(
                "bad_key_arn", "`\(text)` is not the ARN of a key in AWS KMS",
                hint: "give one such as arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab")
        }
        (self.text, region) = (text, name.region)
    }
}

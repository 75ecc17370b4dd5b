import FinOps

/// The name of a key in AWS KMS: `arn:aws:kms:eu-west-1:111122223333:key/…`, or one of an alias.
public struct KeyARN: Hashable, Sendable {
    public let text: String
    public let region: String

    /// Throws `InputError` for anything else.
    public init(_ text: String) throws {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 6, parts[0] == "arn", parts[1].hasPrefix("aws"), parts[2] == "kms", !parts[3].isEmpty,
            parts[4].utf8.count == 12, parts[4].allSatisfy(\.isNumber),
            parts[5].hasPrefix("key/") || parts[5].hasPrefix("alias/"),
            text.utf8.allSatisfy({ (33...126).contains($0) })
        else {
            throw InputError(
                "bad_key_arn", "`\(text)` is not the ARN of a key in AWS KMS",
                hint: "give one such as arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab")
        }
        (self.text, region) = (text, parts[3])
    }
}

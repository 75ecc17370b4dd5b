/// Who AWS says we are: the answer of `sts:GetCallerIdentity`, which needs no permission.
public struct CallerIdentity: Hashable, Codable, Sendable {
    public let account: String
    public let arn: String
    public let userID: String
    public let requestID: String?

    public init(account: String, arn: String, userID: String, requestID: String?) {
        self.account = account
        self.arn = arn
        self.userID = userID
        self.requestID = requestID
    }

    /// `aws`, `aws-us-gov`, `aws-cn`: the second part of every ARN; empty where the provider sent no ARN.
    public var partition: String {
        String(arn.split(separator: ":", omittingEmptySubsequences: false).dropFirst().first ?? "")
    }
}

/// Throws `Trouble`.
public protocol IdentityService: Sendable {
    func callerIdentity() async throws -> CallerIdentity
}

public import Foundation

/// A question that costs money, with everything that changes its answer: where it was asked, on whose behalf, and every byte.
public struct PaidQuestion: Hashable, Codable, Sendable {
    /// `https://ce.us-east-1.amazonaws.com`: a test endpoint must never answer for the real one.
    public let endpoint: String
    /// `aws`, `aws-us-gov`, `aws-cn`.
    public let partition: String
    /// The caller's account; what a payer may see, a member may not.
    public let account: String
    /// `ce:GetCostAndUsage`.
    public let operation: String
    /// The request's JSON body, without a page token.
    public let body: Data

    public init(endpoint: String, partition: String, account: String, operation: String, body: Data) {
        self.endpoint = endpoint
        self.partition = partition
        self.account = account
        self.operation = operation
        self.body = body
    }
}

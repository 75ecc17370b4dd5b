public import Foundation

/// The memory for reads that cost money: an answer already paid for is never asked for again, not even after a kill.
/// `begin` is recorded before the request leaves, `remember` before its answer is used.
public protocol AnswerMemo: Sendable {
    func answer(to key: Digest) async throws -> RememberedAnswer?
    func begin(_ key: Digest, operation: String) async throws
    func remember(_ answer: RememberedAnswer, for key: Digest) async throws
}

public struct RememberedAnswer: Hashable, Codable, Sendable {
    public let operation: String
    public let requestID: String?
    public let receivedAt: Timestamp
    public let body: Data

    public init(operation: String, requestID: String?, receivedAt: Timestamp, body: Data) {
        self.operation = operation
        self.requestID = requestID
        self.receivedAt = receivedAt
        self.body = body
    }
}

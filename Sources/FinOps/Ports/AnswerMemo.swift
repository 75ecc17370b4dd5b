public import Foundation

/// The memory for reads that cost money: an answer already paid for is never asked for again, not even after a kill.
/// `begin` is recorded before the request leaves, `remember` before its answer is used.
public protocol AnswerMemo: Sendable {
    /// Whether answers of earlier runs may serve this one: not when a person wants everything asked anew, and not when
    /// what was read so far contradicts itself.
    var recallsEarlierRuns: Bool { get async }
    func answer(to key: Digest) async throws -> RememberedAnswer?
    func begin(_ key: Digest, operation: String) async throws
    func remember(_ answer: RememberedAnswer, for key: Digest) async throws
}

extension AnswerMemo {
    public var recallsEarlierRuns: Bool { get async { true } }
}

public struct RememberedAnswer: Hashable, Codable, Sendable {
    public let operation: String
    /// Of the request that was paid for, also when an earlier run paid it.
    public let requestID: String?
    public let receivedAt: Timestamp
    public let body: Data
    /// An earlier run paid for it: this one sent nothing.
    public let isFromCache: Bool

    public init(operation: String, requestID: String?, receivedAt: Timestamp, body: Data, isFromCache: Bool = false) {
        self.operation = operation
        self.requestID = requestID
        self.receivedAt = receivedAt
        self.body = body
        self.isFromCache = isFromCache
    }

    /// The same answer, marked as an earlier run's.
    public var fromCache: RememberedAnswer {
        RememberedAnswer(
            operation: operation, requestID: requestID, receivedAt: receivedAt, body: body, isFromCache: true)
    }
}

import FinOps
import Foundation

/// Asks what costs money, unless the answer has been paid for before.
struct PaidReader: Sendable {
    let caller: any AWSCaller
    let memo: any AnswerMemo
    let account: CallerAccount
    let hashing: any Hashing

    /// `generation` tells apart the pages of a listing that was begun anew, so that a first page whose token has gone stale
    /// is not remembered for ever.
    func read<Value: Sendable>(
        _ operation: ReadOperation, body: Data, generation: Int = 0, decode: @Sendable (Data) throws -> Value
    ) async throws -> ServiceAnswer<Value> {
        let scope = "\(operation.rawValue)\n\(try await account.id())\n\(generation)\n"
        let key = hashing.sha256(Data(scope.utf8) + body)
        if let remembered = try await memo.answer(to: key) {
            return ServiceAnswer(
                value: try decode(remembered.body), body: remembered.body, requestID: remembered.requestID,
                receivedAt: remembered.receivedAt)
        }
        try await memo.begin(key, operation: operation.rawValue)
        let answer = try await caller.call(operation, body: body, decode: decode)
        try await memo.remember(
            RememberedAnswer(
                operation: operation.rawValue, requestID: answer.requestID, receivedAt: answer.receivedAt,
                body: answer.body),
            for: key)
        return answer
    }
}

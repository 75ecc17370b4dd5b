public import FinOps
public import Foundation
import OpenSSL

/// A time-stamping authority as the archive sees it: bytes go there, bytes come back, and nothing of them is believed before
/// OpenSSL has verified it.
public protocol TimestampAuthority: Sendable {
    /// How people know it: its URL without anything secret.
    var name: String { get }
    /// Sends an RFC 3161 query and returns the body of the answer.
    func answer(_ query: Data) async throws(AuthoritySilence) -> Data
}

extension TimestampAuthority {
    /// Asks for a stamp over a signature and verifies the answer; nil where it does not count, with the reason in the receipt.
    func stamp(_ signature: Data, roots: TimestampRoots) async throws -> (StampReceipt, stamp: Data?) {
        let query = try TimestampQuery(message: signature)
        let answer: Data
        do {
            answer = try await self.answer(query.bytes)
        } catch {
            return (StampReceipt(authority: name, result: .unreachable(error.reason)), nil)
        }
        do {
            let stamp = try TimestampReply(answer).verify(answering: query, roots: roots)
            let time = Timestamp(secondsSinceEpoch: stamp.secondsSinceEpoch)
            return (StampReceipt(authority: name, result: .stamped(at: time, by: stamp.authority)), answer)
        } catch {
            return (StampReceipt(authority: name, result: .refused(error.sentence)), nil)
        }
    }
}

/// No answer arrived.
public struct AuthoritySilence: Error, Hashable, Sendable {
    /// One sentence for people, without a full stop.
    public let reason: String

    public init(_ reason: String) { self.reason = reason }
}

/// What became of asking one authority for a stamp.
public struct StampReceipt: Hashable, Sendable {
    public enum Result: Hashable, Sendable {
        case stamped(at: Timestamp, by: String)
        /// It answered with something that does not count, and why.
        case refused(String)
        /// Nothing arrived. It can be asked again later.
        case unreachable(String)
    }

    public let authority: String
    public let result: Result

    public var isStamped: Bool {
        if case .stamped = result { true } else { false }
    }
}

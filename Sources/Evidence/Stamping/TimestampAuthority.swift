public import FinOps
public import Foundation

/// A time-stamping authority as the archive sees it: bytes go there, bytes come back, and nothing of them is believed before
/// OpenSSL has verified it.
public protocol TimestampAuthority: Sendable {
    /// How people know it: its URL without anything secret.
    var name: String { get }
    /// Sends an RFC 3161 query and returns the body of the answer.
    func answer(_ query: Data) async throws(AuthoritySilence) -> Data
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

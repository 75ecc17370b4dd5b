public import FinOps
import Foundation

/// One way to tell people.
public protocol NoticeChannel: Sendable {
    /// Never a secret: `slack`, `teams`, `sns`, `mail`.
    var name: String { get }
    /// Tries once, within `NoticeRound.deadlineSeconds`.
    func deliver(_ notice: Notice) async -> Delivery
}

public enum Delivery: Hashable, Sendable {
    case delivered
    /// Why not; words without address or secret.
    case failed(String)
}

/// What became of a notice on one channel; kept beside the run's working files, never in the record.
public struct NoticeReceipt: Hashable, Codable, Sendable {
    public let channel: String
    public let event: Notice.Event
    /// Digest of what was said: the same is not said twice.
    public let notice: Digest
    public let isDelivered: Bool
    public let reason: String?
}

/// Tells every channel at once, each one time.
public struct NoticeRound: Sendable {
    /// Nobody waits longer for what blocks nothing.
    public static let deadlineSeconds = 5.0

    private let channels: [any NoticeChannel]

    public init(_ channels: [any NoticeChannel]) { self.channels = channels }

    /// - Parameter earlier: What was said before. What was delivered is left alone, what failed is tried again.
    /// - Returns: The newest receipt of each channel, in the order of the channels.
    public func send(_ notice: Notice, earlier: [NoticeReceipt], hashing: any Hashing) async -> [NoticeReceipt] {
        let digest = hashing.sha256(Data(notice.text.utf8))
        return await withTaskGroup(of: (Int, NoticeReceipt).self) { group in
            for (index, channel) in channels.enumerated() {
                let known = earlier.first { $0.channel == channel.name && $0.notice == digest && $0.isDelivered }
                group.addTask {
                    if let known { return (index, known) }
                    var reason: String?
                    if case .failed(let words) = await channel.deliver(notice) { reason = words }
                    let receipt = NoticeReceipt(
                        channel: channel.name, event: notice.event, notice: digest, isDelivered: reason == nil,
                        reason: reason)
                    return (index, receipt)
                }
            }
            var receipts: [(Int, NoticeReceipt)] = []
            for await receipt in group { receipts.append(receipt) }
            return receipts.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }
}

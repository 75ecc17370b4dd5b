public import Foundation

/// Answers that outlive a run, so that the same question about a closed month is never paid for again. It can only save: a
/// missing, stale or damaged entry is no entry, and no failure of it reaches the run.
public protocol AnswerCache: Sendable {
    /// Nil when there is none that may still be used at `now`.
    func listing(of question: PaidQuestion, at now: Timestamp) -> CachedListing?
    func keep(_ listing: CachedListing)
}

/// The whole answer to one question, all pages together: pages of two listings are never put together.
public struct CachedListing: Hashable, Codable, Sendable {
    public struct Page: Hashable, Codable, Sendable {
        /// The request's body with its page token.
        public let body: Data
        public let answer: RememberedAnswer

        public init(body: Data, answer: RememberedAnswer) {
            self.body = body
            self.answer = answer
        }
    }

    /// How long an answer may be used.
    public enum Validity: Hashable, Sendable {
        /// Nothing in it is estimated, and its last month was settled when it came.
        case forGood
        /// AWS may still change the figures; it refreshes its data up to three times a day.
        case estimated
        /// It speaks of the day it was asked on, and tomorrow another question is asked.
        case thatDay
    }

    /// Of an estimated answer.
    public static let estimatedSeconds = 8 * 3600

    public let question: PaidQuestion
    public let pages: [Page]
    /// Nil is for ever.
    public let keptUntil: Timestamp?

    public init(question: PaidQuestion, pages: [Page], validity: Validity) {
        self.question = question
        self.pages = pages
        let oldest = pages.map(\.answer.receivedAt).min()
        keptUntil =
            switch validity {
            case .forGood: nil
            case .estimated: oldest?.adding(seconds: Self.estimatedSeconds)
            case .thatDay: oldest.map { Timestamp(secondsSinceEpoch: ($0.day.daysSinceEpoch + 1) * 86_400) }
            }
    }

    public var receivedAt: Timestamp? { pages.map(\.answer.receivedAt).min() }

    /// An answer from the future is not believed either: then the clock was wrong, now or when it was kept.
    public func isUsable(at now: Timestamp) -> Bool {
        guard let receivedAt, receivedAt <= now else { return false }
        return keptUntil.map { now < $0 } ?? true
    }
}

/// How far this machine's clock is from the provider's, by the Date header of an answer.
public struct ClockSkew: Hashable, Codable, Sendable {
    /// Positive when this machine is ahead.
    public let seconds: Int

    /// AWS refuses signatures that are further off than this; up to here nobody need know.
    public static let toleratedSeconds = 300
    /// Beyond this the clock is not late, it is wrong.
    public static let impossibleSeconds = 86_400

    public init(seconds: Int) { self.seconds = seconds }

    public var isTolerated: Bool { abs(seconds) <= Self.toleratedSeconds }

    /// The provider's moment when this machine says `local`.
    public func corrected(_ local: Timestamp) -> Timestamp { local.adding(seconds: -seconds) }

    /// Whether a month may be reckoned by this clock: not when it shows another day than the provider's, because the day
    /// decides which months are settled.
    public func isUsable(at local: Timestamp) -> Bool {
        isTolerated || (abs(seconds) <= Self.impossibleSeconds && corrected(local).day == local.day)
    }

    /// `37 minutes ahead of`, `3 days behind`.
    public var words: String {
        let size = abs(seconds)
        let (count, unit) =
            size < 7_200 ? (size / 60, "minute") : size < 172_800 ? (size / 3_600, "hour") : (size / 86_400, "day")
        return "\(count) \(unit)\(count == 1 ? "" : "s") \(seconds > 0 ? "ahead of" : "behind")"
    }
}

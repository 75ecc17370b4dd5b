/// A moment to the second, in UTC. Printed and parsed as `2026-03-01T00:00:07Z`, the only form evidence uses.
public struct Timestamp: Hashable, Comparable, Sendable, LosslessStringConvertible {
    public let secondsSinceEpoch: Int

    public init(secondsSinceEpoch: Int) {
        self.secondsSinceEpoch = secondsSinceEpoch
    }

    public init?(_ text: String) {
        guard let numbers = DigitFields.numbers(in: text, shapedLike: "####-##-##T##:##:##Z"),
            let day = CalendarDay(year: numbers[0], month: numbers[1], day: numbers[2])
        else { return nil }
        let (hour, minute, second) = (numbers[3], numbers[4], numbers[5])
        guard hour < 24, minute < 60, second < 61 else { return nil }
        secondsSinceEpoch = day.daysSinceEpoch * 86_400 + hour * 3600 + minute * 60 + second
    }

    public var day: CalendarDay {
        CalendarDay(daysSinceEpoch: Int((Double(secondsSinceEpoch) / 86_400).rounded(.down)))
    }

    public func adding(seconds: Int) -> Timestamp { Timestamp(secondsSinceEpoch: secondsSinceEpoch + seconds) }

    public var description: String {
        let second = secondsSinceEpoch - day.daysSinceEpoch * 86_400
        let clock = [second / 3600, second / 60 % 60, second % 60].map { BillingMonth.padded($0, 2) }
        return "\(day)T\(clock.joined(separator: ":"))Z"
    }

    /// `20260301T000007Z`, as SigV4 writes it.
    public var compact: String { description.filter { $0 != "-" && $0 != ":" } }

    public static func < (left: Self, right: Self) -> Bool { left.secondsSinceEpoch < right.secondsSinceEpoch }
}

extension Timestamp: Codable {
    public init(from decoder: any Decoder) throws { self = try decoder.decodeText(as: Timestamp.self) }
    public func encode(to encoder: any Encoder) throws { try encoder.encodeText(self) }
}

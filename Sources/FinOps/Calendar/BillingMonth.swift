/// The calendar month a report is about. Printed and parsed as `YYYY-MM`; AWS bills it as `[firstDay, firstDayAfter)`.
public struct BillingMonth: Hashable, Comparable, Sendable, LosslessStringConvertible {
    public let year: Int
    public let month: Int

    public init?(year: Int, month: Int) {
        guard (1...9999).contains(year), (1...12).contains(month) else { return nil }
        (self.year, self.month) = (year, month)
    }

    public init?(_ text: String) {
        // No cloud bills at the ends of the calendar, where the month before or after would not exist.
        guard let numbers = DigitFields.numbers(in: text, shapedLike: "####-##"), (1000...9000).contains(numbers[0])
        else { return nil }
        self.init(year: numbers[0], month: numbers[1])
    }

    public func adding(months: Int) -> BillingMonth {
        let index = year * 12 + (month - 1) + months
        return BillingMonth(year: index / 12, month: index % 12 + 1)!
    }

    public var previous: BillingMonth { adding(months: -1) }
    public var next: BillingMonth { adding(months: 1) }

    public var days: Int {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    public var firstDay: CalendarDay { CalendarDay(year: year, month: month, day: 1)! }

    /// The exclusive end AWS expects.
    public var firstDayAfter: CalendarDay { next.firstDay }

    /// `February 2026`, for titles.
    public var name: String { "\(Self.names[month - 1]) \(year)" }
    /// `Feb 2026`, where room is short.
    public var shortName: String { "\(Self.names[month - 1].prefix(3)) \(year)" }

    /// AWS settles a month's bill between the 3rd and the 8th of the next; before that every figure is preliminary.
    public func isSettled(on today: CalendarDay) -> Bool { today >= next.firstDay.adding(days: 7) }

    public var description: String { "\(Self.padded(year, 4))-\(Self.padded(month, 2))" }

    public static func < (left: Self, right: Self) -> Bool { (left.year, left.month) < (right.year, right.month) }

    static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    private static let names = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
}

extension BillingMonth: Codable {
    public init(from decoder: any Decoder) throws { self = try decoder.decodeText(as: BillingMonth.self) }
    public func encode(to encoder: any Encoder) throws { try encoder.encodeText(self) }
}

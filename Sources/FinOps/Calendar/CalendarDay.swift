/// A day of the Gregorian calendar, in UTC as AWS bills it. Printed and parsed as `YYYY-MM-DD`.
public struct CalendarDay: Hashable, Comparable, Sendable, LosslessStringConvertible {
    public let year: Int
    public let month: Int
    public let day: Int

    public init?(year: Int, month: Int, day: Int) {
        guard let billingMonth = BillingMonth(year: year, month: month), (1...billingMonth.days).contains(day) else {
            return nil
        }
        (self.year, self.month, self.day) = (year, month, day)
    }

    public init?(_ text: String) {
        guard let numbers = DigitFields.numbers(in: text, shapedLike: "####-##-##") else { return nil }
        self.init(year: numbers[0], month: numbers[1], day: numbers[2])
    }

    /// Days since 1970-01-01, by the civil-calendar arithmetic of Howard Hinnant's `days_from_civil`.
    public var daysSinceEpoch: Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    public init(daysSinceEpoch days: Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    public func adding(days: Int) -> CalendarDay { CalendarDay(daysSinceEpoch: daysSinceEpoch + days) }

    /// 1 is Monday, 7 is Sunday (ISO 8601).
    public var weekday: Int { (daysSinceEpoch % 7 + 10) % 7 + 1 }

    public var billingMonth: BillingMonth { BillingMonth(year: year, month: month)! }

    public var description: String {
        "\(BillingMonth.padded(year, 4))-\(BillingMonth.padded(month, 2))-\(BillingMonth.padded(day, 2))"
    }

    public static func < (left: Self, right: Self) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }
}

extension CalendarDay: Codable {
    public init(from decoder: any Decoder) throws { self = try decoder.decodeText(as: CalendarDay.self) }
    public func encode(to encoder: any Encoder) throws { try encoder.encodeText(self) }
}

extension Character {
    var isASCIIDigit: Bool { isASCII && isNumber }
}

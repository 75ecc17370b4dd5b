import FinOps
import Foundation
import Testing

@Suite struct `The calendar` {
    @Test(arguments: ["2026-02", "1999-12", "2028-02"])
    func `a month prints as it was read`(text: String) {
        #expect(BillingMonth(text)?.description == text)
    }

    @Test(arguments: [
        "2026-13", "2026-00", "2026-2", "26-02", "2026/02", "2026-02-01", "", "２０２６-02", "0001-01", "9999-12",
    ])
    func `an impossible month is refused`(text: String) {
        #expect(BillingMonth(text) == nil)
    }

    @Test func `months step over the turn of the year`() throws {
        let january = try #require(BillingMonth("2026-01"))
        #expect(january.previous.description == "2025-12")
        #expect(january.adding(months: -13).description == "2024-12")
        #expect(january.adding(months: 23).description == "2027-12")
        #expect(january.firstDayAfter.description == "2026-02-01")
        #expect(january.name == "January 2026")
    }

    @Test(arguments: [
        ("2026-02", 28), ("2028-02", 29), ("1900-02", 28), ("2000-02", 29), ("2026-04", 30), ("2026-12", 31),
    ])
    func `months have their days`(text: String, days: Int) {
        #expect(BillingMonth(text)?.days == days)
    }

    @Test func `a month is settled from the 8th of the next`() throws {
        let month = try #require(BillingMonth("2025-12"))
        #expect(!month.isSettled(on: CalendarDay("2026-01-07")!))
        #expect(month.isSettled(on: CalendarDay("2026-01-08")!))
        #expect(!month.isSettled(on: CalendarDay("2025-12-31")!))
    }

    @Test(arguments: ["2026-02-29", "2026-04-31", "2026-01-00", "2026-1-1", "2026-01-1x"])
    func `an impossible day is refused`(text: String) {
        #expect(CalendarDay(text) == nil)
    }

    @Test(arguments: [
        ("1970-01-01", 0, 4), ("2000-02-29", 11_016, 2), ("2026-11-21", 20_778, 6), ("1969-12-31", -1, 3),
    ])
    func `days are counted from 1970 and have their weekday`(text: String, count: Int, weekday: Int) throws {
        let day = try #require(CalendarDay(text))
        #expect(day.daysSinceEpoch == count)
        #expect(CalendarDay(daysSinceEpoch: count) == day)
        #expect(day.weekday == weekday)
    }

    @Test func `every day of four centuries survives the way to a number and back`() throws {
        let first = try #require(CalendarDay("1800-01-01")).daysSinceEpoch
        var previous = CalendarDay(daysSinceEpoch: first - 1)
        for number in first..<(first + 146_097) {
            let day = CalendarDay(daysSinceEpoch: number)
            #expect(day.daysSinceEpoch == number && previous < day)
            previous = day
        }
    }

    @Test func `a timestamp has one form`() throws {
        let time = try #require(Timestamp("2026-03-01T00:00:07Z"))
        #expect(time.secondsSinceEpoch == 1_772_323_207)
        #expect(time.description == "2026-03-01T00:00:07Z")
        #expect(time.compact == "20260301T000007Z")
        #expect(time.adding(seconds: -8).description == "2026-02-28T23:59:59Z")
        #expect(Timestamp(secondsSinceEpoch: -1).description == "1969-12-31T23:59:59Z")
    }

    @Test(arguments: [
        "2026-03-01T00:00:07", "2026-03-01 00:00:07Z", "2026-03-01T24:00:00Z", "2026-03-01T00:60:00Z",
        "2026-03-01T00:00:07+00:00", "2026-03-01T00:00:7Z", "2026-02-30T00:00:07Z", "",
    ])
    func `any other form of a time is refused`(text: String) {
        #expect(Timestamp(text) == nil)
    }
}

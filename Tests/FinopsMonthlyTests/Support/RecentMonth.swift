import FinOps
import Foundation

/// Dates for a sandbox that must agree with this machine's clock: a forecast is asked from today on.
enum RecentMonth {
    static var today: CalendarDay { Timestamp(secondsSinceEpoch: Int(Date().timeIntervalSince1970)).day }
    /// The month before the last: settled on any day.
    static var closed: String { today.billingMonth.adding(months: -2).description }
}

import FinOps
import HTTP
import Notices

enum SampleNotice {
    static let waiting = Notice(
        .waits, run: "2026-02-1a2b3c4d", month: BillingMonth("2026-02")!, project: "cloud-infrastructure",
        isSample: false,
        total: "USD 318,841.25", reason: "G7: USD 318,841.25 is over the threshold of USD 250,000.00 <!channel> [x](y)",
        nextStep: "read the report, then `finops-monthly approve 2026-02-1a2b3c4d --approver NAME`.")
}

/// A moment that does not pass.
struct StillClock: Clock {
    func now() -> Timestamp { Timestamp("2026-03-09T07:08:09Z")! }
    func uptimeNanoseconds() -> UInt64 { 0 }
    func sleep(nanoseconds: UInt64) async throws {}
}

import FinOps

/// The month on one line: net, gross, the month before, plain and per day.
enum TotalFacts {
    static func write(_ material: FactMaterial, to ledger: inout FactLedger) {
        let month = material.month
        let previous = month.previous
        let net = material.net(in: month)
        let before = material.net(in: previous)
        let gross = material.gross(in: month)
        ledger.days("month.days", month.days, "days in \(month.name)")
        ledger.days("previous.days", previous.days, "days in \(previous.name)")
        ledger.money("total.net", net, "net cost of \(month.name)")
        ledger.money("total.gross", gross, "cost of \(month.name) before the partner discount")
        ledger.money(
            "total.gross_change", gross - material.gross(in: previous), "change of the cost before the partner discount"
        )
        ledger.money("total.previous_gross", material.gross(in: previous), "the same of \(previous.name)")
        Change(net, before, month).write("total", "net cost", to: &ledger)

        // A month three days shorter is not a saving: what the calendar alone would have done stands beside the rest.
        let expected = before.scaled(by: month.days, over: previous.days)
        ledger.money(
            "change.calendar", expected - before,
            "what the number of days alone explains, at the rate of \(previous.name)")
        ledger.money("change.underlying", net - expected, "change beyond the number of days")
        ledger.money(
            "total.annual_run_rate", net.scaled(by: 365, over: month.days), "a year at the daily rate of the month")
    }
}

/// How an amount moved from one month to the next: plain, in percent, and per day, because months differ in length.
struct Change {
    let now: Figure
    let before: Figure
    let month: BillingMonth
    /// Tax and support do not follow the number of days: a flat fee is flat, not dearer per day in February.
    let isFixed: Bool

    init(_ now: Figure, _ before: Figure, _ month: BillingMonth, isFixed: Bool = false) {
        (self.now, self.before, self.month, self.isFixed) = (now, before, month, isFixed)
    }

    /// What the month before comes to at as many days as this one.
    private var comparable: Figure {
        isFixed ? before : before.scaled(by: month.days, over: month.previous.days)
    }

    /// What is left of the change beyond the number of days.
    var underlying: Figure { now - comparable }

    func write(_ prefix: String, _ subject: String, to ledger: inout FactLedger) {
        let previous = month.previous
        ledger.money("\(prefix).previous", before, "\(subject) in \(previous.name)")
        ledger.money("\(prefix).change", now - before, "change of \(subject) against \(previous.name)")
        ledger.percent("\(prefix).change_pct", percent(now, before), "the same in percent")
        ledger.money("\(prefix).underlying", underlying, "change of \(subject) beyond the number of days")
        ledger.money("\(prefix).per_day", now.divided(by: month.days), "\(subject) per day")
        ledger.money(
            "\(prefix).previous_per_day", before.divided(by: previous.days), "\(subject) per day in \(previous.name)")
        ledger.percent(
            "\(prefix).per_day_change_pct", percent(now, comparable),
            isFixed ? "change of \(subject) in percent" : "change of \(subject) per day in percent")
    }

    /// A ratio to nothing does not exist: new and gone are said in words, not as ±100 %.
    private func percent(_ now: Figure, _ before: Figure) -> Figure {
        if let value = now.value, let old = before.value {
            if old.isZero && !value.isZero {
                return Figure(unknown: "NEW: nothing was charged in \(month.previous.name)")
            }
            if value.isZero && !old.isZero { return Figure(unknown: "GONE: nothing is charged in \(month.name)") }
            if old.isNegative != value.isNegative && !old.isZero {
                return Figure(unknown: "the sign changed: a percentage would mislead")
            }
        }
        return (now - before).percent(of: before, otherwise: "nothing was charged in either month")
    }
}

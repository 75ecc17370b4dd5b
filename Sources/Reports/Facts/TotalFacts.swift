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
        Change(net, before, month, fixed: material.fixed(in: previous)).writeMonths("total", "net cost", to: &ledger)
        writeFloor(material, net, to: &ledger)
        ledger.money(
            "total.annual_run_rate", net.scaled(by: 365, over: month.days), "a year at the daily rate of the month")
    }

    /// Smaller changes are true and no news.
    private static func writeFloor(_ material: FactMaterial, _ net: Figure, to ledger: inout FactLedger) {
        let perDay = material.newsFloorPerDay
        ledger.money("news.floor_per_day", perDay, "change per day from which something is news")
        ledger.money("news.floor", perDay.map { $0 * ExactDecimal(material.month.days) }, "the same for the month")
    }
}

/// How an amount moved from one month to the next: plain, in percent, and per day, because months differ in length.
struct Change {
    let now: Figure
    let before: Figure
    let month: BillingMonth
    /// The part of `before` that does not follow the number of days: a flat fee is flat, not dearer per day in February.
    let fixed: Figure

    init(_ now: Figure, _ before: Figure, _ month: BillingMonth, fixed: Figure = Figure(.zero, [])) {
        (self.now, self.before, self.month, self.fixed) = (now, before, month, fixed)
    }

    /// What the month before comes to at as many days as this one.
    var comparable: Figure { (before - fixed).scaled(by: month.days, over: month.previous.days) + fixed }

    /// What is left of the change beyond the number of days.
    var underlying: Figure { now - comparable }

    func write(_ prefix: String, _ subject: String, to ledger: inout FactLedger) {
        writeMonths(prefix, subject, to: &ledger)
        ledger.money("\(prefix).underlying", underlying, "change of \(subject) beyond the number of days")
    }

    /// All but what lies beyond the number of days, which the bridge says of the whole bill.
    func writeMonths(_ prefix: String, _ subject: String, to ledger: inout FactLedger) {
        let previous = month.previous
        ledger.money("\(prefix).previous", before, "\(subject) in \(previous.name)")
        ledger.money("\(prefix).change", now - before, "change of \(subject) against \(previous.name)")
        ledger.percent("\(prefix).change_pct", percent(now, before), "the same in percent")
        ledger.money("\(prefix).per_day", now.divided(by: month.days), "\(subject) per day")
        ledger.money(
            "\(prefix).previous_per_day", before.divided(by: previous.days), "\(subject) per day in \(previous.name)")
        ledger.percent(
            "\(prefix).per_day_change_pct", percent(now, comparable),
            "change of \(subject) per day in percent, fees by the month as they are")
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

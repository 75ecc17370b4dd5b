import Exports
import FinOps
import Reports

/// One account, service or group: what it cost, what it cost the month before, and how that moved. Made of facts, or summed
/// from rows that are.
struct CostRow {
    let name: String
    /// Account id or AWS's service name; empty for a sum.
    let key: String
    /// The branch it hangs on, from the root; empty at the root.
    let path: [String]
    let now: Value
    let previous: Value
    let change: Value
    let perDayChange: Value
    /// The change beyond the number of days; what a fixed fee changed by, since days do not make it.
    let underlying: Value
    var share: Value
    /// The cost by the second metric of `dual`.
    var second: Value?
    var trend: [ExactDecimal] = []

    /// An exact value and the fact it is, or why there is none.
    struct Value {
        let value: ExactDecimal?
        let fact: String?
        let reason: String

        init(_ fact: Fact) {
            value = fact.value
            self.fact = fact.value == nil ? nil : fact.id
            reason = fact.reason ?? ""
        }

        init(_ value: ExactDecimal?, otherwise reason: String) {
            (self.value, fact, self.reason) = (value, nil, value == nil ? reason : "")
        }
    }

    var isZero: Bool { now.value?.isZero == true && previous.value?.isZero == true }

    /// `amount` is the last part of the fact's id: `net` for accounts, `gross` for services.
    init(_ subject: FactSubject, amount: String, path: [String], in facts: FactIndex) {
        func value(_ id: String) -> Value { Value(facts["\(subject.factPrefix).\(id)"]) }
        name = UntrustedText(subject.name).text
        key = subject.key
        self.path = path
        (now, previous, change) = (value(amount), value("previous"), value("change"))
        (perDayChange, underlying, share) = (value("per_day_change_pct"), value("underlying"), value("share_pct"))
    }

    /// The sum of rows, against the whole of the selection.
    init(sumOf rows: some Collection<CostRow>, name: String, path: [String] = [], whole: ExactDecimal?) {
        func sum(_ value: (CostRow) -> Value?) -> ExactDecimal? {
            rows.reduce(ExactDecimal.zero as ExactDecimal?) { sum, row in
                value(row)?.value.flatMap { amount in sum.map { $0 + amount } }
            }
        }
        let reason =
            rows.lazy.compactMap { $0.now.value == nil ? $0.now.reason : nil }.first ?? "a part of it is unknown"
        self.name = name
        key = ""
        self.path = path
        let (now, previous) = (sum(\.now), sum(\.previous))
        self.now = Value(now, otherwise: reason)
        self.previous = Value(previous, otherwise: reason)
        let change = now.flatMap { now in previous.map { now - $0 } }
        self.change = Value(change, otherwise: reason)
        let underlying = sum(\.underlying)
        self.underlying = Value(underlying, otherwise: reason)
        perDayChange = PerDay.change(
            from: now.flatMap { now in underlying.map { now - $0 } }, to: now, otherwise: reason)
        share = Value(
            now.flatMap { now in whole.flatMap { now.percent(of: $0.magnitude, fractionDigits: 6) } },
            otherwise: "the whole is nothing")
        second = rows.contains { $0.second != nil } ? Value(sum(\.second), otherwise: reason) : nil
    }
}

/// Amounts of periods of different lengths, compared by their day.
enum PerDay {
    /// In percent, where `before` is what the earlier period comes to at as many days as this one. A change from or to
    /// nothing has no percentage.
    static func change(
        from before: ExactDecimal?, to now: ExactDecimal?, otherwise reason: String
    ) -> CostRow.Value {
        guard let before, let now else { return CostRow.Value(nil, otherwise: reason) }
        guard before.isNegative == now.isNegative || before.isZero else {
            return CostRow.Value(nil, otherwise: "the sign changed: a percentage would mislead")
        }
        return CostRow.Value(
            (now - before).percent(of: before.magnitude, fractionDigits: 6),
            otherwise: now.isZero ? "nothing was charged in either period" : "nothing was charged before")
    }
}

extension CostRow.Value {
    func cell(_ shape: FigureText.Shape) -> ExportTable.Cell {
        value.map { .figure($0, printed: FigureText.text($0, shape), fact: fact) } ?? .unknown(reason)
    }
}

import FinOps

/// How a fact is printed. The only place where a number becomes text: whatever is rounded, is rounded here.
struct FactFormat: Hashable {
    enum Shape: Hashable, CaseIterable {
        case cents, whole, compact, percent1, percent2, plain, dayOfMonth, brief, exact
    }

    var shape: Shape
    /// A plus sign before what is positive.
    var isSigned = false
    /// The currency code before an amount; off inside tables whose caption names the unit.
    var showsCurrency = false
    /// Without its sign, where the words around it already say up or down.
    var isMagnitude = false
    /// ` a day` behind it.
    var isPerDay = false

    /// `318,841.25`
    static let cents = FactFormat(shape: .cents)
    /// `USD 318,841.25`
    static let moneyCents = FactFormat(shape: .cents, showsCurrency: true)
    /// `318,841`
    static let whole = FactFormat(shape: .whole)
    /// `USD 318,841`
    static let money = FactFormat(shape: .whole, showsCurrency: true)
    /// `319k`
    static let compact = FactFormat(shape: .compact)
    /// `USD 319k`
    static let moneyCompact = FactFormat(shape: .compact, showsCurrency: true)
    /// `USD 11,387 a day`
    static let perDay = FactFormat(shape: .whole, showsCurrency: true, isPerDay: true)
    /// `5.9 %`
    static let percent1 = FactFormat(shape: .percent1)
    /// `5.90 %`
    static let percent2 = FactFormat(shape: .percent2)
    /// `67`, `1.3711`
    static let plain = FactFormat(shape: .plain)
    /// `14 February`
    static let dayOfMonth = FactFormat(shape: .dayOfMonth)
    /// Beside a mark: `319k`, `5.9 %`, `67`, as the unit asks for.
    static let brief = FactFormat(shape: .brief)
    /// In the table of a chart: `318,841.25`, `5.90 %`, `67`.
    static let exact = FactFormat(shape: .exact)

    var signed: FactFormat { with(self) { $0.isSigned = true } }
    var magnitude: FactFormat { with(self) { $0.isMagnitude = true } }

    /// Nil when the fact is unknown.
    func text(_ fact: Fact, month: BillingMonth) -> String? {
        guard let value = fact.value else { return nil }
        let amount = isMagnitude ? value.magnitude : value
        let digits: String =
            switch shape(for: fact.unit) {
            case .cents: grouped(amount.text(fractionDigits: 2))
            case .whole: grouped(amount.text(fractionDigits: 0))
            case .compact: compacted(amount)
            case .percent1: grouped(amount.text(fractionDigits: 1)) + "\u{A0}%"
            case .percent2: grouped(amount.text(fractionDigits: 2)) + "\u{A0}%"
            case .plain: grouped(amount.description)
            case .dayOfMonth: "\(amount.text(fractionDigits: 0))\u{A0}\(month.name.prefix { $0 != " " })"
            case .brief, .exact: preconditionFailure("resolved by the unit")
            }
        let sign = isSigned && !amount.isNegative && digits.contains { ("1"..."9").contains($0) } ? "+" : ""
        let code = showsCurrency ? fact.currency.map { $0.code + "\u{A0}" } ?? "" : ""
        return code + sign + digits + (isPerDay ? " a day" : "")
    }

    /// The two shapes that depend on what the fact is, resolved.
    private func shape(for unit: Fact.Unit) -> Shape {
        switch (shape, unit) {
        case (.brief, .money): .compact
        case (.brief, .percent): .percent1
        case (.exact, .money): .cents
        case (.exact, .percent): .percent2
        case (.brief, _), (.exact, _): .plain
        default: shape
        }
    }

    /// `319k`, `9.4k`, `1.24M`: three digits carry a headline.
    private func compacted(_ amount: ExactDecimal) -> String {
        let size = amount.magnitude
        if size < "999.5" { return grouped(amount.text(fractionDigits: 0)) }
        let (divisor, suffix): (ExactDecimal, String) =
            size < "999500" ? ("1000", "k") : size < "999500000" ? ("1000000", "M") : ("1000000000", "bn")
        let scaled = amount.divided(by: divisor, fractionDigits: 6) ?? amount
        let digits = scaled.magnitude < "9.995" ? 2 : scaled.magnitude < "99.95" ? 1 : 0
        return grouped(scaled.text(fractionDigits: digits)) + suffix
    }

    /// Thousands separated by commas, negative numbers with a real minus sign.
    private func grouped(_ text: String) -> String {
        let isNegative = text.hasPrefix("-")
        let parts = text.drop { $0 == "-" }.split(separator: ".", maxSplits: 1)
        var whole = ""
        for (index, digit) in parts[0].enumerated() {
            if index > 0, (parts[0].count - index) % 3 == 0 { whole.append(",") }
            whole.append(digit)
        }
        return (isNegative ? "\u{2212}" : "") + whole + (parts.count == 2 ? "." + parts[1] : "")
    }

    private func with(_ format: FactFormat, _ change: (inout FactFormat) -> Void) -> FactFormat {
        var copy = format
        change(&copy)
        return copy
    }
}

import FinOps

/// Collects facts while the book is written: refuses a second fact of the same id, and turns an amount or its absence
/// into a fact in one line.
struct FactLedger {
    let currency: Currency
    private(set) var facts: [Fact] = []
    private var ids: Set<String> = []

    init(currency: Currency) {
        self.currency = currency
    }

    mutating func add(_ fact: Fact) {
        precondition(ids.insert(fact.id).inserted, "two facts named \(fact.id)")
        facts.append(fact)
    }

    mutating func money(
        _ id: String, _ value: Figure, _ label: String, in other: Currency? = nil
    ) {
        add(value.fact(id, .money, label, currency: other ?? currency))
    }

    mutating func percent(_ id: String, _ value: Figure, _ label: String) {
        add(value.fact(id, .percent, label))
    }

    mutating func count(_ id: String, _ value: Int, _ label: String, sources: [Digest] = []) {
        add(Figure(ExactDecimal(value), sources).fact(id, .count, label))
    }

    mutating func count(_ id: String, _ value: Figure, _ label: String) {
        add(value.fact(id, .count, label))
    }

    mutating func days(_ id: String, _ value: Int, _ label: String) {
        add(Figure(ExactDecimal(value), []).fact(id, .days, label))
    }

    mutating func rate(_ id: String, _ value: Figure, _ label: String) {
        add(value.fact(id, .rate, label))
    }
}

/// A value on its way to becoming a fact: exact with its sources, or absent with the reason. Arithmetic on figures keeps
/// both, so that nothing computed from an unknown can look known.
struct Figure {
    let value: ExactDecimal?
    let reason: String?
    let sources: [Digest]

    init(_ value: ExactDecimal, _ sources: [Digest]) {
        (self.value, self.reason, self.sources) = (value, nil, sources)
    }

    init(unknown reason: String, _ sources: [Digest] = []) {
        (self.value, self.reason, self.sources) = (nil, reason, sources)
    }

    init(_ trouble: Trouble) {
        self.init(unknown: Reason.of(trouble))
    }

    /// Nil in `result` means that the ratio does not exist, for the reason given.
    private init(_ result: ExactDecimal?, otherwise reason: String, _ sources: [Digest]) {
        (self.value, self.sources) = (result, sources)
        self.reason = result == nil ? reason : nil
    }

    static func + (left: Self, right: Self) -> Self { left.combined(right) { $0 + $1 } }
    static func - (left: Self, right: Self) -> Self { left.combined(right) { $0 - $1 } }
    static prefix func - (figure: Self) -> Self { figure.map { -$0 } }

    func map(_ transform: (ExactDecimal) -> ExactDecimal) -> Self {
        guard let value else { return self }
        return Self(transform(value), sources)
    }

    /// `self` as a percentage of `whole`; unknown when the whole is zero.
    func percent(of whole: Self, otherwise reason: String) -> Self {
        guard let value, let total = whole.value else { return combined(whole) { _, _ in .zero } }
        return Self(value.percent(of: total.magnitude, fractionDigits: 6), otherwise: reason, merged(whole))
    }

    func divided(by divisor: Int) -> Self {
        map { $0.divided(by: ExactDecimal(divisor), fractionDigits: 10) ?? .zero }
    }

    func scaled(by factor: Int, over divisor: Int) -> Self {
        map {
            ExactDecimal(units: $0.units * Int128(factor)).divided(by: ExactDecimal(divisor), fractionDigits: 10)
                ?? .zero
        }
    }

    func fact(_ id: String, _ unit: Fact.Unit, _ label: String, currency: Currency? = nil) -> Fact {
        Fact(id: id, unit: unit, value: value, currency: currency, label: label, sources: sources, reason: reason)
    }

    private func combined(_ other: Self, _ operation: (ExactDecimal, ExactDecimal) -> ExactDecimal) -> Self {
        guard let value else { return Self(unknown: reason ?? "", merged(other)) }
        guard let second = other.value else { return Self(unknown: other.reason ?? "", merged(other)) }
        return Self(operation(value, second), merged(other))
    }

    private func merged(_ other: Self) -> [Digest] {
        sources + other.sources.filter { !sources.contains($0) }
    }
}

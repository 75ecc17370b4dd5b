import FinOps

/// One `--filter`: `service:EC2,RDS`, `account:123456789012`, `ou:Workloads/Prod`, `category:compute`, `cost>1000`,
/// `previous<=50`, `change<-100`.
public struct CostFilter: Hashable, Sendable {
    public enum Field: String, CaseIterable, Sendable {
        case service, account, ou, category, cost, previous, change

        /// By name, so that lines are picked; the others compare amounts of finished rows.
        var picksLines: Bool {
            switch self {
            case .service, .account, .ou, .category: true
            case .cost, .previous, .change: false
            }
        }
    }

    enum Condition: Hashable, Sendable {
        case oneOf([String])
        case over(ExactDecimal)
        case atLeast(ExactDecimal)
        case under(ExactDecimal)
        case atMost(ExactDecimal)
    }

    let text: String
    let field: Field
    let condition: Condition

    /// Throws `InputError` that says what is wrong with this filter and how one is written.
    public init(_ text: String) throws {
        guard let end = text.firstIndex(where: { ":<>".contains($0) }) else {
            throw Self.refusal(text, "has no `:`, `<` or `>`")
        }
        let name = String(text[..<end])
        guard let field = Field(rawValue: name.lowercased()) else {
            let nearest = NearestName.suggestion(for: name, among: Field.allCases.map(\.rawValue))
            throw Self.refusal(text, "speaks of `\(name)`", nearest.map { "did you mean `\($0)`?" })
        }
        var rest = text[end...]
        let sign = rest.removeFirst()
        let isInclusive = rest.first == "="
        if isInclusive, sign != ":" { rest.removeFirst() }
        if field.picksLines {
            let names = rest.split(separator: ",").map { String($0.drop { $0 == " " }) }
            guard sign == ":", !names.isEmpty else { throw Self.refusal(text, "must name values, as in `\(name):A,B`") }
            condition = .oneOf(names)
        } else {
            guard sign != ":", let amount = ExactDecimal(String(rest)) else {
                throw Self.refusal(text, "must compare with an amount, as in `\(name)>1000.00`")
            }
            condition =
                sign == ">"
                ? isInclusive ? .atLeast(amount) : .over(amount) : isInclusive ? .atMost(amount) : .under(amount)
        }
        (self.text, self.field) = (text, field)
    }

    /// An amount that is not known meets no condition.
    func admits(_ amount: ExactDecimal?) -> Bool {
        guard let amount else { return false }
        return switch condition {
        case .oneOf: true
        case .over(let bound): amount > bound
        case .atLeast(let bound): amount >= bound
        case .under(let bound): amount < bound
        case .atMost(let bound): amount <= bound
        }
    }

    var names: [String] {
        if case .oneOf(let names) = condition { names } else { [] }
    }

    private static func refusal(_ text: String, _ fault: String, _ hint: String? = nil) -> InputError {
        InputError(
            "bad_filter", "`--filter \(text)` \(fault)",
            hint: hint
                ?? "write service:EC2,RDS, account:ID, ou:Workloads/Prod, category:compute, cost>1000, "
                + "previous<50 or change>=100")
    }
}

import FinOps

/// A `Filter` expression, validated and ready to be asked about rows.
indirect enum CostFilter {
    case all
    case and([CostFilter])
    case or([CostFilter])
    case not(CostFilter)
    case leaf(CostDimension, values: Set<String>, isAbsent: Bool, ignoresCase: Bool)

    init(parsing value: JSONValue?) throws {
        guard let value, value != .null else {
            self = .all
            return
        }
        guard let members = value.members else { throw ServiceError.validation("Filter must be an expression.") }
        let operators = members.filter { $0.value != .null }
        if let unknown = operators.keys.filter({ !Self.operators.contains($0) }).min() {
            throw ServiceError.validation("Unknown parameter in Filter: \"\(unknown)\"")
        }
        guard operators.count == 1, let (name, operand) = operators.first else {
            throw ServiceError.validation("Expression must have exactly one root operator")
        }
        switch name {
        case "And": self = .and(try Self.members(operand, name))
        case "Or": self = .or(try Self.members(operand, name))
        case "Not": self = .not(try CostFilter(parsing: operand))
        default: self = try Self.leaf(name, operand)
        }
    }

    private static let operators: Set<String> = ["And", "Or", "Not", "Dimensions", "Tags", "CostCategories"]

    private static func members(_ value: JSONValue, _ name: String) throws -> [CostFilter] {
        guard let elements = value.elements, elements.count >= 2 else {
            throw ServiceError.validation("\(name) expression must have at least 2 operands")
        }
        return try elements.map { try CostFilter(parsing: $0) }
    }

    private static func leaf(_ name: String, _ value: JSONValue) throws -> CostFilter {
        guard let members = value.members, let key = members["Key"]?.text,
            members.keys.allSatisfy({ ["Key", "Values", "MatchOptions"].contains($0) })
        else { throw ServiceError.validation("\(name) needs a Key") }
        let dimension: CostDimension
        switch name {
        case "Tags": dimension = .tag(key)
        case "CostCategories": dimension = .costCategory(key)
        default:
            guard let known = CostDimension(key: key) else {
                throw ServiceError.validation("Dimension \(key) is invalid for this operation")
            }
            dimension = known
        }
        let options = Set((members["MatchOptions"]?.elements ?? []).compactMap(\.text))
        let allowed: Set<String> =
            name == "Dimensions"
            ? ["EQUALS", "CASE_SENSITIVE"] : ["EQUALS", "ABSENT", "CASE_SENSITIVE", "CASE_INSENSITIVE"]
        guard options.isSubset(of: allowed) else {
            throw ServiceError.validation(
                "MatchOptions \(options.subtracting(allowed).sorted()) are not supported here")
        }
        let values = (members["Values"]?.elements ?? []).compactMap(\.text)
        let isAbsent = options.contains("ABSENT")
        guard isAbsent != !values.isEmpty else {
            throw ServiceError.validation("\(name) \(key) needs Values, and none with ABSENT")
        }
        guard values.allSatisfy({ $0.utf8.count <= 1024 }) else {
            throw ServiceError.validation("Filter values must not be longer than 1024")
        }
        let ignoresCase = options.contains("CASE_INSENSITIVE")
        return .leaf(
            dimension, values: Set(ignoresCase ? values.map { $0.lowercased() } : values), isAbsent: isAbsent,
            ignoresCase: ignoresCase)
    }
}

/// Asks a filter about rows; remembers each leaf's answer per value, so that text is compared once per value.
struct FilterJudge {
    private let filter: CostFilter
    private let reader: DimensionReader
    private var leafAnswers: [LeafQuestion: Bool] = [:]

    private struct LeafQuestion: Hashable {
        let leaf: Int
        let code: Int
    }

    init(_ filter: CostFilter, _ reader: DimensionReader) {
        self.filter = filter
        self.reader = reader
    }

    mutating func admits(_ row: CostRow) -> Bool {
        var leaf = 0
        return judge(filter, row, &leaf)
    }

    /// Every leaf is visited in the same order for every row, so its running number names it.
    private mutating func judge(_ filter: CostFilter, _ row: CostRow, _ leaf: inout Int) -> Bool {
        switch filter {
        case .all: return true
        case .and(let members):
            var result = true
            for member in members { result = judge(member, row, &leaf) && result }
            return result
        case .or(let members):
            var result = false
            for member in members { result = judge(member, row, &leaf) || result }
            return result
        case .not(let member): return !judge(member, row, &leaf)
        case .leaf(let dimension, let values, let isAbsent, let ignoresCase):
            leaf += 1
            let code = reader.code(dimension, row)
            let question = LeafQuestion(leaf: leaf, code: code)
            if let known = leafAnswers[question] { return known }
            let value = reader.value(dimension, code)
            let result = isAbsent ? value.isEmpty : values.contains(ignoresCase ? value.lowercased() : value)
            leafAnswers[question] = result
            return result
        }
    }
}

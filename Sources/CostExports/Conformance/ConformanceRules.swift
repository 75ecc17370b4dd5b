import FinOps
public import Foundation

/// The rules of one FOCUS version as the specification publishes them for machines, every rule after those it rests on.
public struct ConformanceRules: Sendable {
    /// `1.2`.
    public let focusVersion: String
    public let modelVersion: String
    let rules: [ConformanceRule]
    /// Positions of the rules that each rule rests on: its members when it is composite, and its dependencies.
    let parents: [[Int]]
    /// What a rule may require a provider to support.
    public let criteria: Set<String>
    let positions: [String: Int]

    /// Throws `InputError` naming `file`.
    public init(file: String, _ bytes: Data) throws {
        guard let model = try? JSONValue(parsing: bytes), let table = model["ModelRules"]?.members,
            let roots = model["ModelDatasets"]?["CostAndUsage"]?["ModelRules"]?.elements?.compactMap(\.text)
        else {
            throw InputError(
                "bad_rules", "\(file) is not a FOCUS requirements model",
                hint: "the package `focus-validator` on PyPI brings one: `focus_validator/rules/model-1.2.0.1.json`")
        }
        let known = table.compactMapValues { $0 }.reduce(into: [String: ConformanceRule]()) {
            $0[$1.key] = ConformanceRule(id: $1.key, $1.value)
        }
        if let bad = table.keys.sorted().first(where: { known[$0] == nil }) {
            throw InputError("bad_rules", "\(file): rule \(bad) has no requirement that can be read")
        }
        var order = RuleOrder(known)
        for root in roots { order.visit(root) }
        rules = order.ids.compactMap { known[$0] }
        let positions = Dictionary(uniqueKeysWithValues: rules.enumerated().map { ($1.id, $0) })
        self.positions = positions
        parents = rules.map { rule in RuleOrder.parents(of: rule).compactMap { positions[$0] } }
        criteria = Set(model["ApplicabilityCriteria"]?.members?.keys.map { $0 } ?? [])
        focusVersion = model["Details"]?["FOCUSVersion"]?.text ?? "unknown"
        modelVersion = model["Details"]?["ModelVersion"]?.text ?? "unknown"
    }

    /// Composites that a rule is part of, or that rest on it.
    func consumers(of position: Int) -> [ConformanceRule] {
        rules.indices.filter { rules[$0].isComposite && parents[$0].contains(position) }.map { rules[$0] }
    }
}

/// Every rule after its parents. A circle in the model would only make one of its rules come early.
private struct RuleOrder {
    let rules: [String: ConformanceRule]
    var ids: [String] = []
    private var seen: Set<String> = []

    init(_ rules: [String: ConformanceRule]) { self.rules = rules }

    static func parents(of rule: ConformanceRule) -> [String] {
        ((rule.isComposite ? rule.members : []) + rule.dependencies).filter { $0 != rule.id }
    }

    mutating func visit(_ id: String) {
        guard let rule = rules[id], seen.insert(id).inserted else { return }
        for parent in Self.parents(of: rule) { visit(parent) }
        ids.append(id)
    }
}

import FinOps

/// Judges every rule from the counts of its leaves: what is skipped, what composites make of their members, and what falls
/// with a rule it rests on. The order of the steps is that of the specification's own validator, so that verdicts can be held
/// against it rule by rule.
struct ConformanceJudge {
    let rules: ConformanceRules
    /// What the provider supports; rules that require anything else are skipped.
    let supported: Set<String>
    let counts: RuleCounts
    /// Whether a column that is missing breaks rules. Sums and extracts lack columns: what speaks of one is skipped then.
    let demandsColumns: Bool

    struct State {
        var holds: Bool
        var violations: Int
        var isSkipped = false
        var members: [Member]?
        var isAny = false
    }

    struct Member {
        let rule: String?
        var holds: Bool
        var isSkipped: Bool
    }

    func verdicts() -> [ConformanceVerdict] {
        var states: [State] = []
        for position in rules.rules.indices { states.append(judged(position, states)) }
        skipNotApplicable(&states)
        skipDependents(&states)
        aggregate(&states)
        return zip(rules.rules, states).map { rule, state in
            ConformanceVerdict(
                rule: rule, outcome: state.isSkipped ? .skipped : state.holds ? .passed : .failed,
                violations: state.isSkipped ? 0 : state.violations)
        }
    }

    /// The rows that a rule speaks of: its own condition, and those of the composites it serves.
    static func condition(of position: Int, in rules: ConformanceRules) -> RuleText? {
        let specs = [rules.rules[position].condition] + rules.consumers(of: position).map(\.condition)
        let parts = specs.compactMap { $0 }.compactMap(RuleText.selection)
        return parts.isEmpty ? nil : RuleText.all(parts)
    }

    // MARK: One rule after the other

    private func judged(_ position: Int, _ states: [State]) -> State {
        let rule = rules.rules[position]
        guard !rule.isDynamic, !rule.isOptional else { return State(holds: true, violations: 0, isSkipped: true) }
        return judged(rule.requirement, Self.condition(of: position, in: rules), states)
    }

    private func judged(_ requirement: JSONValue, _ condition: RuleText?, _ states: [State]) -> State {
        switch requirement["CheckFunction"]?.text {
        case "CheckModelRule":
            let target = requirement["ModelRuleId"]?.text.flatMap { rules.positions[$0] }
            guard let target, target < states.count else { return State(holds: false, violations: 1) }
            return State(holds: states[target].holds, violations: states[target].violations)
        case "AND": return composite(requirement, condition, states, isAny: false)
        case "OR": return composite(requirement, condition, states, isAny: true)
        default: return leaf(LeafCheck(requirement, condition: condition))
        }
    }

    /// A member of an alternative counts as met when any row meets it.
    private func composite(
        _ requirement: JSONValue, _ condition: RuleText?, _ states: [State], isAny: Bool
    ) -> State {
        let members = (requirement["Items"]?.elements ?? []).map { item in
            let state = judged(item, condition, states)
            return Member(
                rule: item["ModelRuleId"]?.text, holds: isAny ? state.violations < counts.rows : state.holds,
                isSkipped: state.isSkipped)
        }
        let holds = isAny ? members.contains(where: \.holds) : members.allSatisfy(\.holds)
        return State(holds: holds, violations: holds ? 0 : isAny ? counts.rows : 1, members: members, isAny: isAny)
    }

    private func leaf(_ check: LeafCheck) -> State {
        switch check {
        case .undefined: return State(holds: true, violations: 0, isSkipped: true)
        case .presence(let column):
            return counts.has(column) ? State(holds: true, violations: 0) : missing
        case .rows(let text), .groups(let text):
            guard text.columns.allSatisfy(counts.has) else { return missing }
            let count = counts.count(text.sql)
            return State(holds: count == 0, violations: count)
        }
    }

    /// A column that is not there.
    private var missing: State {
        demandsColumns ? State(holds: false, violations: 1) : State(holds: true, violations: 0, isSkipped: true)
    }

    // MARK: What follows from one another

    /// Rules of what the provider does not support, whatever rests on them, and every rule of a column that need not be there.
    private func skipNotApplicable(_ states: inout [State]) {
        var skipped = Set<Int>()
        var columns = Set<String>()
        for (position, rule) in rules.rules.enumerated()
        where !rule.applicability.isEmpty && supported.isDisjoint(with: rule.applicability) {
            skipped.insert(position)
            if rule.function == "Presence", rule.entity == "Dataset", rule.reference != "CostAndUsage" {
                columns.insert(rule.reference)
            }
        }
        for position in rules.rules.indices
        where !skipped.isDisjoint(with: rules.parents[position]) { skipped.insert(position) }
        for (position, rule) in rules.rules.enumerated() where columns.contains(rule.subject) {
            skipped.insert(position)
        }
        for position in skipped { skip(&states[position]) }
    }

    private func skipDependents(_ states: inout [State]) {
        for (position, rule) in rules.rules.enumerated()
        where rules.parents[position].contains(where: { states[$0].isSkipped }) {
            let isWhole = rule.isComposite && !(states[position].members ?? []).allSatisfy(\.isSkipped)
            if !isWhole { skip(&states[position], members: false) }
        }
    }

    private func skip(_ state: inout State, members: Bool = true) {
        (state.holds, state.isSkipped, state.violations) = (true, true, 0)
        guard members else { return }
        for index in (state.members ?? []).indices {
            (state.members![index].holds, state.members![index].isSkipped) = (true, true)
        }
    }

    /// Composites by what became of their members; one whose members are all skipped says nothing.
    private func aggregate(_ states: inout [State]) {
        for (position, rule) in rules.rules.enumerated() {
            guard var members = states[position].members else { continue }
            let resting = rule.dependencies.filter { !$0.contains("-D-") }
            for index in members.indices {
                let name = !resting.isEmpty && resting.count == members.count ? resting[index] : members[index].rule
                guard let source = name.flatMap({ rules.positions[$0] }) else { continue }
                (members[index].holds, members[index].isSkipped) = (states[source].holds, states[source].isSkipped)
            }
            states[position].members = members
            let judged = members.filter { !$0.isSkipped }
            guard !judged.isEmpty else {
                skip(&states[position], members: false)
                continue
            }
            let holds = states[position].isAny ? judged.contains(where: \.holds) : judged.allSatisfy(\.holds)
            states[position].holds = holds
            if holds { states[position].violations = 0 }
        }
    }
}

import FinOps

/// What a program is told: which seat, which month, the facts, the verdicts so far, and what it may look at by digest. Names that
/// people chose stand in a field of their own. docs/schemas/role-request.schema.json is this in JSON Schema.
struct RoleRequest: Encodable {
    struct Figure: Encodable {
        let unit: Fact.Unit
        let value: ExactDecimal?
        let currency: Currency?
        let label: String
    }

    struct Judgement: Encodable {
        let gate: GateID
        let outcome: Verdict.Outcome
    }

    struct Name: Encodable {
        let prefix: String
        let name: String
    }

    struct Untrusted: Encodable {
        let names: [Name]
    }

    let `protocol` = RoleProgram.protocolName
    let role: String
    let phase: PhaseID
    let period: BillingMonth
    let deadlineSeconds: Int
    let facts: [String: Figure]
    let verdicts: [Judgement]
    let inputs: [ExaminedItem]
    let untrusted: Untrusted

    init(_ program: RoleProgram, period: BillingMonth, _ briefing: RoleBriefing) {
        role = program.role
        phase = briefing.phase
        self.period = period
        deadlineSeconds = program.deadlineSeconds
        let book = briefing.facts
        facts = Dictionary(
            (book?.facts ?? []).map {
                ($0.id, Figure(unit: $0.unit, value: $0.value, currency: $0.currency, label: $0.label))
            }
        ) { first, _ in first }
        verdicts = briefing.verdicts.map { Judgement(gate: $0.gate, outcome: $0.outcome) }
        inputs = briefing.examined
        let subjects = book.map { $0.accounts + $0.services + $0.organizationalUnits } ?? []
        untrusted = Untrusted(
            names: subjects.map { Name(prefix: $0.factPrefix, name: UntrustedText($0.name).text) })
    }
}

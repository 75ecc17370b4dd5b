import FinOps

/// Where cost and organisation do not match: an outer join of the accounts that L3 charges and those Organizations lists.
struct EstateReview {
    let inventory: AccountInventory
    let collection: CostCollection?
    let facts: FactBook?
    /// Tags that every active account should carry.
    var requiredTags: [String] = []

    var findings: [RoleFinding] {
        switch inventory.scope {
        case .singleAccount:
            [
                RoleFinding(
                    id: "CA-10", severity: .advice,
                    text: "The month is about one account; what the organisation costs beyond it is not known.")
            ]
        case .organization:
            reviewTree() + reviewTags() + reviewCosts()
        }
    }

    private func reviewTags() -> [RoleFinding] {
        requiredTags.flatMap { key -> [RoleFinding] in
            let active = inventory.activeAccounts
            let unknown = active.filter { $0.tags == nil }.count
            let without = active.filter { ($0.tags?[key]).map(\.isEmpty) ?? ($0.tags != nil) }.map(\.id).sorted()
            let found =
                without.isEmpty
                ? []
                : [
                    RoleFinding(
                        id: "CA-17", severity: .advice,
                        text: "\(without.count) of \(active.count) active accounts lack the tag \(key): "
                            + "\(without.prefix(5).joined(separator: ", "))\(without.count > 5 ? ", …" : "").")
                ]
            return unknown == 0
                ? found
                : found + [
                    RoleFinding(
                        id: "CA-18", severity: .advice,
                        text: "Whether \(unknown) active accounts carry the tag \(key) is not known.")
                ]
        }
    }

    private func reviewTree() -> [RoleFinding] {
        let isUnknown = inventory.accounts.contains { $0.organizationalUnits == nil }
        let treeTroubles = inventory.troubles.filter { $0.operation != "organizations:ListTagsForResource" }
        guard isUnknown || !treeTroubles.isEmpty else { return [] }
        return [
            RoleFinding(
                id: "CA-13", severity: .advice,
                text:
                    "The tree of organisational units is incomplete: cost by unit and its guardrails cannot be reviewed."
            )
        ]
    }

    private func reviewCosts() -> [RoleFinding] {
        guard let collection, let ledger = collection.recordTypes.value else {
            return [
                RoleFinding(
                    id: "CA-16", severity: .problem,
                    text: "Cost by account is unknown, so accounts outside the organisation cannot be looked for.")
            ]
        }
        // Lines, not sums: an account whose charges and credits cancel is charged all the same.
        let charged = ledger.lines(in: collection.month).filter { line in line.amounts.known.contains { !$0.isZero } }
        let ids = Set(charged.compactMap { ledger.key(.account, of: $0) })
        let states = Dictionary(inventory.accounts.map { ($0.id, $0.state) }, uniquingKeysWith: { first, _ in first })
        return finding(
            "CA-11", .problem, ids.filter { states[$0] == nil },
            "is charged but not in the organisation: no guardrail of the organisation reaches it")
            + finding(
                "CA-12", .advice, ids.filter { [.suspended, .closed, .pendingClosure].contains(states[$0]) },
                "is suspended or closed and still costs")
    }

    private func finding(
        _ id: String, _ severity: RoleFinding.Severity, _ accounts: Set<String>, _ text: String
    ) -> [RoleFinding] {
        accounts.sorted().map { account in
            RoleFinding(id: id, severity: severity, facts: factIDs(of: account), text: "Account \(account) \(text).")
        }
    }

    private func factIDs(of account: String) -> [String] {
        guard let facts, let subject = facts.accounts.first(where: { $0.key == account }) else { return [] }
        let id = subject.factPrefix + ".net"
        return facts.facts.contains { $0.id == id } ? [id] : []
    }
}

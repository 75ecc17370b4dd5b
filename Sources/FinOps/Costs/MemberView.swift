/// What a member account sees of its own costs in Cost Explorer (L1d): the same store as L3, by another path.
public struct MemberView: Hashable, Codable, Sendable {
    public let account: String
    public let ledger: Observation<CostLedger>

    public init(account: String, ledger: Observation<CostLedger>) {
        self.account = account
        self.ledger = ledger
    }
}

/// A person's wish to have some members' own views read: each costs a billed request and needs a role in the member.
public struct MemberReread: Hashable, Codable, Sendable {
    /// The role to take on in each of them, with its path but without account: `FinOpsReadOnly`.
    public let role: String
    /// How many: the members that cost most.
    public let accounts: Int

    public init(role: String, accounts: Int) {
        self.role = role
        self.accounts = accounts
    }

    /// The active members that cost most in the month, by size without sign and then by id. Never the caller or the payer,
    /// whose view is L3 itself.
    public func sample(
        of inventory: AccountInventory, by recordTypes: CostLedger, _ metric: CostMetric, in month: BillingMonth
    ) -> [String] {
        let totals = recordTypes.totals(metric, in: month, by: .account)
        let members = inventory.activeAccounts.map(\.id).filter { id in
            totals[id] != nil && id != inventory.callerAccountID && id != inventory.managementAccountID
        }
        let sorted = members.sorted { left, right in
            let (one, other) = (totals[left]!.magnitude, totals[right]!.magnitude)
            return one == other ? left < right : one > other
        }
        return Array(sorted.prefix(accounts))
    }
}

/// Answers cost questions as a member account would. Throws `Trouble`.
public protocol MemberCostSource: Sendable {
    /// `role` as in `MemberReread`.
    func ledger(for query: CostQuery, as account: String, role: String) async throws -> CostLedger
}

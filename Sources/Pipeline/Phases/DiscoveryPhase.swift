import FinOps

/// Phase 2: which accounts the month is about, with the citation for their number.
struct DiscoveryPhase {
    let request: RunRequest
    let caller: CallerIdentity
    let services: CloudServices

    func work() async throws -> AccountInventory {
        guard request.scope == .organization else { return try await singleAccount(troubles: []) }
        switch try await observe({ try await services.directory.accounts() }) {
        case .known(let listing):
            return AccountInventory(
                scope: .organization, accounts: listing.accounts, managementAccountID: listing.managementAccountID,
                citation: "organizations:ListAccounts, \(listing.pages) pages", requestIDs: listing.requestIDs,
                troubles: [listing.treeTrouble].compactMap { $0 }, callerAccountID: caller.account)
        case .unknown(let trouble):
            return AccountInventory(
                scope: .organization, accounts: [], managementAccountID: nil, citation: "organizations:ListAccounts",
                requestIDs: [], troubles: [trouble], callerAccountID: caller.account)
        }
    }

    /// What G3's fallback means: one account, the caller's own, and every report says why. Any member may ask who manages its
    /// organisation, so that a member is recognised as one.
    func singleAccount(troubles: [Trouble]) async throws -> AccountInventory {
        let management = try await observe { try await services.directory.managementAccountID() }
        return AccountInventory(
            scope: .singleAccount,
            accounts: [Account(id: caller.account, name: caller.account, state: .unknown, organizationalUnits: nil)],
            managementAccountID: management.value, citation: "sts:GetCallerIdentity",
            requestIDs: [caller.requestID].compactMap { $0 },
            troubles: troubles, callerAccountID: caller.account, organizationTrouble: management.trouble)
    }
}

import FinOps

/// Phase 2: which accounts the month is about, with the citation for their number.
struct DiscoveryPhase {
    let request: RunRequest
    let caller: CallerIdentity
    let services: CloudServices

    func work() async throws -> AccountInventory {
        guard request.scope == .organization else { return singleAccount(troubles: []) }
        switch try await observe({ try await services.directory.accounts() }) {
        case .known(let listing):
            return AccountInventory(
                scope: .organization, accounts: listing.accounts, managementAccountID: listing.managementAccountID,
                citation: "organizations:ListAccounts, \(listing.pages) pages", requestIDs: listing.requestIDs,
                troubles: [listing.treeTrouble].compactMap { $0 })
        case .unknown(let trouble):
            return AccountInventory(
                scope: .organization, accounts: [], managementAccountID: nil, citation: "organizations:ListAccounts",
                requestIDs: [], troubles: [trouble])
        }
    }

    /// What G3's fallback means: one account, the caller's own, and every report says why.
    func singleAccount(troubles: [Trouble]) -> AccountInventory {
        AccountInventory(
            scope: .singleAccount,
            accounts: [Account(id: caller.account, name: caller.account, state: .unknown, organizationalUnits: nil)],
            managementAccountID: nil, citation: "sts:GetCallerIdentity",
            requestIDs: [caller.requestID].compactMap { $0 },
            troubles: troubles)
    }
}

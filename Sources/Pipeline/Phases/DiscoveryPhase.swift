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
            let (accounts, tagTrouble) = try await tagged(listing.accounts)
            let origin = request.monthExport?.origin
            return AccountInventory(
                scope: .organization, accounts: accounts, managementAccountID: listing.managementAccountID,
                citation: origin?.words ?? "organizations:ListAccounts, \(listing.pages) pages",
                requestIDs: listing.requestIDs, troubles: [listing.treeTrouble, tagTrouble].compactMap { $0 },
                callerAccountID: caller.account, origin: origin)
        case .unknown(let trouble):
            return AccountInventory(
                scope: .organization, accounts: [], managementAccountID: nil, citation: "organizations:ListAccounts",
                requestIDs: [], troubles: [trouble], callerAccountID: caller.account)
        }
    }

    /// With the tags somebody wants every account to carry, and no others: the rest is nobody's business.
    private func tagged(_ accounts: [Account]) async throws -> ([Account], Trouble?) {
        guard let wanted = request.requiredAccountTags, !wanted.isEmpty, !accounts.isEmpty else {
            return (accounts, nil)
        }
        let found = try await services.directory.tags(of: accounts.map(\.id))
        return (
            accounts.map { account in
                account.with(tags: found.byAccount[account.id].map { tags in tags.filter { wanted.contains($0.key) } })
            }, found.trouble
        )
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

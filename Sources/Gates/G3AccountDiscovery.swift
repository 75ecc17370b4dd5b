public import FinOps

/// The month is about accounts that AWS itself named. When the organisation cannot be read, the run falls back to the
/// caller's own account, is judged again, and every report says what could not be seen.
public struct G3AccountDiscovery: Gate {
    public let id = GateID.g3
    public let title = "Account discovery"
    public let criterion =
        "The Organizations API returns at least one account; a month from an export alone takes those it charges."
    public let onFailure = GateAction.fallBackToSingleAccount

    public init() {}

    public func judge(_ product: AccountInventory, under policy: RunPolicy) -> Verdict {
        if let origin = product.origin { return judgeExport(product, origin) }
        return switch product.scope {
        case .organization: judgeOrganization(product)
        case .singleAccount: judgeSingleAccount(product)
        }
    }

    private func judgeExport(_ inventory: AccountInventory, _ origin: ExportOrigin) -> Verdict {
        guard !inventory.accounts.isEmpty else {
            return failed(["\(origin.source) names no account."], action: .halt)
        }
        return advised(
            ["\(inventory.accounts.count) accounts, those that \(origin.words) name: the organisation was not asked."])
    }

    private func judgeOrganization(_ inventory: AccountInventory) -> Verdict {
        let troubles = inventory.troubles
        guard !inventory.accounts.isEmpty else {
            let why = troubles.map { "The organisation could not be read: \($0.attribution)." }
            return failed(
                why.isEmpty ? ["\(inventory.citation) returned no account."] : why + troubles.compactMap(\.hint),
                trouble: troubles.first)
        }
        let count =
            "\(inventory.accounts.count) accounts, \(inventory.activeAccounts.count) active, "
            + "from \(inventory.citation)."
        guard troubles.isEmpty else {
            return advised(
                [
                    "The organisation was read only in part: \(troubles.map(\.attribution).joined(separator: ", ")).",
                    count,
                ],
                trouble: troubles.first)
        }
        return passed(count)
    }

    private func judgeSingleAccount(_ inventory: AccountInventory) -> Verdict {
        guard let account = inventory.accounts.first else {
            return failed(
                ["Not even one account is known: \(inventory.citation)."], trouble: inventory.troubles.first,
                action: .halt)
        }
        let unseen = "Other accounts of the organisation are not in this month."
        guard let trouble = inventory.troubles.first else {
            return advised(["Only account \(account.id) was asked for. \(unseen)"])
        }
        return advised(
            [
                "The organisation could not be read, so the month is about account \(account.id) alone: "
                    + "\(trouble.attribution). \(unseen)"
            ] + inventory.troubles.compactMap(\.hint), trouble: trouble)
    }
}

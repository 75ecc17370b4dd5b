/// What the calling account is to its organisation, hence how much of the bill it may see.
public enum CallerStanding: String, Hashable, Codable, Sendable {
    /// Pays for every account and sees them all.
    case managementAccount = "management_account"
    /// May list the organisation's accounts without being its payer.
    case delegatedAdministrator = "delegated_administrator"
    case member
    /// In no organisation: its own payer.
    case standalone
    case unknown
}

extension AccountInventory {
    /// Only the management account and delegated administrators may list accounts, and any member may ask who manages it.
    public var callerStanding: CallerStanding {
        guard let caller = callerAccountID else { return .unknown }
        if let management = managementAccountID {
            if management == caller { return .managementAccount }
            return scope == .organization && !accounts.isEmpty ? .delegatedAdministrator : .member
        }
        return organizationTrouble?.code == Self.notInOrganization ? .standalone : .unknown
    }

    /// What the month may not show, in sentences: the boundary of the caller's sight. Empty for a payer who was asked about
    /// everything.
    public var blindSpots: [String] {
        if let origin { return origin.blindSpots }
        let caller = callerAccountID ?? "the caller"
        let management = managementAccountID ?? "unknown"
        return switch (callerStanding, scope) {
        case (.managementAccount, .organization), (.standalone, _): []
        case (.managementAccount, .singleAccount):
            ["Only account \(caller) was looked at; the other accounts it pays for are not in this month."]
        case (.delegatedAdministrator, _):
            [
                "Account \(caller) is a delegated administrator, not the management account \(management): "
                    + "AWS may show it only its own costs, and the invoices and budgets of \(management) are out of sight."
            ]
        case (.member, _):
            [
                "Account \(caller) is a member of the organisation that \(management) pays for: costs of other accounts, "
                    + "and tax, support fees and discounts booked on \(management), are out of sight."
            ]
        case (.unknown, _):
            ["Whether account \(caller) sees the whole bill could not be established."]
        }
    }

    /// AWS's code for an account that belongs to no organisation.
    static let notInOrganization = "AWSOrganizationsNotInUseException"
}

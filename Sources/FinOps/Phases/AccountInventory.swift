/// Phase 2: which accounts the month is about. A count is never given without the call it came from.
public struct AccountInventory: Hashable, Codable, Sendable {
    public let scope: RunRequest.Scope
    public let accounts: [Account]
    public let managementAccountID: String?
    /// The operation the accounts come from, e.g. `organizations:ListAccounts`, with pages and request ids.
    public let citation: String
    public let requestIDs: [String]
    /// Why the organisation could not be read, when G3 fell back to the single account or the tree is incomplete.
    public let troubles: [Trouble]
    /// The account the credentials belong to.
    public let callerAccountID: String?
    /// Why `organizations:DescribeOrganization` did not say who manages the organisation.
    public let organizationTrouble: Trouble?
    /// The export whose line items name the accounts; nil when the organisation was asked.
    public let origin: ExportOrigin?

    public init(
        scope: RunRequest.Scope, accounts: [Account], managementAccountID: String?, citation: String,
        requestIDs: [String], troubles: [Trouble], callerAccountID: String? = nil, organizationTrouble: Trouble? = nil,
        origin: ExportOrigin? = nil
    ) {
        self.scope = scope
        self.accounts = accounts
        self.managementAccountID = managementAccountID
        self.citation = citation
        self.requestIDs = requestIDs
        self.troubles = troubles
        self.callerAccountID = callerAccountID
        self.organizationTrouble = organizationTrouble
        self.origin = origin
    }

    public var activeAccounts: [Account] { accounts.filter { $0.state == .active } }
}

/// An account of the organisation as `organizations:ListAccounts` describes it.
public struct Account: Hashable, Codable, Sendable {
    /// Twelve digits, a string: leading zeros matter.
    public let id: String
    /// Chosen by a person, hence untrusted text: every renderer escapes it.
    public let name: String
    public let state: AccountState
    /// The organisational units from the root down, e.g. `["Workloads", "Prod"]`; nil when the tree could not be read.
    public let organizationalUnits: [String]?

    public init(id: String, name: String, state: AccountState, organizationalUnits: [String]?) {
        self.id = id
        self.name = name
        self.state = state
        self.organizationalUnits = organizationalUnits
    }
}

/// `Account.State`, or the retiring `Account.Status` where an endpoint still sends only that.
public enum AccountState: String, Hashable, Codable, Sendable, CaseIterable {
    case active = "ACTIVE"
    case suspended = "SUSPENDED"
    case pendingActivation = "PENDING_ACTIVATION"
    case pendingClosure = "PENDING_CLOSURE"
    case closed = "CLOSED"
    case unknown = "UNKNOWN"
}

/// The accounts the organisation names, drained over every page. Throws `Trouble`.
public protocol AccountDirectory: Sendable {
    func accounts() async throws -> AccountListing
    /// Who pays for the caller's organisation; any member may ask.
    func managementAccountID() async throws -> String
}

/// What one listing returned, with the citation an auditor needs for the count.
public struct AccountListing: Hashable, Codable, Sendable {
    public let accounts: [Account]
    public let managementAccountID: String?
    /// Number of pages read from `organizations:ListAccounts` and the request id of each.
    public let pages: Int
    public let requestIDs: [String]
    /// Why the tree of organisational units is incomplete, if it is.
    public let treeTrouble: Trouble?

    public init(
        accounts: [Account], managementAccountID: String?, pages: Int, requestIDs: [String], treeTrouble: Trouble? = nil
    ) {
        self.accounts = accounts
        self.managementAccountID = managementAccountID
        self.pages = pages
        self.requestIDs = requestIDs
        self.treeTrouble = treeTrouble
    }
}

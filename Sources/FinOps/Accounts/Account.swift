/// An account of the organisation as `organizations:ListAccounts` describes it.
public struct Account: Hashable, Codable, Sendable {
    /// Twelve digits, a string: leading zeros matter.
    public let id: String
    /// Chosen by a person, hence untrusted text: every renderer escapes it.
    public let name: String
    public let state: AccountState
    /// The organisational units from the root down, e.g. `["Workloads", "Prod"]`; nil when the tree could not be read.
    public let organizationalUnits: [String]?
    /// The tags that were asked for, by key; nil when they were not asked for or could not be read.
    public let tags: [String: String]?

    public init(
        id: String, name: String, state: AccountState, organizationalUnits: [String]?, tags: [String: String]? = nil
    ) {
        self.id = id
        self.name = name
        self.state = state
        self.organizationalUnits = organizationalUnits
        self.tags = tags
    }

    /// What the tag `Owner` says, in whatever capitals; nil where it was not read, or is empty.
    public var owner: String? {
        tags?.filter { $0.key.lowercased() == "owner" && !$0.value.isEmpty }.min { $0.key < $1.key }?.value
    }

    public func with(tags: [String: String]?) -> Account {
        Account(id: id, name: name, state: state, organizationalUnits: organizationalUnits, tags: tags)
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
    /// The tags of each account; one request an account, free, so asked only where somebody wants them. An account whose
    /// tags cannot be read costs only itself.
    func tags(of accounts: [String]) async throws -> AccountTags
}

/// What was found about the tags of some accounts.
public struct AccountTags: Hashable, Codable, Sendable {
    /// Account id → tag key → value, every account that answered.
    public let byAccount: [String: [String: String]]
    /// Why the others did not; nil when there are none.
    public let trouble: Trouble?

    public init(byAccount: [String: [String: String]], trouble: Trouble?) {
        self.byAccount = byAccount
        self.trouble = trouble
    }
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

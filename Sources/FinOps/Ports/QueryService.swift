/// An engine at a provider that answers SQL and bills by the bytes it scans.
public protocol QueryService: Sendable {
    /// Runs one query to its end. Asked again with the same token it is not run again. A task that is cancelled stops the
    /// query. Throws `Trouble` when nobody knows how it ended.
    func run(_ query: RemoteQuery) async throws -> RemoteQueryEnd
    /// The most bytes that a work group lets one query scan; nil when it sets no such limit. Throws `Trouble`.
    func scanLimitBytes(of workGroup: String) async throws -> Int?
    /// How the catalogue describes a table. Throws `Trouble`.
    func description(of table: String, in database: String) async throws -> TableDescription
    /// Where the files of a registered partition lie, by its values in the order of the table's keys. Throws `Trouble`.
    func location(ofPartition values: [String], of table: String, in database: String) async throws -> ObjectAddress
}

/// A table as the provider's catalogue describes it.
public struct TableDescription: Hashable, Sendable {
    /// Where all of its files lie.
    public let location: ObjectAddress
    public let partitionKeys: [String]
    /// Where a partition's files lie when partitions are projected and not registered, with `${key}` for each value.
    public let projectedLocation: String?

    public init(location: ObjectAddress, partitionKeys: [String], projectedLocation: String?) {
        self.location = location
        self.partitionKeys = partitionKeys
        self.projectedLocation = projectedLocation
    }
}

public struct RemoteQuery: Hashable, Sendable {
    public let sql: String
    public let database: String
    public let workGroup: String
    /// Where the provider writes the result; nil leaves it to the work group.
    public let results: ObjectAddress?
    /// Names the question with everything that could change its answer.
    public let token: Digest
    /// The query is stopped when the provider says that it has scanned more.
    public let stopAfterBytes: Int

    public init(
        sql: String, database: String, workGroup: String, results: ObjectAddress?, token: Digest, stopAfterBytes: Int
    ) {
        self.sql = sql
        self.database = database
        self.workGroup = workGroup
        self.results = results
        self.token = token
        self.stopAfterBytes = stopAfterBytes
    }
}

/// How a query ended, and what it scanned.
public struct RemoteQueryEnd: Sendable {
    public enum Outcome: Sendable {
        /// Values as text, null as nil; every row has one for each column.
        case answered(columns: [String], rows: [[String?]])
        /// In the provider's own words.
        case failed(reason: String)
        /// It scanned more than it may.
        case stopped
    }

    public let outcome: Outcome
    /// The provider's name for this execution.
    public let id: String
    public let scannedBytes: Int
    /// False when an earlier request with the same token ran it.
    public let isNew: Bool
    public let pages: [QueryRecord.Page]

    public init(outcome: Outcome, id: String, scannedBytes: Int, isNew: Bool, pages: [QueryRecord.Page] = []) {
        self.outcome = outcome
        self.id = id
        self.scannedBytes = scannedBytes
        self.isNew = isNew
        self.pages = pages
    }
}

/// What auditors call information produced by the entity: the exact question, each page of the answer by digest and
/// request id, and the row count, so that completeness and accuracy can be checked without asking AWS again.
public struct QueryRecord: Hashable, Codable, Sendable {
    public struct Page: Hashable, Codable, Sendable {
        public let requestID: String?
        public let receivedAt: Timestamp
        public let bodySHA256: Digest
        public let bytes: Int
        /// An earlier run paid for it and it was kept: request id and time are the original's.
        public let isFromCache: Bool

        public init(
            requestID: String?, receivedAt: Timestamp, bodySHA256: Digest, bytes: Int, isFromCache: Bool = false
        ) {
            self.requestID = requestID
            self.receivedAt = receivedAt
            self.bodySHA256 = bodySHA256
            self.bytes = bytes
            self.isFromCache = isFromCache
        }
    }

    /// `L1`, `forecast`, …
    public let id: String
    /// `ce:GetCostAndUsage`.
    public let operation: String
    /// The request's JSON body, byte for byte; its digest identifies the question.
    public let parameters: String
    public let parametersSHA256: Digest
    public let pages: [Page]
    public let rows: Int

    public init(
        id: String, operation: String, parameters: String, parametersSHA256: Digest, pages: [Page], rows: Int
    ) {
        self.id = id
        self.operation = operation
        self.parameters = parameters
        self.parametersSHA256 = parametersSHA256
        self.pages = pages
        self.rows = rows
    }
}

public import FinOps

/// An object of a bucket as it was when it was listed or looked at.
public struct StoredObject: Hashable, Sendable {
    public let bucket: String
    public let key: String
    public let bytes: Int
    /// Names these very bytes: another version has another. In quotes, as S3 sends it.
    public let entityTag: String
    public let lastModified: Timestamp?

    public init(bucket: String, key: String, bytes: Int, entityTag: String, lastModified: Timestamp?) {
        self.bucket = bucket
        self.key = key
        self.bytes = bytes
        self.entityTag = entityTag
        self.lastModified = lastModified
    }
}

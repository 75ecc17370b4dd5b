public import Foundation

/// Buckets, as far as they are read. Every call throws `Trouble`.
public protocol ObjectSource: Sendable {
    /// Every object whose key begins with `prefix`, in the order of keys.
    func list(_ bucket: String, prefix: String) async throws -> [StoredObject]
    /// One object as it is now; `noData` when there is none.
    func look(at key: String, in bucket: String) async throws -> StoredObject
    /// Some bytes of exactly this version; `inconsistent` when the object has been replaced since.
    func read(_ object: StoredObject, bytes: Range<Int>) async throws -> Data
}

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

/// `s3://BUCKET/KEY`; the key may be a prefix, or empty.
public struct ObjectAddress: Hashable, Sendable, CustomStringConvertible {
    public let bucket: String
    /// Without slashes at its ends.
    public let key: String

    public init(bucket: String, key: String) {
        self.bucket = bucket
        self.key = key
    }

    /// Nil when it does not begin with `s3://` and a bucket.
    public init?(_ text: String) {
        guard text.hasPrefix("s3://") else { return nil }
        let parts = text.dropFirst(5).split(separator: "/").map(String.init)
        guard let bucket = parts.first, !text.dropFirst(5).hasPrefix("/") else { return nil }
        self.init(bucket: bucket, key: parts.dropFirst().joined(separator: "/"))
    }

    public var description: String { "s3://\(bucket)" + (key.isEmpty ? "" : "/\(key)") }
}

public import FinOps
public import Foundation
import HTTP
import SigV4

/// Reads buckets: what is there, and the bytes of an object, all of one version. S3 bills such requests in millionths of a
/// dollar, which the meter leaves out.
public struct ObjectStore: ObjectSource {
    let caller: any AWSCaller
    let endpoints: EndpointTable

    /// Every object whose key begins with `prefix`, over all pages, in the order of S3.
    public func list(_ bucket: String, prefix: String = "") async throws -> [StoredObject] {
        try await list(bucket, prefix: prefix, pageSize: 1_000)
    }

    /// - Parameter pageSize: At most so many a request, 1 to 1,000.
    func list(_ bucket: String, prefix: String, pageSize: Int) async throws -> [StoredObject] {
        let place = try BucketAddress(bucket, endpoint: endpoints[.storage])
        let pages = try await Paging.drain(.listObjects, token: \ObjectPage.token) { token in
            var query = ["list-type": "2", "max-keys": "\(pageSize)", "prefix": prefix]
            query["continuation-token"] = token
            let text = query.sorted { $0.key < $1.key }.map { "\($0.key)=\(FormBody.escaped($0.value))" }
                .joined(separator: "&")
            return try await caller.call(.listObjects, place.message(.get(place.path(""), query: text))) {
                try ObjectPage($0.body, bucket: bucket)
            }
        }
        return pages.flatMap(\.value.objects)
    }

    /// Size and version of one object. Throws `Trouble`: `no_data` when there is none.
    public func look(at key: String, in bucket: String) async throws -> StoredObject {
        let place = try BucketAddress(bucket, endpoint: endpoints[.storage])
        do {
            return try await caller.call(.headObject, place.message(.head(place.path(key)))) { response in
                guard let bytes = response.headers["Content-Length"].flatMap({ Int($0) }),
                    let tag = response.headers["ETag"]
                else { throw Unusable() }
                return StoredObject(
                    bucket: bucket, key: key, bytes: bytes, entityTag: tag,
                    lastModified: response.headers["Last-Modified"].flatMap { Timestamp(httpDate: $0) })
            }.value
        } catch let trouble as Trouble where trouble.code == "HTTP404" {
            // An answer to HEAD has no body that could say so.
            throw Trouble(
                .noData, code: "NoSuchKey", message: "there is no \(key) in bucket \(bucket)",
                operation: trouble.operation, requestID: trouble.requestID)
        }
    }

    /// Some bytes of exactly this version. Throws `Trouble`: `inconsistent` when the object has been replaced since.
    public func read(_ object: StoredObject, bytes: Range<Int>) async throws -> Data {
        precondition(bytes.lowerBound >= 0 && bytes.upperBound <= object.bytes, "beyond the object")
        guard !bytes.isEmpty else { return Data() }
        let place = try BucketAddress(object.bucket, endpoint: endpoints[.storage])
        let message = place.message(
            .get(
                place.path(object.key),
                headers: [
                    .init("If-Match", object.entityTag),
                    .init("Range", "bytes=\(bytes.lowerBound)-\(bytes.upperBound - 1)"),
                ]))
        return try await caller.call(.getObject, message) { response in
            // Whoever ignores the range sends something else than was asked for.
            guard response.status == 206, response.body.count == bytes.count else { throw Unusable() }
            return response.body
        }.value
    }

    private struct Unusable: Error {}
}

/// Where a bucket answers: at a host of its own at AWS, below the path where somebody named another endpoint.
private struct BucketAddress {
    private let bucket: String
    private let hostPrefix: String

    init(_ bucket: String, endpoint: EndpointTable.Endpoint) throws {
        let allowed = Set("abcdefghijklmnopqrstuvwxyz0123456789.-")
        guard (3...63).contains(bucket.count), bucket.allSatisfy(allowed.contains),
            bucket.first?.isLetter == true
                || bucket.first?.isNumber == true
        else {
            throw InputError(
                "invalid_bucket", "`\(bucket)` is not the name of a bucket",
                hint: "3 to 63 lower-case letters, digits, dots and hyphens")
        }
        self.bucket = bucket
        // A certificate covers one label before the host.
        hostPrefix = endpoint.origin == .builtIn && !bucket.contains(".") ? bucket + "." : ""
    }

    func path(_ key: String) -> String {
        let escaped = key.split(separator: "/", omittingEmptySubsequences: false).map { FormBody.escaped(String($0)) }
        return (hostPrefix.isEmpty ? "/\(bucket)" : "") + "/" + escaped.joined(separator: "/")
    }

    func message(_ message: CallMessage) -> CallMessage {
        var message = message
        message.hostPrefix = hostPrefix
        return message
    }
}

private struct ObjectPage: Sendable {
    let objects: [StoredObject]
    /// Nil on the last page.
    let token: String?

    init(_ bytes: Data, bucket: String) throws {
        let root = try XMLNode(parsing: bytes)
        guard root.name == "ListBucketResult", let isTruncated = root.child("IsTruncated")?.text else {
            throw Unreadable()
        }
        objects = try root.children.filter { $0.name == "Contents" }.map { item in
            guard let key = item.child("Key")?.text, let size = item.child("Size").flatMap({ Int($0.text) }),
                let tag = item.child("ETag")?.text
            else { throw Unreadable() }
            return StoredObject(
                bucket: bucket, key: key, bytes: size, entityTag: tag,
                lastModified: item.child("LastModified").flatMap { Timestamp(iso8601: $0.text) })
        }
        token = root.child("NextContinuationToken")?.text
        // More is there, and nothing says how to get it.
        guard isTruncated == "false" || token?.isEmpty == false else { throw Unreadable() }
    }

    private struct Unreadable: Error {}
}

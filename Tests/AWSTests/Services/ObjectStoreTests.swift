import FinOps
import Foundation
import HTTP
import Testing

@testable import AWS

@Suite struct ObjectStoreTests {
    private static let object = StoredObject(
        bucket: "bills", key: "a b/é+.gz", bytes: 10, entityTag: #""tag""#, lastModified: nil)

    private func store(_ steps: [ScriptedWire.Step], environment: [String: String] = [:]) throws -> (
        ObjectStore, ScriptedWire
    ) {
        let wire = ScriptedWire(steps)
        return (try services(wire, environment: staticKeys.merging(environment) { $1 }).objects, wire)
    }

    private static func page(_ keys: [String], token: String? = nil) -> ScriptedWire.Step {
        let contents = keys.map { key in
            "<Contents><Key>\(key)</Key><LastModified>2026-03-01T02:03:04.000Z</LastModified>"
                + "<ETag>&quot;e-\(key)&quot;</ETag><Size>5</Size><StorageClass>STANDARD</StorageClass></Contents>"
        }
        let next = token.map { "<NextContinuationToken>\($0)</NextContinuationToken>" } ?? ""
        return .json(
            #"<?xml version="1.0" encoding="UTF-8"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">"#
                + "<Name>bills</Name><IsTruncated>\(token != nil)</IsTruncated>\(next)\(contents.joined())"
                + "</ListBucketResult>")
    }

    private static func part(_ text: String, status: Int = 206) -> ScriptedWire.Step {
        .answer(HTTPResponse(status: status, body: Data(text.utf8)))
    }

    @Test func `a listing is drained, and asked in the order of its parameters`() async throws {
        let (store, wire) = try store([Self.page(["p/a"], token: "t/1="), Self.page([]), Self.page(["p/b"])])
        let found = try await store.list("bills", prefix: "p/", pageSize: 2)
        // The second page is empty and the last: it carries no token.
        #expect(found.map(\.key) == ["p/a"])
        #expect(found.first?.entityTag == #""e-p/a""# && found.first?.bytes == 5)
        #expect(found.first?.lastModified == Timestamp("2026-03-01T02:03:04Z"))
        let host = "https://bills.s3.us-east-1.amazonaws.com/"
        #expect(
            wire.requests.map(\.url) == [
                host + "?list-type=2&max-keys=2&prefix=p%2F",
                host + "?continuation-token=t%2F1%3D&list-type=2&max-keys=2&prefix=p%2F",
            ])
        #expect(wire.requests[0].method == "GET" && wire.requests[0].body == nil)
        #expect(wire.requests[0].headers["Host"] == "bills.s3.us-east-1.amazonaws.com")
        #expect(wire.requests[0].headers["X-Amz-Content-Sha256"] != nil)
    }

    @Test func `an endpoint somebody named, and a bucket with dots, have the bucket in the path`() async throws {
        let (named, wire) = try store([Self.page([])], environment: ["AWS_ENDPOINT_URL_S3": "http://127.0.0.1:9/base"])
        _ = try await named.list("bills")
        #expect(wire.requests[0].url.hasPrefix("http://127.0.0.1:9/base/bills/?list-type=2"))
        let (dotted, other) = try store([Self.page([])])
        _ = try await dotted.list("my.bills")
        #expect(other.requests[0].url.hasPrefix("https://s3.us-east-1.amazonaws.com/my.bills/?"))
    }

    @Test(arguments: [
        "<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>", "<html></html>", "<ListBucketResult/>",
        "<ListBucketResult><IsTruncated>false</IsTruncated><Contents><Key>k</Key></Contents></ListBucketResult>",
    ])
    func `a listing that cannot be whole is trouble`(text: String) async throws {
        let (store, _) = try store([.json(text)])
        #expect(await trouble { try await store.list("bills") }?.kind == .unreachable)
    }

    @Test func `bytes are asked for by range and version, and the key is escaped once`() async throws {
        let (store, wire) = try store([Self.part("cdef")])
        #expect(try await store.read(Self.object, bytes: 2..<6) == Data("cdef".utf8))
        let request = wire.requests[0]
        #expect(request.url == "https://bills.s3.us-east-1.amazonaws.com/a%20b/%C3%A9%2B.gz")
        #expect(request.headers["Range"] == "bytes=2-5" && request.headers["If-Match"] == #""tag""#)
    }

    @Test func `a bucket of another region is told from the rest, with what to set`() async throws {
        let body = Data("<Error><Code>PermanentRedirect</Code><Message>m</Message></Error>".utf8)
        let (store, wire) = try store([
            .answer(HTTPResponse(status: 301, headers: ["x-amz-bucket-region": "eu-west-1"], body: body))
        ])
        let trouble = await trouble { try await store.list("bills") }
        #expect(trouble?.code == "PermanentRedirect" && wire.requests.count == 1)
        #expect(trouble?.hint == "the bucket lies in eu-west-1: set AWS_REGION=eu-west-1")
    }

    @Test func `another version, a short part and an ignored range are never its bytes`() async throws {
        let (replaced, _) = try store([
            .json("<Error><Code>PreconditionFailed</Code><Message>m</Message></Error>", status: 412)
        ])
        #expect(await trouble { try await replaced.read(Self.object, bytes: 0..<4) }?.kind == .inconsistent)
        for step in [Self.part("abc"), Self.part("abcdefghij", status: 200)] {
            let (store, _) = try store([step])
            #expect(await trouble { try await store.read(Self.object, bytes: 0..<4) }?.kind == .unreachable)
        }
    }

    @Test func `no bytes are not asked for`() async throws {
        let (store, wire) = try store([Self.part("x")])
        #expect(try await store.read(Self.object, bytes: 3..<3).isEmpty)
        #expect(wire.requests.isEmpty)
    }

    @Test func `looking at an object sends HEAD and reads the headers`() async throws {
        let headers: HTTPHeaders = [
            "Content-Length": "7", "ETag": #""e""#, "Last-Modified": "Sun, 01 Mar 2026 02:03:04 GMT",
        ]
        let (store, wire) = try store([.answer(HTTPResponse(status: 200, headers: headers, body: Data()))])
        let found = try await store.look(at: "k", in: "bills")
        #expect(
            found
                == StoredObject(
                    bucket: "bills", key: "k", bytes: 7, entityTag: #""e""#,
                    lastModified: Timestamp("2026-03-01T02:03:04Z")))
        #expect(wire.requests[0].method == "HEAD")
    }

    @Test func `what is not there is no data`() async throws {
        let (store, _) = try store([.answer(HTTPResponse(status: 404, body: Data()))])
        let trouble = await trouble { try await store.look(at: "k", in: "bills") }
        #expect(trouble?.kind == .noData && trouble?.operation == "s3:HeadObject")
    }

    @Test(arguments: ["", "ab", "UPPER", "a/b", "-ab", "a b"])
    func `a name that is none is refused before anything is sent`(name: String) async throws {
        let (store, wire) = try store([Self.page([])])
        await #expect(throws: InputError.self) { try await store.list(name) }
        #expect(wire.requests.isEmpty)
    }
}

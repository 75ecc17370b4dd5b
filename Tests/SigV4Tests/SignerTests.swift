import Foundation
import Testing

@testable import SigV4

@Suite struct SignerTests {
    @Test func `all thirty-eight published cases are here`() {
        #expect(PublishedVector.all.count == 38)
    }

    @Test(arguments: PublishedVector.all)
    func `a signed header is what AWS published`(vector: PublishedVector) throws {
        let omitsToken = vector.omit_session_token ?? false
        let added = vector.signer.headers(
            signing: vector.wireRequest, at: PublishedVector.time, includesBodyDigest: vector.sign_body ?? false,
            signsToken: !omitsToken)
        let authorization = try #require(added.last { $0.name == "Authorization" })
        #expect(authorization.value.hasSuffix("Signature=\(vector.header_signature)"))
        let names = vector.header_canonical_request.components(separatedBy: "\n").dropLast().last ?? ""
        #expect(authorization.value.contains("SignedHeaders=\(names), "))
        #expect(added.contains { $0.name == "X-Amz-Security-Token" } == (vector.token != nil))
    }

    @Test(arguments: PublishedVector.all)
    func `a signed query is what AWS published`(vector: PublishedVector) throws {
        let query = vector.signer.query(
            signing: vector.wireRequest, at: PublishedVector.time, expiresAfterSeconds: 3600,
            signsToken: !(vector.omit_session_token ?? false))
        #expect(query.hasSuffix("&X-Amz-Signature=\(vector.query_signature)"))
        #expect(query.contains("X-Amz-Security-Token=") == (vector.token != nil))
    }

    @Test(arguments: PublishedVector.all)
    func `the canonical request is what AWS published`(vector: PublishedVector) throws {
        var request = vector.wireRequest
        let lines = vector.header_canonical_request.components(separatedBy: "\n")
        let names = Set(try #require(lines.dropLast().last).components(separatedBy: ";"))
        let added = vector.signer.headers(
            signing: request, at: PublishedVector.time, includesBodyDigest: vector.sign_body ?? false)
        request.headers += added.filter { $0.name != "Authorization" }
        let canonical = CanonicalRequest(
            request, query: request.query, signing: names, pathRule: vector.signer.pathRule,
            payloadHash: CanonicalRequest.hash(of: request.body))
        #expect(canonical.text == vector.header_canonical_request)
    }

    @Test func `an S3 key is escaped once and never resolved`() {
        #expect(PathRule.escapedOnce.canonicalPath("/b/a//../k=1%20%2B") == "/b/a//../k%3D1%20%2B")
        #expect(PathRule.escapedOnce.canonicalPath("/a%2Fb/100%/é%e9") == "/a%2Fb/100%25/%C3%A9%e9")
        #expect(PathRule.standard.canonicalPath("/a//../k=1%20") == "/k%3D1%2520")
        #expect(PathRule.standard.canonicalPath("") == "/")
    }

    @Test func `names sort by their bytes`() {
        #expect(CanonicalRequest.canonicalQuery("b=2&a=2&a=1&%C3%A9=1&Z=&key") == "%C3%A9=1&Z=&a=1&a=2&b=2&key=")
    }

    @Test func `credentials never print their secret`() {
        let credentials = SigningCredentials(
            accessKeyID: "AKID", secretAccessKey: "do-not-print", sessionToken: "nor-this")
        var dumped = ""
        dump(credentials, to: &dumped)
        for text in ["\(credentials)", String(reflecting: credentials), dumped] {
            #expect(text.contains("AKID"))
            #expect(!text.contains("do-not-print") && !text.contains("nor-this"))
        }
    }
}

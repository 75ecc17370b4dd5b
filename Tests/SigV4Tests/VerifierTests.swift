import Foundation
import Testing

@testable import SigV4

@Suite struct VerifierTests {
    private let time = SigningTime("20260310T101112Z")!
    private let signer = Signer(
        SigningCredentials(accessKeyID: "AKID", secretAccessKey: "secret", sessionToken: "token"), region: "us-east-1",
        service: "ce")
    private let verifier = Verifier { $0 == "AKID" ? "secret" : nil }
    private let request = WireRequest(
        method: "POST", path: "/a%20b", query: "b=2&a",
        headers: [.init("Host", "ce.example"), .init("X-One", " 1  2 ")],
        body: Data("{}".utf8))

    private func signed(_ change: (inout [WireRequest.Header]) -> Void = { _ in }) -> WireRequest {
        var copy = request
        copy.headers += signer.headers(signing: request, at: time, includesBodyDigest: true)
        change(&copy.headers)
        return copy
    }

    @Test func `what was signed in the header is accepted`() throws {
        guard case .accepted(let claim) = verifier.verify(signed(), now: time) else {
            Issue.record("refused")
            return
        }
        #expect(claim.accessKeyID == "AKID" && claim.sessionToken == "token")
        #expect(claim.service == "ce" && claim.region == "us-east-1" && claim.time == time)
    }

    @Test func `what was signed in the query is accepted until it expires`() {
        let query = signer.query(signing: request, at: time, expiresAfterSeconds: 60)
        let asked = WireRequest(
            method: request.method, path: request.path, query: query, headers: request.headers, body: request.body)
        let later = { SigningTime(secondsSinceEpoch: time.secondsSinceEpoch + $0) }
        if case .accepted = verifier.verify(asked, now: later(60)) {} else { Issue.record("refused in time") }
        if case .outOfTime = verifier.verify(asked, now: later(61)) {} else { Issue.record("accepted too late") }
    }

    @Test func `every change to what was signed is found`() {
        func isWrong(_ request: WireRequest) -> Bool {
            if case .wrongSignature = verifier.verify(request, now: time) { true } else { false }
        }
        let good = signed()
        #expect(isWrong(signed { $0[1] = .init("X-One", "1 3") }))
        #expect(
            isWrong(
                WireRequest(method: "PUT", path: good.path, query: good.query, headers: good.headers, body: good.body)))
        #expect(
            isWrong(
                WireRequest(method: "POST", path: "/a%20c", query: good.query, headers: good.headers, body: good.body)))
        #expect(
            isWrong(
                WireRequest(method: "POST", path: good.path, query: "b=3&a", headers: good.headers, body: good.body)))
        // White space and the order of the query are not part of what is signed.
        let equal = WireRequest(
            method: "POST", path: good.path, query: "a=&b=2", headers: good.headers, body: good.body)
        #expect(!isWrong(equal))
    }

    @Test func `a session token that was not signed is refused, whoever added it`() {
        let withoutToken = Signer(
            SigningCredentials(accessKeyID: "AKID", secretAccessKey: "secret"), region: "us-east-1", service: "ce")
        var smuggling = request
        smuggling.headers += withoutToken.headers(signing: request, at: time)
        if case .accepted = verifier.verify(smuggling, now: time) {} else { Issue.record("refused without a token") }
        smuggling.headers.append(.init("X-Amz-Security-Token", "smuggled"))
        #expect(verifier.verify(smuggling, now: time) == .malformed)
    }

    @Test func `each refusal has its own name`() {
        #expect(verifier.verify(request, now: time) == .unsigned)
        #expect(
            verifier.verify(signed { $0[$0.count - 1] = .init("Authorization", "Basic eA==") }, now: time) == .malformed
        )
        let stranger = Verifier { _ in nil }
        #expect(stranger.verify(signed(), now: time) == .unknownKey(accessKeyID: "AKID"))
        let other = WireRequest(
            method: "POST", path: request.path, query: request.query, headers: signed().headers, body: Data("[]".utf8))
        if case .wrongBody = verifier.verify(other, now: time) {} else { Issue.record("a foreign body was accepted") }
        let late = SigningTime(secondsSinceEpoch: time.secondsSinceEpoch + 301)
        if case .outOfTime = verifier.verify(signed(), now: late) {
        } else {
            Issue.record("an old signature was accepted")
        }
    }
}

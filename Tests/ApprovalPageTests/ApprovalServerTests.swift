import ApprovalPage
import Evidence
import FinOps
import Foundation
import HTTP
import OpenSSL
import Pipeline
import TestSupport
import Testing

@Suite("The page on loopback")
struct ApprovalServerTests {
    let office: PageOffice

    init() throws { office = try PageOffice() }

    @Test func `a person reads, types the digest and approves; then the page answers no more`() async throws {
        let visitor = try await office.visitor()
        let opened = try await visitor.open()
        #expect(opened.status == 303)
        let cookie = try #require(opened.headers["Set-Cookie"])
        #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"))

        let page = try await visitor.get("")
        #expect(page.status == 200)
        #expect(page.text.contains("USD 318,841.25</span> for February 2026 waits for your decision"))
        #expect(page.text.contains("&lt;script&gt;alert(1)&lt;/script&gt; (111111111111)"))
        #expect(!page.text.contains("<script"))
        #expect(page.headers["Content-Security-Policy"]?.contains("default-src 'none'") == true)
        #expect(page.headers["Content-Security-Policy"]?.contains("frame-ancestors 'none'") == true)
        #expect(try await visitor.get("reports/cfo.html").text == "<p>the report</p>\n")
        #expect(try await visitor.get("reports/../facts.json").status == 404)

        let done = try await visitor.send(["decision": "approved", "digest": office.digest])
        #expect(done.status == 200)
        #expect(done.text.contains("Approved: February 2026"))
        guard case .decided(true, let receipt) = await visitor.server.ending(withinSeconds: 5) else {
            Issue.record("not decided")
            return
        }
        let bundle = try SigstoreBundle(try Data(contentsOf: URL(fileURLWithPath: receipt.path)))
        #expect(bundle.isSigned(by: try office.key.publicKey))
        await #expect(throws: HTTPError.self) { try await visitor.get("") }
    }

    @Test func `a link works once`() async throws {
        let visitor = try await office.visitor()
        #expect(try await visitor.open().status == 303)
        #expect(try await visitor.open().status == 403)
        #expect(try await visitor.get("").status == 200)
    }

    @Test(arguments: [
        (["decision": "approved", "digest": "yyyyyyyy"], "not the digest"),
        (["decision": "approved"], "not the digest"),
        (["decision": "approved", "digest": "DIGEST", "reviewed": ""], "what you reviewed"),
        (["decision": "approved", "digest": "DIGEST", "comment": " "], "what you conclude"),
        (["decision": "rejected", "comment": ""], "why you reject"), (["digest": "DIGEST"], "two buttons"),
        (["decision": "approved", "digest": "DIGEST", "passphrase": "wrong"], "cannot be opened"),
    ])
    func `what is no decision is asked again, with what was typed and without the passphrase`(
        fields: [String: String], complaint: String
    ) async throws {
        let visitor = try await office.visitor()
        _ = try await visitor.open()
        let answer = try await visitor.send(fields.mapValues { $0 == "DIGEST" ? office.digest : $0 })
        #expect(answer.status == 422)
        #expect(answer.text.contains(complaint))
        #expect(!answer.text.contains("open sesame"))
        #expect(try office.signedFiles.isEmpty)
    }

    @Test func `a form without the token of this page is not taken`() async throws {
        let visitor = try await office.visitor()
        _ = try await visitor.open()
        for token in ["", "0", String(repeating: "0", count: 64)] {
            let answer = try await visitor.send(["decision": "approved", "digest": office.digest, "token": token])
            #expect(answer.status == 403)
        }
        #expect(try office.signedFiles.isEmpty)
    }

    @Test func `after five attempts that fail a new link is needed`() async throws {
        let visitor = try await office.visitor()
        _ = try await visitor.open()
        for _ in 1...4 {
            #expect(try await visitor.send(["decision": "approved", "digest": "00000000"]).status == 422)
        }
        #expect(try await visitor.send(["decision": "approved", "digest": "00000000"]).status == 429)
        #expect(try await visitor.send(["decision": "approved", "digest": office.digest]).status == 409)
        #expect(try office.signedFiles.isEmpty)
        guard case .givenUp = await visitor.server.ending(withinSeconds: 5) else {
            Issue.record("the room is still open")
            return
        }
    }

    @Test func `a page that was rendered again while it was read cannot be approved`() async throws {
        let visitor = try await office.visitor()
        _ = try await visitor.open()
        #expect(try await visitor.get("").status == 200)
        try Data("<p>another</p>\n".utf8).write(to: URL(fileURLWithPath: office.folder.path + "/run/reports/cfo.html"))
        #expect(try await visitor.get("reports/cfo.html").status == 409)
        let answer = try await visitor.send(["decision": "approved", "digest": office.digest])
        #expect(answer.text.contains("not the ones the request names"))
        #expect(try office.signedFiles.isEmpty)
    }

    @Test func `a body larger than any form is not read`() async throws {
        let visitor = try await office.visitor()
        _ = try await visitor.open()
        let comment = String(repeating: "x", count: 70_000)
        #expect(try await visitor.send(["decision": "rejected", "comment": comment]).status == 413)
    }

    @Test func `a rejection needs a reason and no digest`() async throws {
        let visitor = try await office.visitor()
        _ = try await visitor.open()
        #expect(try await visitor.send(["decision": "rejected", "comment": "EC2 is unexplained"]).status == 200)
        guard case .decided(false, _) = await visitor.server.ending(withinSeconds: 5) else {
            Issue.record("not rejected")
            return
        }
    }

    @Test func `nobody's silence approves`() async throws {
        let visitor = try await office.visitor()
        _ = try await visitor.open()
        guard case .timedOut = await visitor.server.ending(withinSeconds: 0) else {
            Issue.record("decided by nobody")
            return
        }
        #expect(try office.signedFiles.isEmpty)
    }
}

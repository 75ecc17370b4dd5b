import ApprovalPage
import Evidence
import FinOps
import Foundation
import HTTP
import OpenSSL
import Pipeline
import TestSupport

/// A request with its reports, a person with an encrypted key, and the page for both. An account has a hostile name.
struct PageOffice {
    let folder: TemporaryFolder
    let key: ECDSAPrivateKey
    let digest: String
    private let store: KeyStore

    init() throws {
        folder = try TemporaryFolder()
        store = KeyStore(folder: folder["keys"])
        let record = try store.create("alice", passphrase: "open sesame")
        key = try ECDSAPrivateKey(
            pem: String(contentsOfFile: record.path, encoding: .utf8), passphrase: "open sesame")

        let report = Data("<p>the report</p>\n".utf8)
        let month = BillingMonth("2026-02")!
        func money(_ id: String, _ value: ExactDecimal) -> Fact {
            Fact(id: id, unit: .money, value: value, currency: .usd, label: id, sources: [])
        }
        let account = FactSubject(
            factPrefix: "account.1", key: "111111111111", name: "<script>alert(1)</script>", path: nil)
        let book = FactBook(
            month: month, project: "sample", scope: .organization, metric: .unblended, currency: .usd,
            isPreliminary: false, isSample: false, exchangeRate: nil, accounts: [account], services: [],
            unavailable: [], gates: [],
            facts: [
                money("total.net", "318841.25"), money("total.previous", "300000"), money("total.change", "18841.25"),
                money("account.1.change", "1000"),
            ])
        let facts = try JSONText.document(book)
        let hashing = SystemHashing()
        let now = SystemClock().now()
        let request = ApprovalRequest(
            requestId: "2026-02#1-0011223344556677", run: "2026-02-3f9c1a2b", period: month,
            deliverables: DeliverablesDigest.compute([("reports/cfo.html", report)]), facts: hashing.sha256(facts),
            policy: hashing.sha256(Data()), seq: 1, previous: nil, logId: "00112233445566778899aabbccddeeff",
            total: Money("318841.25", .usd), policyThreshold: Money("250000", .usd), quorum: 1,
            requesterMayApprove: false, requestedBy: "carol", requestedOn: now.adding(seconds: -60),
            expiresOn: now.adding(seconds: 86_400))
        digest = request.deliverables.short
        let disk = LocalFileSystem()
        try AtomicFile.write(report, to: folder["run/reports/cfo.html"], in: disk)
        try AtomicFile.write(facts, to: folder["run/facts.json"], in: disk)
        try AtomicFile.write(request.encoded(), to: folder["request.json"], in: disk)
        try disk.makeDirectory(folder["signed"])
    }

    var signedFiles: [String] { get throws { try LocalFileSystem().list(folder["signed"]) } }

    /// Starts the page and stands before its door.
    func visitor() async throws -> Visitor {
        let store = store
        let signer = PageSigner(person: "alice", needsPassphrase: true) { request, answers in
            try await ApprovalStatement.sign(
                request, decision: answers.decision, approver: "alice", decidedOn: SystemClock().now(),
                reviewed: answers.reviewed, comment: answers.comment,
                key: store.load("alice", passphrase: Passphrase([{ _ in answers.passphrase }])))
        }
        let desk = try CarriedRequest(
            request: folder["request.json"], reports: folder["run"], outputFolder: folder["signed"])
        return try Visitor(
            server: try await ApprovalServer.start(desk: desk, signer: signer, randomness: SystemRandomness()))
    }
}

/// A browser, as far as the wire is concerned: keeps the cookie and the path, and finds the token in the form.
final class Visitor: @unchecked Sendable {
    struct Answer {
        let status: Int
        let headers: HTTPHeaders
        let text: String
    }

    let server: ApprovalServer
    private let client: HTTPClient
    private let origin: String
    private var cookie = ""
    private var room = ""
    private var formToken = ""

    init(server: ApprovalServer) throws {
        self.server = server
        client = try HTTPClient()
        origin = server.link.components(separatedBy: "/open/")[0]
    }

    func open() async throws -> Answer {
        let answer = try await ask("GET", server.link)
        if let set = answer.headers["Set-Cookie"], let place = answer.headers["Location"] {
            cookie = String(set.prefix { $0 != ";" })
            room = place
        }
        return answer
    }

    func get(_ path: String) async throws -> Answer {
        let answer = try await ask("GET", origin + room + path)
        if let token = answer.text.components(separatedBy: "name=\"token\" value=\"").dropFirst().first?.prefix(64) {
            formToken = String(token)
        }
        return answer
    }

    /// A form that is complete but for what `fields` say.
    func send(_ fields: [String: String]) async throws -> Answer {
        if formToken.isEmpty { _ = try await get("") }
        var all = [
            "token": formToken, "reviewed": "the total", "comment": "ties out", "passphrase": "open sesame",
        ]
        all.merge(fields) { $1 }
        let allowed = CharacterSet.alphanumerics
        let body = all.map { "\($0)=\($1.addingPercentEncoding(withAllowedCharacters: allowed) ?? "")" }
        return try await ask("POST", origin + room + "decision", body: Data(body.joined(separator: "&").utf8))
    }

    private func ask(_ method: String, _ url: String, body: Data? = nil) async throws -> Answer {
        var headers: HTTPHeaders = ["Cookie": cookie]
        if method == "POST" {
            headers.add("Origin", origin)
            headers.add("Content-Type", "application/x-www-form-urlencoded")
        }
        let response = try await client.send(
            HTTPRequest(method: method, url: url, headers: headers, body: body, deadlineSeconds: 30))
        return Answer(
            status: response.status, headers: response.headers, text: String(decoding: response.body, as: UTF8.self))
    }
}

import FinOps
import Foundation
import Sandbox
import TestSupport
import Testing

/// The built program over a wire that misbehaves: the totals of the calm month, or none.
@Suite("A month over a bad wire")
struct FaultedMonthTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let rules: [FaultRule]
        var phaseDeadlineSeconds = 120
        /// TLS before the wire, and what is wrong with it.
        var tls: TLSFront.Fault?
        var testDescription: String { name }
    }

    private static let cost = "ce:GetCostAndUsage"
    private static let month = ["run", "--month", "2026-02", "--format", "json", "--no-screenshots"]
    private static let limitExceeded = Fault.answer(
        status: 400, body: #"{"__type":"LimitExceededException","message":"Rate limit exceeded"}"#)
    private static let page = Fault.answer(
        status: 503, headers: ["Content-Type": "text/html"], body: "<html><body>Service Unavailable</body></html>")

    static let passing = [
        Row(name: "throttled", rules: [FaultRule(limitExceeded, on: cost, count: 2)]),
        Row(
            name: "pages and empty answers",
            rules: [FaultRule(page, count: 2), FaultRule(.answer(status: 200, body: ""), on: cost, count: 2)]),
        Row(
            name: "broken connections",
            rules: [
                FaultRule(.resetOnAccept), FaultRule(.resetAfterRequest, on: "organizations:ListAccounts"),
                FaultRule(.resetInBody, on: cost), FaultRule(.truncated, on: cost, skipping: 3),
                FaultRule(.staleKeepAlive),
            ]),
        Row(
            name: "pages twice and pages without content",
            rules: [FaultRule(.emptyPage, on: cost, skipping: 2), always(.duplicatePage)]),
        Row(
            name: "account pages twice and a null token before the last",
            rules: [
                FaultRule(.duplicatePage, on: "organizations:ListAccounts"),
                FaultRule(.nullToken, on: "organizations:ListAccounts", skipping: 2),
            ]),
        Row(
            name: "a server that hangs once", rules: [FaultRule(.hang, on: "organizations:ListAccounts")],
            phaseDeadlineSeconds: 40),
        Row(
            name: "broken connections behind TLS",
            rules: [
                FaultRule(.resetOnAccept), FaultRule(.resetInBody, on: cost),
                FaultRule(.truncated, on: cost, skipping: 2),
                FaultRule(.truncatedUnannounced, on: "organizations:ListAccounts"),
            ], tls: TLSFront.Fault.none),
        Row(
            name: "connections behind TLS that end without a farewell", rules: [FaultRule(.truncated, on: cost)],
            tls: .noCloseNotify),
    ]

    static let staying = [
        Row(name: "empty answers", rules: [always(.answer(status: 200, body: ""))]),
        Row(name: "garbage", rules: [always(.answer(status: 200, body: "{\"ResultsByTime\":"))]),
        Row(name: "truncated", rules: [always(.truncated)]),
        Row(name: "a server that hangs", rules: [always(.hang)]),
        Row(name: "a server that hangs from the second question on", rules: [always(.hang, skipping: 1)]),
        Row(name: "truncated from the second question on", rules: [always(.truncated, skipping: 1)]),
        Row(name: "null tokens", rules: [always(.nullToken)]),
        Row(name: "tokens that repeat", rules: [always(.repeatedToken, skipping: 1)]),
        Row(name: "truncated behind TLS", rules: [always(.truncated, skipping: 1)], tls: .noCloseNotify),
        Row(name: "a certificate for another host", rules: [], tls: .wrongHost),
        Row(name: "an expired certificate", rules: [], tls: .expired),
        Row(name: "a handshake that fails", rules: [], tls: .noSharedCipher),
    ]

    private static func always(_ fault: Fault, skipping: Int = 0) -> FaultRule {
        FaultRule(fault, on: cost, count: FaultRule.always, skipping: skipping)
    }

    /// Run once, over a wire without faults.
    private static let calm = Task { try totals(try await run([]).result) }

    private static func run(
        _ rules: [FaultRule], phaseDeadlineSeconds: Int = 120, tls: TLSFront.Fault? = nil
    ) async throws -> (status: Int32, result: [String: Any], errors: String) {
        try await withSandbox {
            $0.pageSizeGroups = 800
        } _: { server in
            let proxy = try FaultProxy(upstreamPort: server.url.port!, rules: rules)
            defer { proxy.stop() }
            var front: TLSFront?
            if let tls { front = try await TLSFront(upstreamPort: Int(proxy.port), tls) }
            defer { front?.stop() }
            let key = server.credentials.payer
            let tool = try BuiltTool(cloud: [
                "AWS_ENDPOINT_URL": front?.url ?? proxy.url, "AWS_CA_BUNDLE": front?.bundlePath ?? "",
                "AWS_ACCESS_KEY_ID": key.accessKeyID,
                "AWS_SECRET_ACCESS_KEY": key.secretAccessKey, "AWS_REGION": "us-east-1",
                "FINOPS_PHASE_DEADLINE_SECONDS": String(phaseDeadlineSeconds),
            ])
            let run = try await tool.run(Self.month)
            #expect(rules.isEmpty || proxy.sightings.contains { $0.wasSpoilt })
            return (run.status, try run.json(), run.errors)
        }
    }

    private static func totals(_ result: [String: Any]) throws -> String {
        let totals = try #require(result["totals"])
        return String(decoding: try JSONSerialization.data(withJSONObject: totals, options: .sortedKeys), as: UTF8.self)
    }

    @Test(arguments: passing)
    func `passing faults leave every total as it is`(row: Row) async throws {
        let calm = try await Self.calm.value
        let troubled = try await Self.run(row.rules, phaseDeadlineSeconds: row.phaseDeadlineSeconds, tls: row.tls)
        #expect(troubled.status == 75, "\(troubled.errors)")
        #expect(try Self.totals(troubled.result) == calm)
    }

    @Test(arguments: staying)
    func `lasting faults end at a gate, without a total`(row: Row) async throws {
        let run = try await Self.run(row.rules, phaseDeadlineSeconds: 8, tls: row.tls)
        #expect([11, 12, 14].contains(run.status), "\(run.errors)")
        #expect(run.result["totals"] == nil)
        let gate = (run.result["gates"] as? [[String: Any]])?.first { $0["verdict"] as? String != "passed" }
        #expect((gate?["reasons"] as? [String])?.isEmpty == false)
    }

    @Test func `data refreshed between two requests are asked for again and tie out`() async throws {
        try await withSandbox {
            $0.troubles = [SandboxTrouble(.dataRefreshed)]
        } _: { server in
            let tool = try BuiltTool(sandbox: server)
            let run = try await tool.run(Self.month)
            #expect(run.status == 75, "\(run.errors)")
            #expect(try run.json()["totals"] != nil)
        }
    }

    @Test func `a phase deadline that is none is refused by name`() async throws {
        let tool = try BuiltTool()
        let run = try await tool.run(["run", "--sandbox"], adding: ["FINOPS_PHASE_DEADLINE_SECONDS": "soon"])
        #expect(run.status != 0)
        #expect(run.errors.contains("phase_deadline_seconds"))
    }
}

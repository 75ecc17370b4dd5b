import Evidence
import FinOps
import Foundation
import TestSupport
import Testing

/// Decisions and a real authority made of `openssl ts`.
struct DecisionStamperTests {
    let archive: SampleArchive
    private let disk = LocalFileSystem()

    init() throws { archive = try SampleArchive() }

    private func request(at now: Timestamp) throws -> ApprovalRequest {
        ApprovalRequest(
            requestId: "2026-02#1-0011223344556677", run: "2026-02-3f9c1a2b", period: BillingMonth("2026-02")!,
            deliverables: .zero, facts: .zero, policy: .zero, seq: 1, previous: nil, logId: archive.logID,
            total: Money("318841.25", .usd), policyThreshold: Money("250000", .usd), quorum: 1,
            requesterMayApprove: false, requestedBy: "carol", requestedOn: now.adding(seconds: -60),
            expiresOn: now.adding(seconds: 86_400))
    }

    private func stamp(
        by authorities: [any TimestampAuthority], now: Timestamp = SystemClock().now(), expired: Bool = false
    ) async throws -> (decision: SigstoreBundle, troubles: [String]) {
        let trust = TrustStore(folder: archive.layout.trustFolder, fileSystem: disk)
        let request = try request(at: expired ? now.adding(seconds: -172_800) : now)
        let decision = try SigstoreBundle(archive.approve(request))
        return await DecisionStamper(trust: trust, authorities: authorities).stamp(decision, on: request, now: now)
    }

    private func trust(_ authority: StampAuthority) throws {
        try disk.write(Data(authority.rootPEM.utf8), to: archive.layout.trustFolder + "/tsa-ca.pem")
    }

    @Test func `every authority stamps a decision, and one that does not keeps nobody from it`() async throws {
        try await withStampAuthority { authority in
            try trust(authority)
            let (decision, troubles) = try await stamp(by: [
                Answering(authority), Silent(), Answering(authority, .wrongNonce), Answering(authority, .second),
            ])
            #expect(decision.timestamps.count == 2)
            #expect(troubles.count == 2)
            #expect(troubles.first == "http://silent.invalid: nobody answers")
        }
    }

    @Test func `without a trusted root nobody is asked, and the decision stands`() async throws {
        let (decision, troubles) = try await stamp(by: [Silent()])
        #expect(decision.timestamps.isEmpty)
        #expect(troubles == ["no trusted tsa-ca.pem vouches for an authority here"])
        #expect(try await stamp(by: []).troubles.isEmpty)
    }

    @Test func `a stamp that would contradict the decision is not kept`() async throws {
        try await withStampAuthority { authority in
            try trust(authority)
            let backdated = try await stamp(by: [Answering(authority, .backdated)])
            #expect(backdated.decision.timestamps.isEmpty)
            #expect(backdated.troubles.first?.contains("its clock says 2019-01-01") == true)
            let late = try await stamp(by: [Answering(authority)], expired: true)
            #expect(late.decision.timestamps.isEmpty)
        }
    }
}

import Evidence
import FinOps
import Foundation
import OpenSSL
import Pipeline
import TestSupport
import Testing

@Suite("What is sealed besides success")
struct SealedOutcomeTests {
    private func month(_ text: String) -> BillingMonth { BillingMonth(text)! }

    private func outcomes(_ workshop: Workshop) throws -> [String] {
        try workshop.verify().months.map { "\($0.folder) \($0.predicate?.outcome.rawValue ?? "?")" }
    }

    @Test func `a rejection is sealed with the decision and everything it was about`() async throws {
        let workshop = try Workshop()
        workshop.policy.approvalThreshold = Money("50000", .usd)
        let run = try await workshop.start().result.runID
        _ = try await workshop.decide(run, as: "bob", approved: false)
        let end = try await workshop.engine().resume(run)
        #expect(end.result.status == .rejected)
        #expect(end.result.seal != nil)
        let report = try workshop.verify()
        #expect(report.failure == nil, "\(report.lines.filter { $0.word != .ok })")
        let sealed = try #require(report.months.first)
        #expect(sealed.predicate?.outcome == .rejected)
        #expect(sealed.predicate?.gates["G7"] == "failed")
        #expect(sealed.approvals?.decisions.map(\.approved) == [false])
        #expect(sealed.files["data/reports/cfo.html"] != nil)
        let page = String(decoding: try #require(sealed.files["data/index.html"]), as: UTF8.self)
        let key = try await workshop.keys.load("bob", passphrase: Passphrase([])).publicKey
        #expect(page.contains(key.hint))
        #expect(page.contains("the total"))
        #expect(GateRejudgement(sealed).compare().filter { !$0.agrees }.isEmpty)
    }

    @Test func `after a rejection the month is run again without asking, and restates it`() async throws {
        let workshop = try Workshop()
        workshop.policy.approvalThreshold = Money("50000", .usd)
        let run = try await workshop.start().result.runID
        _ = try await workshop.decide(run, as: "bob", approved: false)
        _ = try await workshop.engine().resume(run)
        let again = try await workshop.start().result.runID
        _ = try await workshop.decide(again, as: "bob")
        #expect(try await workshop.engine().resume(again).result.status == .complete)
        #expect(try outcomes(workshop) == ["2026-02 rejected", "2026-02.r1 passed"])
        #expect(try workshop.verify().failure == nil)
        await #expect {
            try await workshop.start()
        } throws: { error in
            (error as? InputError)?.code == "already_sealed"
        }
        let restated = try await workshop.start(restates: true).result.runID
        _ = try await workshop.decide(restated, as: "bob")
        #expect(try await workshop.engine().resume(restated).result.status == .complete)
        #expect(try outcomes(workshop).last == "2026-02.r2 passed")
        #expect(try workshop.verify().failure == nil)
    }

    @Test func `a rejection that died before its seal is sealed by a resume`() async throws {
        let workshop = try Workshop()
        workshop.policy.approvalThreshold = Money("50000", .usd)
        let run = try await workshop.start().result.runID
        _ = try await workshop.decide(run, as: "bob", approved: false)
        let disk = TroubledDisk.refusing(on: workshop.disk) { _, path in
            path.hasSuffix("finops-reports/2026-02") ? "EIO" : nil
        }
        let first = try await workshop.engine(on: disk).resume(run)
        #expect(first.result.status == .rejected)
        #expect(first.result.seal == nil)
        let second = try await workshop.engine().resume(run)
        #expect(second.result.exitStatus == 17)
        #expect(try outcomes(workshop) == ["2026-02 rejected"])
        #expect(try workshop.verify().failure == nil)
    }

    @Test func `months that nobody ran are sealed as skipped before the next takes its place`() async throws {
        let workshop = try Workshop()
        try await workshop.sealElsewhere(month("2025-11"))
        #expect(try await workshop.start().result.status == .complete)
        #expect(
            try outcomes(workshop) == ["2025-11 passed", "2025-12 skipped", "2026-01 skipped", "2026-02 passed"])
        let report = try workshop.verify()
        #expect(report.failure == nil, "\(report.lines.filter { $0.word != .ok })")
        #expect(report.months.dropFirst().flatMap { GateRejudgement($0).compare() }.filter { !$0.agrees }.isEmpty)
    }

    @Test func `a month whose place was taken while it was sealed asks the people again and is sealed then`()
        async throws
    {
        let workshop = try Workshop()
        workshop.policy.approvalThreshold = Money("50000", .usd)
        let run = try await workshop.start().result.runID
        _ = try await workshop.decide(run, as: "bob")
        // Dies after freezing and before the rename; meanwhile another month takes the place.
        let disk = TroubledDisk.refusing(on: workshop.disk) { _, path in
            path.hasSuffix("finops-reports/2026-02") ? "EIO" : nil
        }
        let died = try await workshop.engine(on: disk).resume(run)
        #expect(died.result.exitStatus == 18)
        try await workshop.sealElsewhere(month("2025-12"))
        #expect(try await workshop.engine().resume(run).result.exitStatus == 18)
        #expect(try await workshop.engine().resume(run).result.status == .awaitingDecision)
        _ = try await workshop.decide(run, as: "bob")
        #expect(try await workshop.engine().resume(run).result.status == .complete)
        #expect(try workshop.verify().failure == nil)
    }

    @Test func `a run has its seal stamped, and ends all the same where nobody stamps`() async throws {
        try await withStampAuthority { authority in
            let workshop = try Workshop()
            workshop.authorities = [LoopbackAuthority(url: authority.url())]
            let roots = workshop.layout.trustFolder + "/" + TrustStore.stampRootsName
            try LocalFileSystem().write(Data(authority.rootPEM.utf8), to: roots)
            #expect(try await workshop.start().result.status == .complete)
            #expect(try workshop.verify().failure == nil)
            workshop.authorities = [LoopbackAuthority(url: authority.url(.error500))]
            #expect(try await workshop.start(restates: true).result.status == .complete)
            #expect(try workshop.verify().failure == .incomplete)
        }
    }
}

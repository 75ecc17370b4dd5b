import Evidence
import FinOps
import Foundation
import Pipeline
import Simulation
import TestSupport
import Testing

@Suite("A month that was run and not finished")
struct UnfinishedMonthTests {
    let workshop: Workshop
    private let january = BillingMonth("2026-01")!

    init() async throws {
        workshop = try Workshop()
        try await workshop.sealElsewhere(BillingMonth("2025-12")!)
    }

    /// The outcomes of the chain in its order, of an archive that verifies.
    private func outcomes() throws -> [String] {
        let report = try workshop.verify()
        #expect(report.failure == nil, "\(report.lines.filter { $0.word != .ok })")
        #expect(
            report.months.dropFirst().flatMap { GateRejudgement($0).compare() }.filter { !$0.agrees }.isEmpty)
        return report.months.sorted { ($0.predicate?.seq ?? 0) < ($1.predicate?.seq ?? 0) }
            .map { "\($0.folder) \($0.predicate?.outcome.rawValue ?? "?")" }
    }

    private func sealed(_ folder: String) throws -> ArchivedMonth {
        try #require(workshop.verify().months.first { $0.folder.description == folder })
    }

    private func text(_ path: String, in month: ArchivedMonth) throws -> String {
        String(decoding: try #require(month.files["data/" + path]), as: UTF8.self)
    }

    @Test func `a month stopped by a gate is sealed as failed before the next takes its place`() async throws {
        workshop.cloud.discrepancy = "6000"
        let run = try await workshop.start(january)
        #expect(run.result.exitStatus == 14)
        #expect(try outcomes() == ["2025-12 passed"])
        workshop.cloud.discrepancy = .zero
        #expect(try await workshop.start().result.status == .complete)
        #expect(try outcomes() == ["2025-12 passed", "2026-01 failed", "2026-02 passed"])

        let month = try sealed("2026-01")
        #expect(month.predicate?.gates["G3"] == "passed")
        #expect(month.predicate?.gates["G4"] == "failed")
        #expect(month.predicate?.gates["G5"] == nil)
        let reason = try #require(run.result.gates.last?.reasons.first)
        #expect(try text("failed.json", in: month).contains(reason))
        #expect(try text("failed.json", in: month).contains(run.result.runID))
        #expect(try text("gates.json", in: month).contains("G4"))
        #expect(try text("journal.jsonl", in: month).contains("gate.evaluated"))
        #expect(month.files["data/queries/0001.json"] != nil)
    }

    @Test func `nothing states a total that no gate has let through`() async throws {
        workshop.cloud.discrepancy = "6000"
        _ = try await workshop.start(january)
        workshop.cloud.discrepancy = .zero
        _ = try await workshop.start()
        let month = try sealed("2026-01")
        #expect(month.predicate?.deliverables == nil)
        #expect(month.predicate?.facts == nil)
        #expect(!month.files.keys.contains { $0.hasPrefix("data/reports/") || $0 == "data/tie-out.json" })
        let page = try text("index.html", in: month)
        #expect(page.contains("2026-01: sealed as failed"))
        #expect(page.contains("Why this month claims no total"))
        #expect(!page.contains("Net total"))
    }

    @Test func `its run can still be resumed, and what comes of it restates the month`() async throws {
        let identity = workshop.cloud.identity
        workshop.cloud.identity = .unknown(SampleCollection.notOffered)
        let run = try await workshop.start(january).result
        #expect(run.exitStatus == 11)
        workshop.cloud.identity = identity
        _ = try await workshop.start()
        #expect(try await workshop.engine().resume(run.runID).result.status == .complete)
        #expect(
            try outcomes() == ["2025-12 passed", "2026-01 failed", "2026-02 passed", "2026-01.r1 passed"])
    }

    @Test func `people who were asked about it are asked again, about the restatement`() async throws {
        workshop.policy.approvalThreshold = Money("50000", .usd)
        let run = try await workshop.start(january).result.runID
        let next = try await workshop.start().result
        #expect(next.status == .awaitingDecision)
        #expect(try outcomes() == ["2025-12 passed", "2026-01 failed"])
        #expect(try text("failed.json", in: sealed("2026-01")).contains("Waiting for 1 of 1 approvals"))
        // The place people were asked about is taken.
        await #expect {
            try await workshop.decide(run, as: "bob")
        } throws: { error in
            (error as? InputError)?.code == "not_waiting"
        }
        #expect(try await workshop.engine().resume(run).result.status == .awaitingDecision)
        _ = try await workshop.decide(run, as: "bob")
        #expect(try await workshop.engine().resume(run).result.status == .complete)
        #expect(try outcomes() == ["2025-12 passed", "2026-01 failed", "2026-01.r1 passed"])
        #expect(try await workshop.engine().resume(next.runID).result.status == .awaitingDecision)
        _ = try await workshop.decide(next.runID, as: "bob")
        #expect(try await workshop.engine().resume(next.runID).result.status == .complete)
        #expect(try outcomes().last == "2026-02 passed")
    }

    @Test func `a decision that no resume has seen is kept in it`() async throws {
        workshop.policy.approvalThreshold = Money("50000", .usd)
        workshop.policy.approvalQuorum = 2
        let run = try await workshop.start(january).result.runID
        _ = try await workshop.decide(run, as: "bob")
        workshop.policy.approvalThreshold = Money("1000000", .usd)
        #expect(try await workshop.start().result.status == .complete)
        #expect(try outcomes() == ["2025-12 passed", "2026-01 failed", "2026-02 passed"])
        let month = try sealed("2026-01")
        #expect(month.approvals?.decisions.map(\.approver) == ["bob"])
        #expect(try text("index.html", in: month).contains("approvals/G7-bob.sigstore.json"))
    }

    @Test func `a run that was interrupted says where`() async throws {
        let disk = TroubledDisk.refusing(on: workshop.disk) { _, path in path.hasSuffix("facts.json") ? "EIO" : nil }
        _ = try? await workshop.start(january, on: disk)
        #expect(try await workshop.start().result.status == .complete)
        #expect(try text("failed.json", in: sealed("2026-01")).contains("interrupted during reporting"))
    }

    @Test func `a run that cannot be read is not called skipped`() async throws {
        workshop.cloud.discrepancy = "6000"
        let run = try await workshop.start(january).result.runID
        workshop.cloud.discrepancy = .zero
        let path = workshop.layout.journal(run)
        var bytes = Data(try workshop.disk.read(path))
        bytes[10] ^= 1
        try workshop.disk.write(bytes, to: path)
        #expect(try await workshop.start().result.status == .complete)
        #expect(try outcomes() == ["2025-12 passed", "2026-01 failed", "2026-02 passed"])
        #expect(try text("failed.json", in: sealed("2026-01")).contains("was changed after it was written"))
    }

    @Test func `a month another process works on is left to it`() async throws {
        workshop.cloud.discrepancy = "6000"
        _ = try await workshop.start(january)
        workshop.cloud.discrepancy = .zero
        let lock = try RunLock.acquire(
            workshop.layout.monthLock(january), subject: "the month", in: workshop.disk)
        #expect(try await workshop.start().result.status == .complete)
        lock.release()
        #expect(try outcomes() == ["2025-12 passed", "2026-02 passed"])
    }

    @Test func `a crash while it is sealed leaves nothing, and the next attempt seals it`() async throws {
        workshop.cloud.discrepancy = "6000"
        _ = try await workshop.start(january)
        workshop.cloud.discrepancy = .zero
        let disk = TroubledDisk.refusing(on: workshop.disk) { _, path in
            path.hasSuffix("finops-reports/2026-01") ? "EIO" : nil
        }
        let run = try await workshop.start(on: disk).result
        #expect(run.exitStatus == 18)
        #expect(try outcomes() == ["2025-12 passed"])
        #expect(try await workshop.engine().resume(run.runID).result.status == .complete)
        #expect(try outcomes() == ["2025-12 passed", "2026-01 failed", "2026-02 passed"])
    }

    @Test func `a month that nobody ran has a page as well`() async throws {
        _ = try await workshop.start()
        #expect(try outcomes() == ["2025-12 passed", "2026-01 skipped", "2026-02 passed"])
        #expect(try text("index.html", in: sealed("2026-01")).contains("2026-01: sealed as skipped"))
        #expect(try text("skipped.json", in: sealed("2026-01")).contains("no run of this month was found"))
    }
}

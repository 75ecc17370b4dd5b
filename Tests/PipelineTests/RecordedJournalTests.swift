import Evidence
import FinOps
import Foundation
import Pipeline
import Simulation
import TestSupport
import Testing

/// Runs as earlier versions left them, waiting for a decision. A change that would read them differently has to change
/// `RunEngine.version`, and then they are refused. `UPDATE_RECORDED=0.2.0` records the present version under that name.
@Suite("A journal of an earlier version")
struct RecordedJournalTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().path + "/Recorded"
    private static let versions = ((try? LocalFileSystem().list(folder)) ?? []).filter { !$0.hasPrefix(".") }

    @Test(arguments: versions)
    func `is taken up where it was left and sealed as it was asked about, or refused and left alone`(version: String)
        async throws
    {
        let workshop = try Workshop()
        try LocalFileSystem().makeDirectory(workshop.folder["tmp/cloud-infrastructure/finops"])
        try FileManager.default.copyItem(
            atPath: "\(Self.folder)/\(version)", toPath: workshop.layout.runsFolder)
        workshop.clock.advance(days: 1)
        let runID = try workshop.newestRun
        let recorded = try ApprovalRequest(try workshop.disk.read(workshop.layout.approvalRequest(runID)))

        let journal = try workshop.disk.read(workshop.layout.journal(runID))
        let resumed: RunEnd
        do {
            resumed = try await workshop.engine().resume(runID)
        } catch let refusal as InputError where refusal.code == "other_engine" {
            #expect(try workshop.disk.read(workshop.layout.journal(runID)).starts(with: journal))
            return ProofFigures.add("recorded journals of earlier versions", ["refused": 1])
        }
        ProofFigures.add("recorded journals of earlier versions", ["resumed": 1])
        #expect(resumed.result.status == .awaitingDecision)
        #expect(resumed.result.totals?.net == "100000.00")
        #expect(workshop.cloud.paidRequests == 0, "what was paid for is in the journal")
        _ = try await workshop.decide(runID, as: "bob")
        let end = try await workshop.engine().resume(runID)
        #expect(end.result.status == .complete)
        let report = try workshop.verify()
        #expect(report.failure == nil)
        #expect(report.months.first?.predicate?.deliverables == recorded.deliverables)
    }

    @Test func `is refused in a sentence when its engine was another`() async throws {
        let workshop = try Workshop(on: ModelledDisk())
        let runID = "2026-02-00000000"
        let journal = try Journal(
            path: workshop.layout.journal(runID), run: runID, clock: workshop.clock, fileSystem: workshop.disk)
        try journal.append(JournalEvent(.runOpened, note: ["engine": "0", "phases": "0A 1 2"]))
        let before = try workshop.disk.read(workshop.layout.journal(runID))
        await #expect {
            try await workshop.engine().resume(runID)
        } throws: { error in
            (error as? InputError)?.code == "other_engine"
        }
        #expect(try workshop.disk.read(workshop.layout.journal(runID)) == before)
    }

    @Test func `is refused in a sentence when a value in it has another form`() async throws {
        let workshop = try Workshop(on: ModelledDisk())
        let runID = "2026-02-00000000"
        let journal = try RunJournal(
            runID, layout: workshop.layout, clock: workshop.clock, fileSystem: workshop.disk)
        let order = try journal.keep(bytes: Data(#"{"request":"of another time"}"#.utf8))
        try await journal.record(
            .runOpened, in: ["request": order],
            note: ["engine": "1", "phases": PhaseID.allCases.map(\.rawValue).joined(separator: " ")])
        await #expect {
            try await workshop.engine().resume(runID)
        } throws: { error in
            (error as? InputError)?.code == "other_engine"
        }
    }

    @Test(.enabled(if: ProcessInfo.processInfo.environment["UPDATE_RECORDED"] != nil))
    func `is recorded`() async throws {
        let version = try #require(ProcessInfo.processInfo.environment["UPDATE_RECORDED"])
        let workshop = try Workshop()
        workshop.policy.approvalThreshold = Money("50000", .usd)
        let end = try await workshop.engine().start(
            RunOrder(
                request: SampleMonth.request(personas: [.cfo]), policy: workshop.policy,
                acceptanceCriteria: ["It ties out"], restates: false))
        let run = workshop.layout.runFolder(end.result.runID)
        try FileManager.default.createDirectory(
            atPath: "\(Self.folder)/\(version)", withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: run, toPath: "\(Self.folder)/\(version)/\(end.result.runID)")
    }
}

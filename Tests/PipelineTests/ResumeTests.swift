import Evidence
import FinOps
import Foundation
import Pipeline
import Simulation
import TestSupport
import Testing

@Suite("A run that is interrupted")
struct ResumeTests {
    /// Every disk operation of a whole month, sampled: the process dies there, and one resume must bring the same month.
    @Test func `dying at any disk operation and resuming once gives the same month and pays nothing twice`()
        async throws
    {
        let calm = try Workshop(on: ModelledDisk())
        let counter = TroubledDisk(calm.disk)
        let expected = try await calm.start(on: counter)
        let digest = try deliverablesDigest(calm)
        let logs = try calm.disk.list(calm.layout.coordinationLogs).sorted()

        for point in stride(from: 1, through: counter.operationCount, by: 11) {
            let workshop = try Workshop(on: ModelledDisk())
            _ = try? await workshop.start(on: TroubledDisk.dying(at: point, on: workshop.disk))
            let shelf = RunShelf(layout: workshop.layout, fileSystem: workshop.disk)
            let end: RunEnd
            if let run = try shelf.runIDs().first, try shelf.hasOrder(run) {
                end = try await workshop.engine().resume(run)
            } else {
                end = try await workshop.start()
            }
            #expect(end.result.status == .complete, "died at operation \(point)")
            #expect(end.result.totals == expected.result.totals, "died at operation \(point)")
            #expect(try deliverablesDigest(workshop) == digest, "died at operation \(point)")
            #expect(
                try workshop.disk.list(workshop.layout.coordinationLogs).sorted() == logs, "died at operation \(point)")
            #expect(try workshop.verify().failure == nil, "died at operation \(point)")
            // At most the requests that were under way when it died are asked again.
            #expect(workshop.cloud.paidRequests <= 8, "died at operation \(point)")
        }
    }

    @Test func `a month that is complete is not performed again`() async throws {
        let workshop = try Workshop()
        let end = try await workshop.start()
        let again = try await workshop.engine().resume(end.result.runID)
        #expect(again.result == end.result)
    }

    @Test func `one month has one run at a time`() async throws {
        let workshop = try Workshop()
        let lock = try RunLock.acquire(
            workshop.layout.monthLock(SampleLedger.month), subject: "another", in: LocalFileSystem())
        await #expect {
            try await workshop.start()
        } throws: { error in
            (error as? EvidenceError)?.kind == .busy
        }
        lock.release()
    }

    @Test func `a run that does not exist is named`() async throws {
        let workshop = try Workshop()
        await #expect {
            try await workshop.engine().resume("2026-02-00000000")
        } throws: { error in
            (error as? InputError)?.code == "unknown_run"
        }
    }

    private func deliverablesDigest(_ workshop: Workshop) throws -> Digest? {
        try workshop.verify().months.first?.predicate?.deliverables
    }
}

extension RunShelf {
    /// A run that died before its order was kept cannot be resumed; nothing was asked for it either.
    func hasOrder(_ runID: String) throws -> Bool { (try? order(of: runID)) != nil }
}

import Evidence
import FinOps
import Pipeline
import Simulation
import TestSupport
import Testing

@Suite("Data that move between two requests")
struct RefreshedCollectionTests {
    @Test func `are asked for once more, and the run ends with what they are now`() async throws {
        let calm = try Workshop()
        calm.cloud.growth = { _ in 100 }
        let expected = try await calm.start()

        let workshop = try Workshop()
        // The answer of preflight is old, everything after it is new.
        workshop.cloud.growth = { $0 == 0 ? 0 : 100 }
        let end = try await workshop.start()
        #expect(end.result.status == .complete)
        #expect(end.result.totals == expected.result.totals)
        #expect(end.result.crossValidation?.verdict == expected.result.crossValidation?.verdict)
        // Three questions, of which preflight asked one, and the same three again.
        #expect(workshop.cloud.paidRequests == 6)
        #expect(calm.cloud.paidRequests == 3)
    }

    @Test func `and keep moving fail G4 without a total, and nobody asks a third time`() async throws {
        let workshop = try Workshop()
        workshop.cloud.growth = { $0 * 100 }
        let end = try await workshop.start()
        #expect(end.result.exitStatus == 14)
        #expect(end.result.totals == nil)
        #expect(workshop.cloud.paidRequests == 6)
    }

    @Test func `are not looked for in a difference between the layers`() async throws {
        let workshop = try Workshop()
        workshop.cloud.discrepancy = "6000"
        let end = try await workshop.start()
        #expect(end.result.exitStatus == 14)
        #expect(workshop.cloud.paidRequests == 3)
    }

    @Test func `are found moved again by a resume, which pays nothing twice`() async throws {
        let workshop = try Workshop(on: ModelledDisk())
        workshop.cloud.growth = { $0 == 0 ? 0 : 100 }
        let counter = TroubledDisk(workshop.disk)
        _ = try await workshop.start(on: counter)
        for point in stride(from: 1, through: counter.operationCount, by: 29) {
            let dying = try Workshop(on: ModelledDisk())
            dying.cloud.growth = { $0 == 0 ? 0 : 100 }
            _ = try? await dying.start(on: TroubledDisk.dying(at: point, on: dying.disk))
            let shelf = RunShelf(layout: dying.layout, fileSystem: dying.disk)
            guard let run = try shelf.runIDs().first, try shelf.hasOrder(run) else { continue }
            let end = try await dying.engine().resume(run)
            #expect(end.result.status == .complete, "died at operation \(point)")
            // At most the three questions under way when it died are asked again.
            #expect(dying.cloud.paidRequests <= 9, "died at operation \(point)")
        }
    }
}

import Simulation
import TestSupport
import Testing

@Suite("Mistakes the engine could have been written with")
struct PlantedBugTests {
    /// A proof that would not notice a missing `fsync` proves nothing: every mistake has to break a promise soon.
    @Test(arguments: PlantedBug.allCases)
    func `are found`(_ bug: PlantedBug) throws {
        let simulation = Simulation(bug: bug)
        let violation = try firstViolation(0..<2_000, simulation.runSmallest)
        guard let found = try violation ?? firstViolation(0..<630, simulation.run) else {
            Issue.record("nobody noticed")
            return
        }
        print("planted bug \(bug): \(found)")
        ProofFigures.add("mistakes planted in the engine", ["found": 1, "not found": 0])
    }

    private func firstViolation(
        _ seeds: Range<UInt64>, _ run: (UInt64) throws -> SimulationTally
    ) throws -> Violation? {
        for seed in seeds {
            do { _ = try run(seed) } catch let violation as Violation { return violation }
        }
        return nil
    }
}

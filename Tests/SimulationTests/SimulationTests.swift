import Foundation
import Simulation
import TestSupport
import Testing

/// `SIMULATION_SEED=17` tells the tale of one seed again; `FINOPS_SOAK=20` tells twenty times as many.
@Suite("A month in a world where everything fails")
struct SimulationTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let factor = environment["FINOPS_SOAK"].flatMap(UInt64.init) ?? 1

    private func seeds(_ count: UInt64) -> Range<UInt64> {
        Self.environment["SIMULATION_SEED"].flatMap(UInt64.init).map { $0..<$0 + 1 } ?? 0..<count * Self.factor
    }

    @Test func `no seed of the smallest month breaks a promise`() throws {
        let simulation = Simulation()
        let tally = try SimulationTally.of(seeds(100_000)) { try simulation.runSmallest(seed: $0) }
        ProofFigures.add("smallest month", tally.figures)
        #expect(tally.violations == 0)
    }

    @Test func `no seed of a whole month breaks a promise`() throws {
        let simulation = Simulation()
        let tally = try SimulationTally.of(seeds(220)) { try simulation.run(seed: $0) }
        ProofFigures.add("whole month", tally.figures)
        #expect(tally.violations == 0)
    }

    @Test func `a seed tells the same tale again`() throws {
        for seed in 0..<22 as Range<UInt64> {
            let (first, second) = (try Simulation().run(seed: seed), try Simulation().run(seed: seed))
            #expect(first == second, "seed \(seed)")
        }
    }
}

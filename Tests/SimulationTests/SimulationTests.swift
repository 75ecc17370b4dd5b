import Simulation
import Testing

@Suite("A month in a world where everything fails")
struct SimulationTests {
    @Test func `no seed breaks a promise`() throws {
        let simulation = Simulation()
        var tally = SimulationTally()
        for seed in 0..<70 as Range<UInt64> { tally += try simulation.run(seed: seed) }
        print(tally)
    }
}

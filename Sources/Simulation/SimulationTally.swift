import Glibc

/// What a simulation went through.
public struct SimulationTally: Hashable, Sendable, CustomStringConvertible {
    public internal(set) var seeds = 0
    /// Of these, with people who decide.
    public internal(set) var decided = 0
    /// Processes to which the cloud did not answer as asked.
    public internal(set) var cloudFaults = 0
    /// Processes that were started.
    public internal(set) var lives = 0
    /// Changes to the disk, each of which could be the last.
    public internal(set) var operations = 0
    public internal(set) var kills = 0
    public internal(set) var powerCuts = 0
    /// Operations the disk refused to a process that lived on.
    public internal(set) var refusals = 0
    public internal(set) var violations = 0
    /// Of the thread that told the tales.
    public internal(set) var cpuSeconds = 0

    /// Tells the tale of each seed. Reports the violations it meets, the first ten by name.
    public static func of(
        _ seeds: Range<UInt64>, _ tell: (UInt64) throws -> SimulationTally
    ) throws -> SimulationTally {
        var sum = SimulationTally()
        let started = threadSeconds()
        for seed in seeds {
            do {
                sum += try tell(seed)
            } catch let violation as Violation {
                sum.seeds += 1
                sum.violations += 1
                if sum.violations <= 10 { print(violation) }
            }
        }
        sum.cpuSeconds = threadSeconds() - started
        return sum
    }

    /// By unit, for the table of the proof.
    public var figures: KeyValuePairs<String, Int> {
        [
            "seeds": seeds, "with people who decide": decided, "cloud faults": cloudFaults, "processes": lives,
            "disk operations": operations, "kills": kills, "power cuts": powerCuts, "refused operations": refusals,
            "violations": violations, "s of CPU": cpuSeconds,
        ]
    }

    public var description: String { figures.map { "\($0.value) \($0.key)" }.joined(separator: ", ") }

    private static func threadSeconds() -> Int {
        var reading = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &reading)
        return reading.tv_sec
    }

    static func += (left: inout Self, right: Self) {
        left.seeds += right.seeds
        left.decided += right.decided
        left.cloudFaults += right.cloudFaults
        left.lives += right.lives
        left.operations += right.operations
        left.kills += right.kills
        left.powerCuts += right.powerCuts
        left.refusals += right.refusals
    }
}

/// What a simulation went through.
public struct SimulationTally: Sendable {
    public internal(set) var seeds = 0
    /// Processes that were started.
    public internal(set) var lives = 0
    /// Changes to the disk, each of which could be the last.
    public internal(set) var operations = 0
    public internal(set) var kills = 0
    public internal(set) var powerCuts = 0
    /// Operations the disk refused to a process that lived on.
    public internal(set) var refusals = 0

    public init() {}

    public static func += (left: inout Self, right: Self) {
        left.seeds += right.seeds
        left.lives += right.lives
        left.operations += right.operations
        left.kills += right.kills
        left.powerCuts += right.powerCuts
        left.refusals += right.refusals
    }
}

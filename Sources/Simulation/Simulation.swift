import Evidence
import FinOps
import Foundation
import TestSupport

/// The real engine in a modelled world: what a month is, what goes wrong and when follows from a seed alone.
public struct Simulation: Sendable {
    private let bug: PlantedBug?
    private let calm: CalmMonths

    public init(bug: PlantedBug? = nil) {
        self.bug = bug
        calm = CalmMonths()
    }

    /// The smallest month there is, cheap enough for very many seeds. Throws `Violation`.
    public func runSmallest(seed: UInt64) throws -> SimulationTally {
        let tale = try LedgerTale(seed: seed, bug: bug)
        try tale.tell()
        return tale.tally
    }

    /// A whole month: nine phases, nine gates, people and a seal. Throws `Violation`.
    public func run(seed: UInt64) throws -> SimulationTally {
        let story = Story.allCases[Int(seed % UInt64(Story.allCases.count))]
        let tale = try Tale(seed: seed, story: story, bug: bug)
        let months = try tale.tell()
        if try months.fingerprint != calm.fingerprint(of: story) {
            throw Violation(
                seed: seed, story: story, bug: bug, sentence: "what was sealed is not what a calm run seals")
        }
        return tale.tally
    }
}

extension [ArchivedMonth] {
    /// What sealed months say, apart from when and by which run.
    fileprivate var fingerprint: [String] {
        flatMap { month in
            [
                "\(month.folder)", month.predicate?.outcome.rawValue ?? "", month.predicate?.deliverables?.hex ?? "",
                month.predicate?.facts?.hex ?? "", month.predicate?.policy?.hex ?? "",
            ]
        }
    }
}

/// The same stories with nothing going wrong, each told once.
private final class CalmMonths: @unchecked Sendable {
    private let mutex = NSLock()
    private var fingerprints: [Story: [String]] = [:]

    func fingerprint(of story: Story) throws -> [String] {
        if let known = mutex.withLock({ fingerprints[story] }) { return known }
        let months = try Tale(seed: 0, story: story, isCalm: true).tell()
        let found = months.fingerprint
        mutex.withLock { fingerprints[story] = found }
        return found
    }
}

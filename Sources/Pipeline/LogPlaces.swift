import Agents
import Evidence
import FinOps

/// Where coordination logs go: the first number of the day that is free.
///
/// A log of this run that its journal does not name was written by a process that ended before it could say so. It never
/// counted, so its place is taken again, and a month that was interrupted has the same files as any other.
struct LogPlaces {
    private let runID: String
    private let environment: RunEnvironment
    /// Names of the logs that count, or are about to be written.
    private var taken: Set<String>

    init(environment: RunEnvironment, journal: RunJournal) async {
        (self.runID, self.environment) = (journal.runID, environment)
        taken = Set(await journal.state.coordinationLogs.map(\.name))
    }

    mutating func next(_ role: String) throws -> (path: String, name: String) {
        let day = environment.clock.now().day
        var number = 1
        while true {
            let path = environment.layout.coordinationLog(role: role, day: day, number: number)
            let name = CoordinationLog.fileName(role: role, day: day, ordinal: number)
            if try !taken.contains(name) && isFree(path) {
                taken.insert(name)
                return (path, name)
            }
            number += 1
        }
    }

    private func isFree(_ path: String) throws -> Bool {
        guard try environment.fileSystem.exists(path) else { return true }
        let log = try? JSONText.decode(CoordinationLog.self, from: environment.fileSystem.read(path))
        return log?.runID == runID
    }
}

public import Evidence
public import FinOps

/// The runs below a root, looked at without changing them and without a lock: a torn last line is someone writing.
public struct RunShelf: Sendable {
    public let layout: ArchiveLayout
    public let fileSystem: any FileSystem

    public init(layout: ArchiveLayout, fileSystem: any FileSystem) {
        self.layout = layout
        self.fileSystem = fileSystem
    }

    /// Newest first.
    public func runIDs() throws -> [String] {
        guard try fileSystem.exists(layout.runsFolder) else { return [] }
        let runs = try fileSystem.list(layout.runsFolder).compactMap { name -> (String, Timestamp)? in
            guard BillingMonth(String(name.prefix(7))) != nil, let opened = try? entries(of: name).first?.time else {
                return nil
            }
            return (name, opened)
        }
        return runs.sorted { ($0.1, $0.0) > ($1.1, $1.0) }.map(\.0)
    }

    /// The run of the month that was opened last, or one whose journal cannot be read where there is no other; nil when nobody
    /// ran the month.
    func newestRun(of month: BillingMonth) throws -> String? {
        if let run = try runIDs().first(where: { $0.hasPrefix("\(month)") }) { return run }
        guard try fileSystem.exists(layout.runsFolder) else { return nil }
        return try fileSystem.list(layout.runsFolder).sorted().last { name in
            guard name.hasPrefix("\(month)-") else { return false }
            return try fileSystem.exists(layout.journal(name)) && (try? entries(of: name)) == nil
        }
    }

    /// The result object of a run as its journal tells it.
    public func result(of runID: String) throws -> RunResult {
        try reader(of: runID).result()
    }

    public func order(of runID: String) throws -> RunOrder {
        try reader(of: runID).order
    }

    func reader(of runID: String) throws -> RunReader {
        let state = RunState(folding: try entries(of: runID))
        let objects = objects(of: runID)
        let order = try JSONText.decode(
            RunOrder.self, from: try objects.get(try state.request.orThrow(unknownRun(runID))))
        return RunReader(state: state, order: order, objects: objects, layout: layout)
    }

    func objects(of runID: String) -> ObjectStore {
        ObjectStore(folder: layout.objects(runID), fileSystem: fileSystem)
    }

    private func entries(of runID: String) throws -> [JournalEntry] {
        let path = layout.journal(runID)
        guard try fileSystem.exists(path) else { throw unknownRun(runID) }
        return try JournalText(try fileSystem.read(path), named: path).entries
    }

    func unknownRun(_ runID: String) -> InputError {
        InputError(
            "unknown_run", "there is no run `\(runID)` in \(layout.relative(layout.runsFolder))",
            hint: "`finops-monthly status` lists the runs of this root")
    }
}

import Evidence
import FinOps
import Pipeline

extension RunShelf {
    init(global: GlobalOptions, settings: Settings) throws {
        self.init(layout: try settings.layout(root: global.rootDirectory), fileSystem: LocalFileSystem())
    }

    func newestRun() throws -> String {
        guard let newest = try runIDs().first else {
            throw InputError(
                "no_runs", "there is no run below \(layout.relative(layout.runsFolder))",
                hint: "start one with `finops-monthly run`")
        }
        return newest
    }
}

extension Settings {
    func layout(root: String) throws -> ArchiveLayout {
        try ArchiveLayout(
            root: root, project: try project(),
            template: self[.archivePath]?.text ?? ArchiveLayout.defaultTemplate)
    }
}

import ArgumentParser
import Evidence
import FinOps
import Pipeline

struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Where a run stands (without argument: the latest runs).")

    @Argument(help: ArgumentHelp("The run.", valueName: "run"))
    var runID: String?

    @Option(help: ArgumentHelp("The project evidence is filed under.", valueName: "name"))
    var project: String?

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run() async throws {
        try await global.guarded {
            let shelf = try RunShelf(global: global, settings: try global.settings(project: project))
            let view = StatusView(format: global.format, terminal: global.terminal, quiet: global.quiet)
            if let runID {
                let notices = NoticeShelf(layout: shelf.layout, fileSystem: shelf.fileSystem)
                try view.show(try shelf.result(of: runID), told: notices.receipts(of: runID))
            } else {
                try view.show(try shelf.runIDs().prefix(20).map(shelf.result(of:)))
            }
            return .complete
        }
    }
}

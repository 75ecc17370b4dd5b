import ArgumentParser
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
                try view.show(try shelf.result(of: runID))
            } else {
                try view.show(try shelf.runIDs().prefix(20).map(shelf.result(of:)))
            }
            return .complete
        }
    }
}

import ArgumentParser
import Evidence
import FinOps
import Foundation
import Pipeline

struct MCPCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mcp", abstract: "Serve coding agents over the Model Context Protocol, on stdin and stdout.",
        discussion: """
            Speaks revision 2026-07-28 and, to clients that begin with `initialize`, 2025-11-25 and older. An agent may read, start \
            and resume runs, and propose words; it cannot approve, and no key, threshold or recipient can be reached. docs/mcp.md \
            lists the tools.
            """)

    @Option(help: ArgumentHelp("The project evidence is filed under.", valueName: "name"))
    var project: String?

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run() async throws {
        try await global.guarded {
            let settings = try global.settings(project: project)
            let layout = try settings.layout(root: global.rootDirectory)
            let own = OwnProgram(
                globalArguments: ["--root", global.rootDirectory] + (global.config.map { ["--config", $0] } ?? []),
                environment: global.environment.merging(["FINOPS_PROJECT": try settings.project()]) { $1 },
                logFolder: "\(layout.runsFolder)/.agent")
            let server = ModelContextServer(
                tools: ModelContextTools(
                    layout: layout, shelf: RunShelf(layout: layout, fileSystem: LocalFileSystem()), own: own))
            while let line = readLine() {
                guard !line.isEmpty, let answer = await server.answer(Data(line.utf8)) else { continue }
                FileHandle.standardOutput.write(answer)
            }
            return .complete
        }
    }
}

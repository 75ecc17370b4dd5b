import ArgumentParser
import Evidence
import FinOps
import LanguageModels
import Reports

struct AnalyzeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "analyze", abstract: "Have the configured language model write about a finished month.",
        discussion: """
            The model writes words and names facts; this program prints the figures and refuses every text that contains \
            one of its own. The month is not changed, and nothing is added to its archive.
            """)

    @Argument(help: ArgumentHelp("The month (default: the newest that is sealed).", valueName: "YYYY-MM"))
    var month: String?

    @Option(
        name: .customLong("mode"),
        help: ArgumentHelp("A persona to write for; repeatable (default: executive).", valueName: "persona"))
    var modes: [String] = []

    @Option(help: ArgumentHelp("The project evidence is filed under.", valueName: "name"))
    var project: String?

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run() async throws {
        try await global.guarded {
            var flags = Setting.flag(.project, "--project", project)
            flags[.modes] = SettingValue(texts: modes.isEmpty ? ["executive"] : modes, origin: .flag("--mode"))
            let settings = try global.settings(flags: flags)
            let finished = try FinishedMonth.open(month, layout: settings.layout(root: global.rootDirectory))
            let conversation = Conversation(finished, model: try await global.demandedModel(settings), global: global)
            let material = MonthMaterial(finished.book)
            var status = ExitStatus.complete
            for reader in ReportRenderer.readers(of: finished.book, personas: try settings.personas()) {
                let narration = await conversation.ask(
                    Prompts.paragraph(material, reader: reader.name, question: reader.question), material)
                try conversation.show(narration, of: "\(reader.name): \(reader.question)")
                if narration.outcome != .accepted { status = .trouble }
            }
            await conversation.showUsage()
            return status
        }
    }
}

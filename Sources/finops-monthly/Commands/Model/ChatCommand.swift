import ArgumentParser
import Evidence
import FinOps
import Foundation
import LanguageModels

struct ChatCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "chat", abstract: "Ask about a finished month; answers come from its facts alone.",
        discussion: """
            Each sentence of an answer ends with the ids of its facts: `finops-monthly explain ID` opens one. Where the facts do \
            not reach, the answer is "I don't know from this archive." Questions are read line by line, from a terminal or a \
            pipe. Nothing is kept unless --transcript names a file: its first line holds the month's seal, and each line the \
            digest of the line before.
            """)

    @Argument(help: ArgumentHelp("The month (default: the newest that is sealed).", valueName: "YYYY-MM"))
    var month: String?

    @Option(help: ArgumentHelp("Keep questions and answers as evidence, JSON lines in a new file.", valueName: "file"))
    var transcript: String?

    @Option(help: ArgumentHelp("The project evidence is filed under.", valueName: "name"))
    var project: String?

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run() async throws {
        try await global.guarded {
            let settings = try global.settings(project: project)
            let finished = try FinishedMonth.open(month, layout: settings.layout(root: global.rootDirectory))
            let conversation = Conversation(finished, model: try await global.demandedModel(settings), global: global)
            var keeper = try transcript.map { try Transcript($0, of: finished) }
            let material = MonthMaterial(finished.book)
            var status = ExitStatus.complete
            let isTerminal = isatty(STDIN_FILENO) == 1
            if isTerminal {
                global.terminal.talk(
                    "Month \(finished.folder), \(finished.book.facts.count) facts. An empty line ends.")
            }
            while let line = Self.question(isTerminal), !(isTerminal && line.isEmpty) {
                guard !line.isEmpty else { continue }
                let askedAt = SystemClock().now()
                let narration = await conversation.ask(Prompts.answer(material, question: line), material)
                try conversation.show(narration, of: line)
                try keeper?.add(line, askedAt: askedAt, narration)
                if narration.outcome == .unavailable { status = .trouble }
            }
            if let keeper {
                global.terminal.talk("transcript: the last line's SHA-256 is \(keeper.previous.hex); keep it apart")
            }
            await conversation.showUsage()
            return status
        }
    }

    private static func question(_ isTerminal: Bool) -> String? {
        if isTerminal { FileHandle.standardError.write(Data("> ".utf8)) }
        return readLine()
    }
}

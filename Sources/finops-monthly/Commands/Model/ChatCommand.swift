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
            pipe. Nothing is kept unless --transcript names a file.
            """)

    @Argument(help: ArgumentHelp("The month (default: the newest that is sealed).", valueName: "YYYY-MM"))
    var month: String?

    @Option(help: ArgumentHelp("Keep questions and answers, as JSON lines, in a new file.", valueName: "file"))
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
            let keeper = try transcript.map { try Transcript($0) }
            let material = MonthMaterial(finished.book)
            var status = ExitStatus.complete
            let isTerminal = isatty(STDIN_FILENO) == 1
            if isTerminal {
                global.terminal.talk(
                    "Month \(finished.folder), \(finished.book.facts.count) facts. An empty line ends.")
            }
            while let line = Self.question(isTerminal), !(isTerminal && line.isEmpty) {
                guard !line.isEmpty else { continue }
                let narration = await conversation.ask(Prompts.answer(material, question: line), material)
                try conversation.show(narration, of: line)
                try keeper?.add(line, narration)
                if narration.outcome == .unavailable { status = .trouble }
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

/// Questions and answers, a line each; not evidence, and never written over.
private struct Transcript {
    private struct Entry: Encodable {
        let question: String
        let narration: Narration
    }

    private let file: FileHandle

    init(_ path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw InputError(
                "bad_transcript", "`--transcript \(path)` cannot be begun", cause: String(cString: strerror(errno)),
                hint: "name a file that does not exist yet")
        }
        file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }

    func add(_ question: String, _ narration: Narration) throws {
        try file.write(contentsOf: JSONText.line(Entry(question: question, narration: narration)) + Data("\n".utf8))
    }
}

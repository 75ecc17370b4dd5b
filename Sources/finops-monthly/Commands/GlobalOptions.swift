import ArgumentParser
import Foundation

enum OutputFormat: String, ExpressibleByArgument, CaseIterable, Sendable { case text, json, jsonl }

enum ProgressChoice: String, ExpressibleByArgument, CaseIterable, Sendable { case auto, plain, none }

enum ColorChoice: String, ExpressibleByArgument, CaseIterable, Sendable {
    case auto, always, never

    /// `NO_COLOR` and `CLICOLOR_FORCE` as their pages define them; a flag beats both.
    func resolved(isTerminal: Bool, environment: [String: String]) -> Bool {
        switch self {
        case .always: true
        case .never: false
        case .auto:
            if environment["NO_COLOR"]?.isEmpty == false {
                false
            } else if let force = environment["CLICOLOR_FORCE"], !force.isEmpty, force != "0" {
                true
            } else {
                isTerminal && environment["TERM"] != "dumb"
            }
        }
    }
}

/// The flags every command takes.
struct GlobalOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Where evidence, logs and working files lie.", valueName: "dir"))
    var root = "."

    @Option(help: ArgumentHelp("Configuration file instead of finops-monthly.yaml in the root.", valueName: "file"))
    var config: String?

    @Option(help: "What stdout carries: text, json (one object) or jsonl (one object per event).")
    var format: OutputFormat = .text

    @Option(help: "Colour: auto, always or never.")
    var color: ColorChoice = .auto

    @Option(help: "Progress on stderr: auto (only on a terminal), plain (a line per step) or none.")
    var progress: ProgressChoice = .auto

    @Flag(name: .customLong("no-input"), help: "Never ask; wait for a decision with exit status 75 instead.")
    var noInput = false

    @Flag(name: .shortAndLong, help: "Print only the path of the report.")
    var quiet = false

    @Flag(name: .shortAndLong, help: "Say more on stderr.")
    var verbose = false

    var environment: [String: String] { ProcessInfo.processInfo.environment }
    var terminal: Terminal { Terminal(color: color, progress: progress, environment: environment) }

    /// Absolute, so that a later change of directory cannot move it.
    var rootDirectory: String {
        let path = root.hasPrefix("/") ? root : FileManager.default.currentDirectoryPath + "/" + root
        return URL(fileURLWithPath: path).standardizedFileURL.path
    }

    var homeDirectory: String { environment["HOME"] ?? "/" }
}

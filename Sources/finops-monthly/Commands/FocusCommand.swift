import ArgumentParser
import CostExports
import Evidence
import FinOps
import Foundation

struct FocusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "focus", abstract: "Judge exports by the FOCUS specification.",
        subcommands: [FocusValidateCommand.self])
}

struct FocusValidateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Judge a FOCUS export by the specification's machine-readable rules.",
        discussion: """
            The rules are data that you pass: `focus_validator/rules/model-1.2.0.1.json` of PyPI's focus-validator, or a \
            later one. Rules that nothing in a file can decide, optional ones, and those of what your provider does not \
            support are skipped and counted. Ends with 33 when a rule of the words MUST or MUST NOT is broken. Nothing \
            leaves this machine.
            """)

    @Argument(help: ArgumentHelp("A FOCUS file: .csv, .csv.gz or .parquet.", valueName: "file"))
    var file: String

    @Option(help: ArgumentHelp("The requirements model of a FOCUS version.", valueName: "json"))
    var rules: String

    @Option(
        name: .customLong("supports"),
        help: ArgumentHelp(
            "What the provider supports, by the model's own words, repeatable; ALL for everything (default: nothing).",
            valueName: "criterion"))
    var supports: [String] = []

    @Flag(
        name: .customLong("present-columns"),
        help: "Judge the columns that are there alone: sums and extracts lack others, whose rules are skipped then.")
    var presentColumns = false

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run() async throws {
        try await global.guarded {
            let settings = try global.settings(flags: [:])
            let model = try ConformanceRules(file: rules, try bytes(of: rules))
            let supported = try criteria(of: model)
            let engine = try await DuckDB.find(
                configured: settings[.duckdb]?.text, path: global.environment["PATH"] ?? "/usr/bin:/bin",
                processes: SubprocessRunner())
            let path = URL(fileURLWithPath: file).resolvingSymlinksInPath().path
            let report = try await FocusValidator(engine: engine, disk: LocalFileSystem())
                .judge(path: path, by: model, supported: supported, demandsColumns: !presentColumns)
            try ConformanceView(format: global.format, terminal: global.terminal, quiet: global.quiet).show(report)
            return report.brokenMandatory.isEmpty ? .complete : .nonconforming
        }
    }

    private func bytes(of path: String) throws -> Data {
        do {
            return try LocalFileSystem().read(path)
        } catch let error as FileError {
            throw InputError("bad_rules", "`--rules \(path)` cannot be read", cause: error.summary)
        }
    }

    private func criteria(of model: ConformanceRules) throws -> Set<String> {
        if supports == ["ALL"] { return model.criteria }
        if let unknown = supports.first(where: { !model.criteria.contains($0) }) {
            throw InputError(
                "bad_criterion", "`--supports \(unknown)` is nothing the rules of FOCUS \(model.focusVersion) know",
                hint: NearestName.suggestion(for: unknown, among: model.criteria).map { "did you mean `\($0)`?" }
                    ?? "they know \(model.criteria.sorted().joined(separator: ", "))")
        }
        return Set(supports)
    }
}

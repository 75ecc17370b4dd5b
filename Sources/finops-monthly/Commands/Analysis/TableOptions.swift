import Analysis
import ArgumentParser
import FinOps
import Foundation

/// What the four analyses of a user's own figures have in common: where the figures come from and how the answer is written.
struct TableOptions: ParsableArguments {
    @Argument(help: ArgumentHelp("CSV with a heading, or JSON; - reads standard input.", valueName: "file"))
    var file: String

    @Flag(help: "Write the answer as CSV.")
    var csv = false

    func read() throws -> DataTable {
        if file == "-" { return try DataTable(FileHandle.standardInput.readToEnd() ?? Data(), file: "standard input") }
        guard let bytes = FileManager.default.contents(atPath: file) else {
            throw InputError("unreadable_file", "\(file) cannot be read", hint: "is it there, and readable?")
        }
        return try DataTable(bytes, file: file)
    }

    /// One answer in the form that was asked for. `nothing` stands instead of a table without rows.
    func show(
        _ table: AnswerTable, json: some Encodable, nothing: String, _ global: GlobalOptions
    ) throws {
        guard global.format == .text else {
            guard !csv else {
                throw InputError("two_formats", "--csv and --format \(global.format) exclude one another")
            }
            let bytes = global.format == .json ? try JSONText.document(json).dropLast() : try JSONText.line(json)
            return global.terminal.output(String(decoding: bytes, as: UTF8.self))
        }
        if csv { return global.terminal.output(table.commaSeparated) }
        table.rows.isEmpty ? global.terminal.talk(nothing) : global.terminal.output(table.text)
    }
}

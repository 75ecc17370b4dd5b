import ArgumentParser
import Exports
import FinOps

/// The flags that say which files are written, shared by `dashboard` and `export`.
struct ExportOptions: ParsableArguments {
    @Option(
        name: .customLong("export"),
        help: ArgumentHelp("csv, json, markdown, html, pdf, xlsx or png; repeatable.", valueName: "format"))
    var formats: [String] = []

    @Option(
        name: .customLong("output-file"),
        help: ArgumentHelp("The files' name; each format adds its own ending.", valueName: "name"))
    var outputFile: String?

    @Option(
        name: .customLong("output-dir"),
        help: ArgumentHelp("Where files go (default: exports below the root).", valueName: "dir"))
    var outputDirectory: String?

    @Flag(help: "Replace files of these names; otherwise none is overwritten.")
    var replace = false

    /// In the order given, each once.
    func chosen(adding extra: [ExportFormat] = []) throws -> [ExportFormat] {
        let named = try formats.flatMap(Settings.split).map { text in
            guard let format = ExportFormat(rawValue: text == "md" ? "markdown" : text) else {
                let known = ExportFormat.allCases.map(\.rawValue)
                let nearest = NearestName.suggestion(for: text, among: known).map { "did you mean `\($0)`? " } ?? ""
                throw InputError(
                    "bad_flag", "`--export \(text)` is not offered",
                    hint: "\(nearest)it takes \(known.joined(separator: ", "))")
            }
            return format
        }
        let all = (named + extra).reduce(into: [ExportFormat]()) { if !$0.contains($1) { $0.append($1) } }
        if all.isEmpty, outputFile != nil || outputDirectory != nil || replace {
            throw InputError(
                "nothing_exported", "a place for files is named, but no format", hint: "add `--export FORMAT`")
        }
        return all
    }

    /// Where the files go and what they are called. The ending of `--output-file` must be that of the one format, if it has
    /// one of ours.
    func place(_ formats: [ExportFormat], name: String, global: GlobalOptions) throws -> (folder: String, stem: String)
    {
        let folder = outputDirectory.map(global.absolute)
        guard let outputFile else { return (folder ?? global.rootDirectory + "/exports", name) }
        let path = folder.map { "\($0)/\(outputFile)" } ?? global.absolute(outputFile)
        let slash = path.lastIndex(of: "/") ?? path.startIndex
        var stem = String(path[path.index(after: slash)...])
        if let ending = ExportFormat.allCases.first(where: { stem.hasSuffix(".\($0.fileExtension)") }) {
            guard formats == [ending] else {
                throw InputError(
                    "bad_flag",
                    "`--output-file \(outputFile)` ends in .\(ending.fileExtension), but the export is "
                        + formats.map(\.rawValue).joined(separator: " and "),
                    hint: "leave the ending out: each format adds its own")
            }
            stem.removeLast(ending.fileExtension.count + 1)
        }
        guard !stem.isEmpty else {
            throw InputError("bad_flag", "`--output-file \(outputFile)` names no file", hint: "give it a name")
        }
        return (String(path[..<slash]), stem)
    }
}

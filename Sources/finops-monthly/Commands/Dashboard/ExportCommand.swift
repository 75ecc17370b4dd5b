import ArgumentParser
import Dashboard
import Evidence
import Exports
import FinOps
import Foundation
import Pipeline

struct ExportMonthCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "month",
        abstract: "Files from a sealed month: its figures as tables, its pages as PDF or pictures.",
        discussion: """
            Reads the month from the archive, after checking that it is what was sealed, and changes nothing in it. csv, json \
            and xlsx carry every figure; html, markdown, pdf and png carry the personas' pages, byte for byte or as a browser \
            prints them. Contacts nobody.
            """)

    @Argument(help: ArgumentHelp("A month (2026-02), or a run that is sealed.", valueName: "run|month"))
    var subject: String

    @Option(
        name: .customLong("mode"),
        help: ArgumentHelp(
            "A persona whose page is wanted; repeatable (default: all that were written).", valueName: "persona"))
    var modes: [String] = []

    @OptionGroup(title: "Files")
    var exports: ExportOptions

    @Option(help: ArgumentHelp("The project evidence is filed under.", valueName: "name"))
    var project: String?

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run() async throws {
        try await global.guarded {
            let formats = try exports.chosen()
            guard !formats.isEmpty else {
                throw InputError(
                    "nothing_exported", "no format is named", hint: "add `--export FORMAT`, for example `--export xlsx`"
                )
            }
            let settings = try global.settings(project: project)
            let layout = try settings.layout(root: global.rootDirectory)
            let month = try sealedMonth(layout)
            let place = try exports.place(formats, name: "\(month.folder)", global: global)
            let desk = ExportDesk(folder: place.folder, replaces: exports.replace, settings: settings, global: global)
            try desk.check(formats, names: [])
            var paths: [String] = []
            let data = formats.filter { [.csv, .json, .xlsx].contains($0) }
            if !data.isEmpty {
                let document = FactsDocument(try month.book(), seal: month.seal, folder: "\(month.folder)").document
                paths += try await desk.write(document, as: data, stem: place.stem)
            }
            let pages = formats.filter { !data.contains($0) }
            if !pages.isEmpty {
                paths += try await desk.write(pages: try self.pages(of: month, stem: place.stem), as: pages)
            }
            try show(paths, month)
            return .complete
        }
    }

    private func sealedMonth(_ layout: ArchiveLayout) throws -> VerifiedMonth {
        let disk = LocalFileSystem()
        guard let month = BillingMonth(subject) else { return try sealedMonth(ofRun: layout, disk) }
        guard let sealed = try VerifiedMonth(month, layout: layout, fileSystem: disk) else {
            throw unsealed("month \(month)")
        }
        return sealed
    }

    /// A run's month, as long as the archive still states what that run sealed.
    private func sealedMonth(ofRun layout: ArchiveLayout, _ disk: LocalFileSystem) throws -> VerifiedMonth {
        let result = try RunShelf(layout: layout, fileSystem: disk).result(of: subject)
        guard result.status == .complete, let seal = result.seal,
            let sealed = try VerifiedMonth(result.month, layout: layout, fileSystem: disk)
        else { throw unsealed("run \(subject)") }
        guard "\(sealed.seal)" == seal || sealed.seal.named == seal else {
            throw InputError(
                "restated", "run \(subject) is not the newest statement of \(result.month): that is \(sealed.folder)",
                hint: "`finops-monthly export \(result.month)` exports the newest")
        }
        return sealed
    }

    private func unsealed(_ subject: String) -> InputError {
        InputError(
            "not_sealed", "\(subject) is not sealed, and only what was approved and sealed is exported",
            hint: "approve and `resume` it first; `finops-monthly dashboard` shows figures before that")
    }

    private func pages(of month: VerifiedMonth, stem: String) throws -> [(stem: String, html: Data, markdown: Data)] {
        let known = Persona.allCases.map(\.rawValue)
        if let wrong = modes.first(where: { !known.contains($0) }) {
            throw InputError(
                "bad_flag", "`--mode \(wrong)` is not a persona", hint: "it takes \(known.joined(separator: ", "))")
        }
        let wanted = known.filter { modes.isEmpty || modes.contains($0) }
        let found = wanted.compactMap { name -> (stem: String, html: Data, markdown: Data)? in
            guard let html = month.files["reports/\(name).html"], let text = month.files["reports/\(name).md"] else {
                return nil
            }
            return ("\(stem)-\(name)", html, text)
        }
        guard found.count == wanted.count || modes.isEmpty, !found.isEmpty else {
            throw InputError(
                "no_page", "\(month.folder) was not written for \(wanted.joined(separator: ", "))",
                hint: "leave `--mode` out for every page there is")
        }
        return found
    }

    private func show(_ paths: [String], _ month: VerifiedMonth) throws {
        switch global.format {
        case .text: paths.forEach(global.terminal.output)
        case .json, .jsonl:
            let report = ExportReport(month: "\(month.folder)", seal: month.seal.named, files: paths)
            global.terminal.output(String(decoding: try JSONText.line(report), as: UTF8.self))
        }
    }
}

private struct ExportReport: Encodable {
    let schema = 1
    let month: String
    let seal: String
    let files: [String]
}

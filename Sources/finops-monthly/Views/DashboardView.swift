import Exports
import FinOps
import Foundation

/// Shows a document on the terminal, or as JSON where a program reads; and says which files were written.
struct DashboardView {
    let global: GlobalOptions

    func show(_ document: ExportDocument, files: [String]) throws {
        let terminal = global.terminal
        switch global.format {
        case .json, .jsonl:
            let bytes = try Exporter.json(document, onOneLine: global.format == .jsonl)
            terminal.output(String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .newlines))
        case .text where global.quiet && !files.isEmpty:
            files.forEach(terminal.output)
        case .text:
            let text = TextExport(
                width: terminal.columns, glyphs: Glyphs(environment: global.environment),
                isColored: terminal.standardOutputIsColored
            ).text(document)
            terminal.output(text)
            if !files.isEmpty { terminal.output("") }
            for path in files { terminal.output("Exported  \(shown(path))") }
        }
    }

    /// Relative to the root where it lies below it.
    private func shown(_ path: String) -> String {
        path.hasPrefix(global.rootDirectory + "/") ? String(path.dropFirst(global.rootDirectory.count + 1)) : path
    }
}

import FinOps
import Foundation

/// How trouble is told: one sentence, what lies underneath, a blank line and the remedy. Under JSON it is JSON as well.
struct ErrorView {
    let format: OutputFormat
    let terminal: Terminal

    func show(_ error: any Error) {
        let explained = error as? any ExplainedError
        let summary = explained?.summary ?? "unexpected error"
        let cause = explained == nil ? String(describing: error) : explained?.cause
        let hint =
            explained == nil
            ? "this is a bug; please report it with the command and the line above" : explained?.hint
        switch format {
        case .text:
            var text = Style.bad.apply("error:", when: terminal.standardErrorIsColored) + " " + summary
            if let cause { text += "\n  " + cause }
            if let hint { text += "\n\nhint: " + hint }
            terminal.talk(text)
        case .json, .jsonl:
            let report = ErrorReport(
                type: "error", code: explained?.code ?? "unexpected", message: summary, cause: cause, hint: hint)
            if let line = try? JSONText.line(report) { terminal.talk(String(decoding: line, as: UTF8.self)) }
        }
    }
}

private struct ErrorReport: Encodable {
    let type: String
    let code: String
    let message: String
    let cause: String?
    let hint: String?
}

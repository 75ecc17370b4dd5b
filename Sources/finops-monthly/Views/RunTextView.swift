import FinOps
import Foundation
import Pipeline

/// The run as a person reads it: one line a phase on stdout as it completes, the phase at work on a terminal's stderr.
struct RunTextView: RunObserver {
    let terminal: Terminal
    let quiet: Bool
    let progress: ProgressChoice

    func observe(_ event: RunEvent) {
        guard !quiet else { return }
        switch event {
        case .runStarted(let runID, let request, let resumed) where request.monthExport != nil:
            let source = request.monthExport?.origin.words ?? ""
            terminal.output("Run \(runID) · \(resumed ? "resumed · " : "")\(source)")
        case .runStarted(let runID, let request, let resumed):
            let whom =
                switch request.scope {
                case .organization: "organisation"
                case .singleAccount: "single account"
                }
            let source =
                request.isSample ? "sample estate" : request.profile.map { "profile \($0)" } ?? "default credentials"
            terminal.output("Run \(runID) · \(resumed ? "resumed · " : "")\(whom) of \(source)")
        case .phaseStarted(let phase):
            if terminal.showsProgress {
                FileHandle.standardError.write(Data("  \(PhaseLine.pad(phase.rawValue, 2)) \(phase.name) …\r".utf8))
            } else if progress == .plain {
                terminal.talk("phase \(phase.rawValue) \(phase.name) started")
            }
        case .phaseCompleted(let summary):
            if terminal.showsProgress { FileHandle.standardError.write(Data("\u{1B}[2K\r".utf8)) }
            terminal.output(PhaseLine(summary: summary, isColored: terminal.standardOutputIsColored).text)
        case .notice(let text):
            terminal.talk("note: \(text)")
        }
    }
}

/// One line of the phase table, 80 columns wide: a detail of up to 38 characters, gates included, keeps to it.
struct PhaseLine {
    let summary: PhaseSummary
    let isColored: Bool

    var text: String {
        let status = Self.pad(summary.status.rawValue, 9)
        let seconds = summary.seconds.text(fractionDigits: 1) + " s"
        let gates = summary.gates.map(\.rawValue).joined(separator: " ")
        let body = [gates, summary.detail].filter { !$0.isEmpty }.joined(separator: "  ")
        let head = "  \(Self.pad(summary.phase.rawValue, 2)) \(Self.pad(summary.name, 19))"
        let line = head + " " + style.apply(status, when: isColored) + " " + Self.pad(body, 38)
        return line + Style.quiet.apply(Self.padStart(seconds, 7), when: isColored)
    }

    private var style: Style {
        switch summary.status {
        case .done, .passed: .good
        case .advised, .waiting: .caution
        case .failed, .undetermined: .bad
        }
    }

    static func padStart(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }

    static func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}

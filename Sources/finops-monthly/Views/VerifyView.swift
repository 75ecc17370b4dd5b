import Evidence
import FinOps
import Foundation
import Pipeline

/// One line a check, in four words, and a closing sentence that can be quoted.
struct VerifyView {
    let format: OutputFormat
    let terminal: Terminal

    func show(_ audit: ArchiveAudit, attestation: String?) throws {
        let report = VerifyReport(audit: audit, attestation: attestation)
        guard format == .text else {
            terminal.output(String(decoding: try JSONText.line(report), as: UTF8.self))
            return
        }
        for check in report.checks {
            let word = PhaseLine.pad(check.word, 8)
            let style: Style = check.word == VerificationWord.ok.rawValue ? .good : .bad
            terminal.output(
                style.apply(word, when: terminal.standardOutputIsColored) + PhaseLine.pad(check.month ?? "archive", 12)
                    + check.check
                    + (check.word == VerificationWord.ok.rawValue ? "" : check.detail.map { "  \($0)" } ?? ""))
        }
        terminal.output("\n\(report.conclusion)")
        if let attestation { terminal.output("Signed   \(attestation)") }
        if !audit.isPinned {
            terminal.talk("note: the archive's own keys were used; an auditor pins his copy with `--trust DIR`")
        }
    }
}

private struct VerifyReport: Encodable {
    struct Check: Encodable {
        let month: String?
        let check: String
        let word: String
        let detail: String?
    }

    let schema = 1
    let exitStatus: Int
    let head: String?
    let pinnedTrust: Bool
    /// The signed result, where one was asked for.
    let attestation: String?
    let checks: [Check]
    let conclusion: String

    init(audit: ArchiveAudit, attestation: String?) {
        let gates = audit.months.flatMap { month in
            month.comparisons.map { comparison in
                Check(
                    month: month.folder, check: "gate \(comparison.gate.rawValue) judged again",
                    word: (comparison.agrees ? VerificationWord.ok : .differs).rawValue,
                    detail: comparison.agrees
                        ? comparison.again?.rawValue
                        : "recorded \(comparison.recorded?.rawValue ?? "nothing"), again \(comparison.again?.rawValue ?? "nothing")"
                )
            }
        }
        checks =
            audit.report.lines.map {
                Check(month: $0.month, check: $0.check, word: $0.word.rawValue, detail: $0.detail)
            } + gates
        exitStatus = Int(audit.exitStatus.rawValue)
        head = audit.report.head?.named
        pinnedTrust = audit.isPinned
        self.attestation = attestation
        conclusion = Self.conclusion(audit)
    }

    private static func conclusion(_ audit: ArchiveAudit) -> String {
        let count = "\(audit.months.count) month\(audit.months.count == 1 ? "" : "s")"
        return switch audit.exitStatus {
        case .complete:
            "All checks hold: \(count), chain head \(audit.report.head?.named ?? "none"), every gate judged again as recorded."
        case .verifyDiffers: "The bytes are as sealed, but a gate judged again gives another verdict."
        case .verifyIncomplete: "Evidence is missing; what is there holds."
        default: "The archive is NOT what was sealed."
        }
    }
}

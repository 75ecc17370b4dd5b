import FinOps
import Foundation
import Notices
import Pipeline

/// Where runs stand: a table of the latest, or one in full.
struct StatusView {
    let format: OutputFormat
    let terminal: Terminal
    /// Only the run ids, for scripts.
    let quiet: Bool

    func show(_ results: [RunResult]) throws {
        guard format == .text else {
            terminal.output(String(decoding: try JSONText.line(results), as: UTF8.self))
            return
        }
        guard !results.isEmpty else {
            terminal.talk(
                "no runs yet\n\nhint: `finops-monthly run --sandbox` tells the whole story on a sample estate")
            return
        }
        guard !quiet else { return results.forEach { terminal.output($0.runID) } }
        for result in results {
            let run = PhaseLine.pad(result.runID, 18)
            terminal.output("\(run) \(PhaseLine.pad(result.status.rawValue, 18)) \(standing(result))")
        }
    }

    func show(_ result: RunResult, told receipts: [NoticeReceipt]) throws {
        guard format == .text else {
            let answer = ToldResult(result: result, notifications: receipts)
            let bytes = format == .json ? try JSONText.document(answer) : try JSONText.line(answer)
            terminal.output(String(String(decoding: bytes, as: UTF8.self).trimmingSuffix { $0 == "\n" }))
            return
        }
        terminal.output("Run      \(result.runID) · \(result.status.rawValue)")
        for phase in result.phases {
            terminal.output(
                "  \(PhaseLine.pad(phase.phase.rawValue, 2)) \(PhaseLine.pad(phase.name, 20)) \(phase.status.rawValue)")
        }
        for gate in result.gates where gate.verdict != .passed {
            terminal.output("\(gate.id.rawValue) \(gate.verdict.rawValue): \(gate.reasons.first ?? "")")
        }
        terminal.output("\(standing(result))")
        for receipt in receipts {
            let outcome = receipt.reason.map { "not told: \($0)" } ?? "told"
            terminal.output("Notice   \(receipt.channel) \(outcome) (\(receipt.event.rawValue))")
        }
    }

    private func standing(_ result: RunResult) -> String {
        switch result.status {
        case .complete: result.archive ?? ""
        case .awaitingDecision: "approve it, then resume"
        case .halted: result.gates.first { $0.verdict == .failed || $0.verdict == .undetermined }?.reasons.first ?? ""
        case .rejected: "the report was rejected"
        case .interrupted: "resume it"
        }
    }
}

/// The result object, and beside its keys what people were told.
private struct ToldResult: Encodable {
    let result: RunResult
    let notifications: [NoticeReceipt]

    func encode(to encoder: any Encoder) throws {
        try result.encode(to: encoder)
        guard !notifications.isEmpty else { return }
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(notifications, forKey: .notifications)
    }

    private enum CodingKeys: String, CodingKey { case notifications }
}

extension StringProtocol {
    fileprivate func trimmingSuffix(while matches: (Character) -> Bool) -> SubSequence {
        var end = endIndex
        while end > startIndex, matches(self[index(before: end)]) { end = index(before: end) }
        return self[..<end]
    }
}

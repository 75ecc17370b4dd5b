import FinOps
import Foundation
import Pipeline

/// The run as other programs read it: under `jsonl` an object per event as it happens, under `json` nothing until the end.
struct RunJSONView: RunObserver {
    let terminal: Terminal
    let emitsEvents: Bool

    func observe(_ event: RunEvent) {
        guard emitsEvents, let line = try? JSONText.line(EventLine(event)) else { return }
        terminal.output(String(decoding: line, as: UTF8.self))
    }
}

private struct EventLine: Encodable {
    let type: String
    var runID: String?
    var month: BillingMonth?
    var phase: PhaseID?
    var name: String?
    var status: PhaseSummary.Status?
    var gates: [GateID]?
    var detail: String?
    var seconds: String?
    var message: String?

    init(_ event: RunEvent) {
        switch event {
        case .runStarted(let runID, let request, let resumed):
            type = resumed ? "run_resumed" : "run_started"
            self.runID = runID
            month = request.month
        case .phaseStarted(let phase):
            type = "phase_started"
            self.phase = phase
            name = phase.name
        case .phaseCompleted(let summary):
            type = "phase_completed"
            phase = summary.phase
            name = summary.name
            status = summary.status
            gates = summary.gates
            detail = summary.detail
            seconds = summary.seconds.text(fractionDigits: 2)
        case .notice(let text):
            type = "notice"
            message = text
        }
    }
}

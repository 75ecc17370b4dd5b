import ArgumentParser
import FinOps

/// Every way this program ends. `explain` prints the meanings, and docs/exit-status.md is written from them.
enum ExitStatus: Int32, CaseIterable {
    case complete = 0
    case trouble = 1
    case gate0 = 10
    case gate1 = 11
    case gate2 = 12
    case gate3 = 13
    case gate4 = 14
    case gate5 = 15
    case gate7 = 17
    case gate8 = 18
    case verifyFailed = 30
    case verifyIncomplete = 31
    case verifyDiffers = 32
    case nonconforming = 33
    case usage = 64
    case waiting = 75
    case interrupted = 130

    /// The status of a run that `gate` stopped. G6 is advisory and never stops one.
    init(stoppedBy gate: GateID) {
        self = ExitStatus(rawValue: 10 + Int32(gate.number)) ?? .trouble
    }

    var meaning: String {
        switch self {
        case .complete: "Complete; advisories allowed."
        case .trouble: "Trouble: network, disk, clock or a bug. Nothing was judged."
        case .gate0: "G0 stopped the run: the tool itself does not work."
        case .gate1: "G1 stopped the run: not signed in."
        case .gate2: "G2 stopped the run: Cost Explorer may not be read."
        case .gate3: "G3 stopped the run: no account was found at all."
        case .gate4: "G4 stopped the run: the cost layers differ without explanation, or could not be compared."
        case .gate5: "G5 stopped the run: a deliverable is missing."
        case .gate7: "G7 stopped the run: rejected, or the request expired."
        case .gate8: "G8 stopped the run: the archive is not whole."
        case .verifyFailed: "verify: a signature, digest, stamp or link does not hold."
        case .verifyIncomplete: "verify: evidence is missing or incomplete."
        case .verifyDiffers: "verify: a gate judged again gives another verdict."
        case .nonconforming: "focus validate: the export breaks a rule that it must keep."
        case .usage: "Usage, configuration or input file. Nothing was changed."
        case .waiting:
            "Waiting for a human, or for a retry later: `resume` after the decision. Never a failure, never a success."
        case .interrupted: "Interrupted; the journal is whole, `resume` works."
        }
    }

    var code: ExitCode { ExitCode(rawValue) }
}

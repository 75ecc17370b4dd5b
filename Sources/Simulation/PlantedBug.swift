public import FinOps
import Foundation
import Gates
import Pipeline
import TestSupport

/// A mistake the engine could have been written with, put between it and the world. The simulation has to find each one:
/// what it would not notice, it does not prove.
public enum PlantedBug: Hashable, Sendable, CaseIterable {
    case notSynchronized(Place)
    /// `fsync` returns at once and is made good with the next operation.
    case acknowledgedEarly
    /// Of many files to synchronise the last is left out.
    case lastOfManyLeftOut
    /// Files are renamed into place first and synchronised then.
    case renamedBeforeSynchronized
    /// Files are written where they belong instead of aside.
    case writtenInPlace
    /// What `fsync` complains of is passed over.
    case synchronizationErrorIgnored
    /// A full disk takes part of a line, and nobody looks.
    case shortWriteIgnored
    /// A torn last line stays, and the next is written behind it.
    case tornLineKept
    /// Answers that were paid for are not looked up.
    case answersForgotten
    /// An answer is used before it is kept.
    case answersKeptLate
    /// A question that costs money leaves before it is written down.
    case questionsNotWrittenDown
    /// Every question has the same key.
    case answersMixedUp
    /// The clock is read once: nothing ever expires.
    case clockStopped
    /// Whoever signs is trusted.
    case strangersTrusted
    case gateLeftOut(GateID)
    case decisionAccepted(DecisionMistake)

    /// Where a missing `fsync` can hide.
    public enum Place: String, Sendable, CaseIterable {
        case journal, journalFolder, object, objectFolder, page, pageFolder, bagFile, bagFolder, archiveFolder
        case newFolder, anything
    }

    public static var allCases: [PlantedBug] {
        Place.allCases.map(PlantedBug.notSynchronized) + [
            .acknowledgedEarly, .lastOfManyLeftOut, .renamedBeforeSynchronized, .writtenInPlace,
            .synchronizationErrorIgnored, .shortWriteIgnored, .tornLineKept, .answersForgotten,
            .answersKeptLate, .questionsNotWrittenDown, .answersMixedUp, .clockStopped, .strangersTrusted,
        ] + GateID.allCases.map(PlantedBug.gateLeftOut)
            + DecisionMistake.allCases.map(PlantedBug.decisionAccepted)
    }

    /// Whether it lies between the engine and its disk: then the smallest month may show it too.
    public var isOnDisk: Bool {
        switch self {
        case .answersForgotten, .answersKeptLate, .questionsNotWrittenDown, .answersMixedUp, .clockStopped,
            .strangersTrusted, .gateLeftOut, .decisionAccepted:
            false
        default: true
        }
    }

    /// `memory` is what the mistaken keep from one process to the next.
    func disk(over below: any FileSystem, memory: TrustMemory = TrustMemory()) -> any FileSystem {
        switch self {
        case .notSynchronized(let place): UnsynchronizedDisk(place: place, below: below)
        case .acknowledgedEarly: EarlyDisk(below)
        case .lastOfManyLeftOut: ForgetfulDisk(below: below)
        case .renamedBeforeSynchronized: HastyDisk(below)
        case .writtenInPlace: InPlaceDisk(below: below)
        case .synchronizationErrorIgnored: DeafDisk(verb: .synchronize, below: below)
        case .shortWriteIgnored: DeafDisk(verb: .append, below: below)
        case .tornLineKept: ContinuingDisk(below: below)
        case .strangersTrusted: GullibleDisk(below: below)
        case .decisionAccepted(.notCheckedAgain): RememberingDisk(memory: memory, below: below)
        default: below
        }
    }

    func memo(over memo: any AnswerMemo) -> any AnswerMemo {
        switch self {
        case .answersForgotten, .answersKeptLate, .questionsNotWrittenDown, .answersMixedUp:
            MistakenMemo(bug: self, memo: memo)
        default: memo
        }
    }

    func clock(over clock: any FinOps.Clock) -> any FinOps.Clock {
        self == .clockStopped ? StoppedClock(time: StoppedClock.start) : clock
    }

    var rulebook: Rulebook {
        var rulebook = Rulebook.standard
        switch self {
        case .gateLeftOut(let gate): rulebook.gates = Self.gates(without: gate)
        case .decisionAccepted(let mistake): rulebook.approvals = mistake.rules
        default: break
        }
        return rulebook
    }

    private static func gates(without gate: GateID) -> GateCatalog {
        var gates = GateCatalog.standard
        gates.preflight.removeAll { $0.id == gate }
        gates.discovery.removeAll { $0.id == gate }
        gates.crossValidation.removeAll { $0.id == gate }
        gates.reporting.removeAll { $0.id == gate }
        gates.visualVerification.removeAll { $0.id == gate }
        gates.approval.removeAll { $0.id == gate }
        gates.archive.removeAll { $0.id == gate }
        return gates
    }
}

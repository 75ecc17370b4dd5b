import Evidence
import FinOps
import Foundation
import Pipeline
import TestSupport

/// The people of a story: who answers a request, when, and with what.
struct DecisionDesk {
    private let story: Story
    private var answers = 0
    private var drawer: SigstoreBundle?
    /// The last command said that a decision is waited for.
    var isAsked = false
    /// Somebody wants the month begun anew.
    private(set) var wantsNewRun = false

    init(story: Story) { self.story = story }

    /// One answer, or none. Returns what the tool complained of.
    mutating func answer(
        _ runID: String, at counter: Counter, random: inout SeededRandom, inspector: inout Inspector
    ) throws -> (any Error)? {
        answers += 1
        let world = counter.world
        wantsNewRun = false
        switch (story, answers) {
        case (.answeredTooLate, 1):
            world.clock.pass(seconds: Self.tooLateSeconds)
            // Nobody says anything, or somebody says it too late.
            guard random.oneIn(2) else { return nil }
            return present("bob", runID, counter, &inspector)
        case (.oldDecisionAgain, 1):
            defer { world.clock.pass(seconds: Self.tooLateSeconds) }
            return postpone(runID, counter)
        case (.chainMoved, 1):
            let complaint = postpone(runID, counter)
            try world.sealElsewhere()
            return complaint
        case (.revised, 1):
            let complaint = postpone(runID, counter)
            world.cloud.growth = { _ in 700 }
            wantsNewRun = true
            return complaint
        case (.oldDecisionAgain, 2), (.chainMoved, 2), (.revised, 2):
            guard let drawer else { return nil }
            return hand(by: "bob", runID, counter, &inspector) { _ in drawer }
        case (.strangerFirst, 1): return present("mallory", runID, counter, &inspector)
        case (.requesterFirst, 1): return present("alice", runID, counter, &inspector)
        case (.decisionDroppedIn, _): return try dropIn(runID, counter, isTorn: answers == 1, &inspector)
        case (.splitDecision, _):
            return present("bob", runID, counter, &inspector, as: .rejected)
                ?? present("carol", runID, counter, &inspector, as: .approved)
        default:
            let approvers = story.approvers(without: world.withdrawn)
            return present(approvers[random.below(approvers.count)], runID, counter, &inspector)
        }
    }

    /// Longer than any request is valid.
    private static let tooLateSeconds = 20 * 86_400

    /// Where a decision is handed in, and who else works on the run at that moment.
    struct Counter {
        let world: World
        let machine: Machine
        let meanwhile: Machine?
    }

    private func present(
        _ person: String, _ runID: String, _ counter: Counter, _ inspector: inout Inspector,
        as decision: ApprovalPredicate.Decision? = nil
    ) -> (any Error)? {
        let time = counter.world.clock.trueTime
        let decision = decision ?? (story == .rejected ? .rejected : .approved)
        return hand(by: person, runID, counter, &inspector) { request in
            try await People.sign(request, as: person, decision, on: time)
        }
    }

    private func hand(
        by person: String, _ runID: String, _ counter: Counter, _ inspector: inout Inspector,
        _ sign: @escaping Machine.Signature
    ) -> (any Error)? {
        let signed = Signed()
        let outcome = counter.machine.decide(runID, meanwhile: counter.meanwhile) { request in
            let bundle = try await sign(request)
            signed.bundle = bundle
            return bundle
        }
        note(signed.bundle, of: person, counter.world, &inspector)
        switch outcome {
        case .failure(let error): return error
        case .success:
            if let bundle = signed.bundle { inspector.hearsThatDecisionIsKept(bundle, of: runID) }
            return nil
        }
    }

    private func note(_ bundle: SigstoreBundle?, of person: String, _ world: World, _ inspector: inout Inspector) {
        guard let bundle, let bytes = try? bundle.encoded(), let statement = try? bundle.approval else { return }
        inspector.sees(
            SystemHashing().sha256(bytes),
            .init(person: person, approved: statement.decision == .approved, presentedOn: world.clock.trueTime))
    }

    /// Signs, and keeps the decision in a drawer.
    private mutating func postpone(_ runID: String, _ counter: Counter) -> (any Error)? {
        let (bundle, complaint) = signAtHome(runID, counter)
        drawer = bundle
        return complaint
    }

    /// Lays a decision into the run's folder, as somebody would who copies a file; nothing is synchronised.
    private func dropIn(
        _ runID: String, _ counter: Counter, isTorn: Bool, _ inspector: inout Inspector
    ) throws -> (any Error)? {
        let (bundle, complaint) = signAtHome(runID, counter)
        guard let bundle else { return complaint }
        note(bundle, of: "bob", counter.world, &inspector)
        let bytes = try bundle.encoded()
        let disk = counter.world.disk
        try disk.makeDirectory(counter.world.layout.decisions(runID))
        try disk.write(
            isTorn ? bytes.prefix(bytes.count / 2) : bytes, to: counter.world.layout.decision(runID, approver: "bob"))
        return complaint
    }

    private func signAtHome(_ runID: String, _ counter: Counter) -> (SigstoreBundle?, (any Error)?) {
        let time = counter.world.clock.trueTime
        let signed = Signed()
        let outcome = counter.machine.decide(runID) { request in
            signed.bundle = try await People.sign(request, as: "bob", .approved, on: time)
            throw InputError("not_waiting", "the decision is not handed in here")
        }
        guard case .failure(let error) = outcome else { return (signed.bundle, nil) }
        return (signed.bundle, error)
    }
}

/// Carries a bundle out of the simulated process.
private final class Signed {
    var bundle: SigstoreBundle?
}

extension SigstoreBundle {
    fileprivate var approval: ApprovalPredicate {
        get throws { try Statement<ApprovalPredicate>(payload: payload).predicate }
    }
}

import Evidence
import FinOps
import Foundation
import Pipeline
import TestSupport

/// The people of a story: who answers a request, when, and with what.
struct DecisionDesk {
    private let story: Story
    private var answers = 0
    private var undelivered: SigstoreBundle?
    /// The last command said that a decision is waited for.
    var isAsked = false

    init(story: Story) { self.story = story }

    /// One answer, or none. Returns what the tool complained of.
    mutating func answer(
        _ runID: String, on machine: Machine, in world: World, random: inout SeededRandom, inspector: inout Inspector
    ) -> (any Error)? {
        answers += 1
        switch (story, answers) {
        case (.answeredTooLate, 1):
            world.clock.pass(seconds: Self.tooLateSeconds)
            // Nobody says anything, or somebody says it too late.
            guard random.oneIn(2) else { return nil }
            return present("bob", runID, machine, world, &inspector)
        case (.oldDecisionAgain, 1):
            return postpone(runID, machine, world, &inspector)
        case (.oldDecisionAgain, 2) where undelivered != nil:
            let old = undelivered!
            return hand(old, by: "bob", runID, machine, world, &inspector)
        case (.strangerFirst, 1): return present("mallory", runID, machine, world, &inspector)
        case (.requesterFirst, 1): return present("alice", runID, machine, world, &inspector)
        default:
            return present(story.approvers[random.below(story.approvers.count)], runID, machine, world, &inspector)
        }
    }

    /// Longer than any request is valid.
    private static let tooLateSeconds = 20 * 86_400

    private func present(
        _ person: String, _ runID: String, _ machine: Machine, _ world: World, _ inspector: inout Inspector
    ) -> (any Error)? {
        let time = world.clock.trueTime
        return hand(by: person, runID, machine, world, &inspector) { [story] request in
            try await People.sign(request, as: person, story == .rejected ? .rejected : .approved, on: time)
        }
    }

    private func hand(
        _ bundle: SigstoreBundle, by person: String, _ runID: String, _ machine: Machine, _ world: World,
        _ inspector: inout Inspector
    ) -> (any Error)? {
        hand(by: person, runID, machine, world, &inspector) { _ in bundle }
    }

    private func hand(
        by person: String, _ runID: String, _ machine: Machine, _ world: World, _ inspector: inout Inspector,
        _ sign: @escaping (ApprovalRequest) async throws -> SigstoreBundle
    ) -> (any Error)? {
        let signed = Signed()
        let outcome = machine.decide(runID) { request in
            let bundle = try await sign(request)
            signed.bundle = bundle
            return bundle
        }
        if let bundle = signed.bundle, let bytes = try? bundle.encoded() {
            inspector.sees(
                SystemHashing().sha256(bytes),
                .init(person: person, approved: story != .rejected, presentedOn: world.clock.trueTime))
        }
        guard case .failure(let error) = outcome else { return nil }
        return error
    }

    /// Signs, and keeps the decision in a drawer until its request has expired.
    private mutating func postpone(
        _ runID: String, _ machine: Machine, _ world: World, _ inspector: inout Inspector
    ) -> (any Error)? {
        let time = world.clock.trueTime
        let signed = Signed()
        let outcome = machine.decide(runID) { request in
            signed.bundle = try await People.sign(request, as: "bob", .approved, on: time)
            throw InputError("not_waiting", "the decision lies in a drawer")
        }
        undelivered = signed.bundle
        world.clock.pass(seconds: Self.tooLateSeconds)
        guard case .failure(let error) = outcome else { return nil }
        return error
    }
}

/// Carries a bundle out of the simulated process.
private final class Signed {
    var bundle: SigstoreBundle?
}

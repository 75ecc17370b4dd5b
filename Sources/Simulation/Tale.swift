import Evidence
import FinOps
import Foundation
import Pipeline
import TestSupport

/// One seed: a month that is run, killed, resumed, decided and sealed in a modelled world, until nothing goes wrong any more
/// and it has to have ended as its story wants.
final class Tale {
    private let seed: UInt64
    private let story: Story
    private let bug: PlantedBug?
    private let world: World
    private let livesInTrouble: Int
    private let livesUntilCloudHeals: Int
    private var random: SeededRandom
    private var inspector: Inspector
    private var desk: DecisionDesk
    private(set) var tally = SimulationTally()
    /// The run a person knows of.
    private var runID: String?
    /// A run that is complete, before its month is stated again.
    private var finished: String?
    /// Runs that nobody takes up again.
    private var setAside: Set<String> = []
    /// What somebody said of letters nobody knew of.
    private var answer: Distribution.Answer?
    private var ending: RunEnd?
    private var lastWords = "nothing was said"

    init(seed: UInt64, story: Story, isCalm: Bool = false, bug: PlantedBug? = nil) throws {
        self.seed = seed
        self.story = story
        self.bug = bug
        random = SeededRandom(state: seed)
        livesInTrouble = isCalm ? 0 : 1 + random.below(5)
        livesUntilCloudHeals = 1 + random.below(3)
        world = try World(seed: seed, story: story)
        inspector = Inspector(world: world)
        desk = DecisionDesk(story: story)
    }

    /// What was sealed. Throws `Violation` when a promise was broken.
    func tell() throws -> [ArchivedMonth] {
        tally.seeds = 1
        tally.decided = story.needsPeople ? 1 : 0
        do {
            var number = 0
            while !hasEnded {
                guard number < 40 else { throw BrokenPromise("it never ends: \(lastWords)") }
                try live(number)
                number += 1
            }
            cutPower()
            return try inspector.inspectAtTheEnd()
        } catch let broken as BrokenPromise {
            throw Violation(seed: seed, story: story, bug: bug, sentence: broken.sentence)
        }
    }

    private var hasEnded: Bool {
        guard let ending else { return false }
        switch story.ending {
        case .complete: return ending.result.status == .complete && (story != .restated || finished != nil)
        case .rejected: return ending.result.decision?.state == .rejected
        case .stoppedByG4: return ending.stop?.gate == .g4
        }
    }

    private func live(_ number: Int) throws {
        let isTroubled = number < livesInTrouble
        setClock(isTroubled: isTroubled, isFirstCalm: number == livesInTrouble)
        world.setCloud(isTroubled: number < livesUntilCloudHeals)
        if story.isAboutTheCloud, number < livesUntilCloudHeals { tally.cloudFaults += 1 }
        world.post.mood = mood(isTroubled: isTroubled)
        let life = Life(isTroubled ? Mishap(random: &random) : .none)
        let machine = Machine(world: world, life: life, bug: bug, order: random.next(), answer: answer)
        let error = try command(machine, life)
        count(life, machine)
        if life.mishap.isPowerCut, life.isDead || life.mishap.isHarmless { cutPower() }
        if life.isDead { forget() }
        try inspector.inspect(after: life, ended: ending)
        if let error, !life.isDead { try tolerate(error, life) }
        if story == .restated, finished == nil, ending?.result.status == .complete {
            finished = runID
            setAside.formUnion([runID].compactMap { $0 })
            forget()
        }
    }

    /// The dead say nothing: what they did is on the disk or is not.
    private func forget() {
        runID = nil
        ending = nil
        desk.isAsked = false
    }

    private func setClock(isTroubled: Bool, isFirstCalm: Bool) {
        world.clock.errorSeconds = 0
        guard !story.isAboutTime else { return }
        if isTroubled, random.oneIn(4) { world.clock.errorSeconds = random.below(500_000) - 250_000 }
        // Longer than any error of the clock: the times it ran ahead to have come by now.
        if isFirstCalm { world.clock.pass(seconds: 500_000) }
    }

    private func mood(isTroubled: Bool) -> PostOffice.Mood {
        switch story {
        case .trustWithdrawn where world.withdrawn.isEmpty: .deliversInSilence
        case .mailed where isTroubled: PostOffice.Mood.allCases[random.below(PostOffice.Mood.allCases.count)]
        default: .accepts
        }
    }

    private func cutPower() {
        world.disk.cutPower(seed: random.next())
        tally.powerCuts += 1
    }

    private func count(_ life: Life, _ machine: Machine) {
        tally.lives += 1
        tally.operations += machine.operationCount
        if life.isDead {
            if !life.mishap.isPowerCut { tally.kills += 1 }
        } else {
            tally.refusals += life.refusals
        }
    }
}

extension Tale {
    /// What a person would do next, who knows what the last command said and what `status` shows. Returns what it complained of.
    private func command(_ machine: Machine, _ life: Life) throws -> (any Error)? {
        if desk.isAsked, let runID {
            desk.isAsked = false
            let error = try desk.answer(
                runID, at: .init(world: world, machine: machine, meanwhile: anotherProcess(beside: life)),
                random: &random,
                inspector: &inspector)
            if desk.wantsNewRun {
                setAside.insert(runID)
                forget()
            }
            return error
        }
        ending = nil
        let outcome: Result<RunEnd, any Error>
        if let known = try runID ?? world.newestRun(except: setAside) {
            if let other = anotherProcess(beside: life) {
                let (first, second) = machine.resume(known, beside: other)
                outcome = first.isBusy ? second : first
            } else {
                outcome = machine.execute { try await $0.resume(known) }
            }
        } else {
            inspector.startsRun()
            outcome = machine.execute { [story, finished] engine in
                try await engine.start(
                    RunOrder(
                        request: SampleMonth.request(personas: [.cfo]), policy: story.policy,
                        acceptanceCriteria: ["It ties out"], restates: finished != nil))
            }
        }
        switch outcome {
        case .failure(let error):
            lastWords = "\(error)"
            return error
        case .success(let end):
            lastWords = "\(end.result.status), \(end.stop.map { "\($0.gate) \($0.reasons)" } ?? "no gate")"
            ending = end
            runID = end.result.runID
            desk.isAsked = end.result.status == .awaitingDecision
            return nil
        }
    }

    /// Whoever works on the run at the same time, and whom nothing befalls.
    private func anotherProcess(beside life: Life) -> Machine? {
        guard story == .twoAtOnce, random.oneIn(2) else { return nil }
        return Machine(world: world, life: Life(.none, beside: life), bug: bug, order: random.next())
    }

    /// Somebody asks the recipients, and knows better then.
    private func answerUnknownDeliveries() throws {
        if story == .trustWithdrawn, world.withdrawn.isEmpty { try world.withdrawTrust(in: "bob") }
        answer = world.post.everybodyHasIt ? .delivered(saidBy: "alice") : .sendAgain
        if answer == .sendAgain { inspector.hearsSendAgain() }
    }

    /// A disk that refuses may stop a command, and a decision may be refused. Nothing may ever be said of rot: there is none.
    private func tolerate(_ error: any Error, _ life: Life) throws {
        if let trouble = error as? EvidenceError,
            [.journalDamaged, .objectMissing, .objectDamaged, .chainBroken, .malformed].contains(trouble.kind)
        {
            throw BrokenPromise("what was recorded is lost: \(trouble.summary), \(trouble.cause ?? "")")
        }
        if let refusal = error as? InputError, ["decision_refused", "not_waiting"].contains(refusal.code) { return }
        if (error as? EvidenceError)?.kind == .busy, story == .twoAtOnce { return }
        if error is UnknownDeliveries { return try answerUnknownDeliveries() }
        guard life.refusals > 0 else { throw BrokenPromise("without any trouble it failed: \(error)") }
    }
}

extension Result {
    /// Another process works on the run.
    fileprivate var isBusy: Bool {
        guard case .failure(let error) = self else { return false }
        return (error as? EvidenceError)?.kind == .busy
    }
}

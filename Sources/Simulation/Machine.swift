import Evidence
import FinOps
import Foundation
import Gates
import Pipeline
import TestSupport

/// One process over the world: the real engine, with every port leading into the model.
final class Machine {
    private let world: World
    private let life: Life
    private let bug: PlantedBug?
    private let troubled: TroubledDisk
    private let disk: any FileSystem
    private let order: UInt64
    private let scheduler: SerialScheduler

    private let answer: Distribution.Answer?

    /// `order` decides which of several things that could happen next does; `answer` is what a person says of letters nobody
    /// knows of.
    init(world: World, life: Life, bug: PlantedBug?, order: UInt64, answer: Distribution.Answer? = nil) {
        self.answer = answer
        self.world = world
        self.life = life
        self.bug = bug
        troubled = TroubledDisk(world.disk) { life.trouble(at: $0) }
        disk = life.witness(bug?.disk(over: troubled, memory: world.trustMemory) ?? troubled)
        self.order = order
        scheduler = SerialScheduler(seed: order)
    }

    var operationCount: Int { troubled.operationCount }

    typealias Command = (RunEngine) async throws -> RunEnd
    typealias Signature = (ApprovalRequest) async throws -> SigstoreBundle

    func execute(_ command: @escaping Command) -> Result<RunEnd, any Error> {
        let engine = engine
        return scheduler.run(Work { try await command(engine) })
    }

    /// Shows the request to a person and hands in what the person signs; `meanwhile`, another process resumes the run.
    func decide(
        _ runID: String, meanwhile other: Machine? = nil, _ sign: @escaping Signature
    ) -> Result<DecisionReceipt, any Error> {
        let waiting = WaitingRun(
            runID: runID, layout: world.layout, fileSystem: disk, clock: clock, rulebook: rulebook)
        let decision = Work { try await waiting.receive(await sign(waiting.briefing().request)) }
        guard let engine = other?.engine else { return scheduler.run(decision) }
        return scheduler.run(decision, beside: Work { try await engine.resume(runID) }).0
    }

    /// Two processes at once.
    func resume(_ runID: String, beside other: Machine) -> (Result<RunEnd, any Error>, Result<RunEnd, any Error>) {
        let (engine, another) = (engine, other.engine)
        return scheduler.run(Work { try await engine.resume(runID) }, beside: Work { try await another.resume(runID) })
    }

    private var engine: RunEngine { RunEngine(environment: environment, rulebook: rulebook) }

    private var rulebook: Rulebook { bug?.rulebook ?? .standard }
    private var clock: any FinOps.Clock { bug?.clock(over: world.clock) ?? world.clock }

    private var environment: RunEnvironment {
        let (cloud, bug, life) = (world.cloud, bug, life)
        return RunEnvironment(
            fileSystem: disk, clock: clock, randomness: world.randomness, hashing: SystemHashing(),
            layout: world.layout,
            connect: { memo in cloud.services(life.witness(bug?.memo(over: memo) ?? memo)) },
            smokeTester: SoundTool(),
            pageCapture: world.story == .photographed
                ? ModelledBrowser(disk: disk, clock: world.clock, seed: order) : nil,
            approver: nil,
            runnerKey: { People.runner }, tool: RunPredicate.Tool(version: "0.1.0", digest: nil),
            observer: NobodyWatches(),
            distribution: world.story.isMailed
                ? Distribution(post: Postman(office: world.post, life: life), answer: answer) : nil)
    }
}

private struct SoundTool: SmokeTester {
    func smokeTest() async -> SmokeTest { SmokeTest(toolVersion: "0.1.0", checks: [SampleMonth.check()]) }
}

private struct NobodyWatches: RunObserver {
    func observe(_ event: RunEvent) {}
}

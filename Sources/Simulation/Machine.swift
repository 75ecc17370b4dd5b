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
    private let scheduler: SerialScheduler

    /// `order` decides which of several things that could happen next does.
    init(world: World, life: Life, bug: PlantedBug?, order: UInt64) {
        self.world = world
        self.life = life
        self.bug = bug
        troubled = TroubledDisk(world.disk) { life.trouble(at: $0) }
        disk = life.witness(bug?.disk(over: troubled) ?? troubled)
        scheduler = SerialScheduler(seed: order)
    }

    var operationCount: Int { troubled.operationCount }

    func execute(_ command: @escaping (RunEngine) async throws -> RunEnd) -> Result<RunEnd, any Error> {
        let engine = RunEngine(environment: environment, gates: bug?.gates ?? .standard)
        return scheduler.run { try await command(engine) }
    }

    /// Shows the request to a person and hands in what the person signs.
    func decide(
        _ runID: String, _ sign: @escaping (ApprovalRequest) async throws -> SigstoreBundle
    ) -> Result<DecisionReceipt, any Error> {
        let waiting = WaitingRun(runID: runID, layout: world.layout, fileSystem: disk, clock: clock)
        return scheduler.run { try await waiting.receive(await sign(waiting.briefing().request)) }
    }

    private var clock: any FinOps.Clock { bug?.clock(over: world.clock) ?? world.clock }

    private var environment: RunEnvironment {
        let (cloud, bug, life) = (world.cloud, bug, life)
        return RunEnvironment(
            fileSystem: disk, clock: clock, randomness: world.randomness, hashing: SystemHashing(),
            layout: world.layout,
            connect: { memo in cloud.services(life.witness(bug?.memo(over: memo) ?? memo)) },
            smokeTester: SoundTool(), pageCapture: nil, browserTrouble: nil, approver: nil,
            runnerKey: { People.runner }, tool: RunPredicate.Tool(version: "0.1.0", digest: nil),
            observer: NobodyWatches())
    }
}

private struct SoundTool: SmokeTester {
    func smokeTest() async -> SmokeTest { SmokeTest(toolVersion: "0.1.0", checks: [SampleMonth.check()]) }
}

private struct NobodyWatches: RunObserver {
    func observe(_ event: RunEvent) {}
}

import Evidence
import FinOps
import Foundation
import OpenSSL
import Pipeline
import Simulation
import TestSupport

/// A root folder, a cloud and a clock of one test, and the engine over them. A new engine on the same workshop is a new
/// process on the same disk.
final class Workshop {
    let folder: TemporaryFolder
    let disk: any FileSystem
    let layout: ArchiveLayout
    let cloud = ScriptedCloud()
    let clock = SteppingClock()
    let keys: KeyStore
    var authorities: [any TimestampAuthority] = []
    var distribution: Distribution?
    var policy = RunPolicy(approvalThreshold: Money("1000000", .usd))

    init(on disk: any FileSystem = LocalFileSystem()) throws {
        self.disk = disk
        folder = try TemporaryFolder()
        layout = try ArchiveLayout(root: folder.path, project: "cloud-infrastructure")
        keys = KeyStore(folder: folder.path + "/keys")
        let trust = TrustStore(folder: layout.trustFolder, fileSystem: disk)
        try trust.trustRunner(keys.create("runner", passphrase: nil).publicKey)
        try trust.trustApprover("bob", keys.create("bob", passphrase: nil).publicKey)
        try trust.trustApprover("alice", keys.create("alice", passphrase: nil).publicKey)
    }

    func engine(on fileSystem: (any FileSystem)? = nil) -> RunEngine {
        let (cloud, keys) = (cloud, keys)
        return RunEngine(
            environment: RunEnvironment(
                fileSystem: fileSystem ?? disk, clock: clock, randomness: SystemRandomness(), hashing: SystemHashing(),
                layout: layout, connect: { cloud.services($0) }, smokeTester: HealthyTool(), pageCapture: nil,
                approver: nil,
                runnerKey: { try await keys.load("runner", passphrase: Passphrase([])) },
                authorities: authorities,
                tool: RunPredicate.Tool(version: "0.1.0", digest: nil), observer: SilentObserver(),
                distribution: distribution))
    }

    func start(
        _ month: BillingMonth = SampleLedger.month, on fileSystem: (any FileSystem)? = nil, restates: Bool = false
    ) async throws -> RunEnd {
        try await engine(on: fileSystem).start(
            RunOrder(
                request: SampleMonth.request(month: month), policy: policy,
                acceptanceCriteria: ["The total matches L3 to the cent"], restates: restates))
    }

    /// The newest run below the root: what a person would resume.
    var newestRun: String {
        get throws { try RunShelf(layout: layout, fileSystem: disk).runIDs().first! }
    }

    func decide(_ runID: String, as person: String, approved: Bool = true) async throws -> DecisionReceipt {
        let waiting = WaitingRun(runID: runID, layout: layout, fileSystem: disk, clock: clock)
        let bundle = try await ApprovalStatement.sign(
            waiting.briefing().request, decision: approved ? .approved : .rejected, approver: person,
            decidedOn: clock.now(), reviewed: ["the total"], comment: "looks right",
            key: keys.load(person, passphrase: Passphrase([])))
        return try await waiting.receive(bundle)
    }

    /// Another run took the chain's next place with a month of its own.
    func sealElsewhere(_ month: BillingMonth) async throws {
        let disk = LocalFileSystem()
        let place = try ArchiveChain(layout: layout, fileSystem: disk).nextPlace()
        let sealer = Sealer(
            layout: layout, key: try await keys.load("runner", passphrase: Passphrase([])), fileSystem: disk)
        _ = try sealer.seal(
            SealOrder(
                folder: MonthFolder(month), outcome: .passed, gates: [:], payload: BagPayload(),
                journal: .silence(of: month, noticedBy: "another run", at: clock.now()), place: place,
                logID: place.logID ?? "00112233445566778899aabbccddeeff", tool: .init(version: "0.1.0", digest: nil)))
    }

    func verify() throws -> VerificationReport {
        try ArchiveVerifier(
            archiveFolder: layout.archiveFolder, trustFolder: layout.trustFolder, fileSystem: disk
        ).verify()
    }
}

/// Moves one second with each look, so that time is never the same and never real.
final class SteppingClock: FinOps.Clock, @unchecked Sendable {
    private let lock = NSLock()
    private var time = Timestamp("2026-03-15T08:00:00Z")!

    func now() -> Timestamp {
        lock.withLock {
            time = time.adding(seconds: 1)
            return time
        }
    }
    func advance(days: Int) { lock.withLock { time = time.adding(seconds: days * 86_400) } }
    func uptimeNanoseconds() -> UInt64 { 0 }
    func sleep(nanoseconds: UInt64) async throws {}
}

private struct HealthyTool: SmokeTester {
    func smokeTest() async -> SmokeTest {
        SmokeTest(
            toolVersion: "0.1.0",
            checks: [.init(subject: "running binary", sha256: nil, exitStatus: 0, answer: "0.1.0")])
    }
}

private struct SilentObserver: RunObserver {
    func observe(_ event: RunEvent) {}
}

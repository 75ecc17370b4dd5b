import Evidence
import FinOps
import Foundation
import Pipeline
import Simulation
import TestSupport
import Testing

@Suite("What a gate that does not hold makes the run do")
struct GateActionTests {
    @Test func `G1 halts on an expired token, asks nothing that costs, and goes on after signing in`() async throws {
        let workshop = try Workshop()
        workshop.cloud.identity = .unknown(ScriptedCloud.expired)
        let halted = try await workshop.start()
        #expect(halted.result.status == .halted)
        #expect(halted.result.exitStatus == 11)
        #expect(halted.stop?.trouble?.requestID == "r-2")
        #expect(halted.result.totals == nil)
        #expect(workshop.cloud.paidRequests == 0)

        workshop.cloud.identity = ScriptedCloud().identity
        let resumed = try await workshop.engine().resume(halted.result.runID)
        #expect(resumed.result.status == .complete)
    }

    @Test func `G2 halts when Cost Explorer is denied`() async throws {
        let workshop = try Workshop()
        workshop.cloud.costTroubles["daily"] = ScriptedCloud.denied
        let end = try await workshop.start()
        #expect(end.result.exitStatus == 12)
        #expect(end.result.totals == nil)
    }

    @Test func `G3 falls back to the single account, is judged again, and asks for that account alone`() async throws {
        let workshop = try Workshop()
        workshop.cloud.directory = .unknown(
            Trouble(
                .accessDenied, code: "AccessDeniedException", message: "no", operation: "organizations:ListAccounts"))
        let end = try await workshop.start()
        #expect(end.result.status == .complete)
        #expect(end.result.accounts?.scope == .singleAccount)
        #expect(end.result.gates.first { $0.id == .g3 }?.verdict == .advised)
        #expect(end.result.totals?.net == "66657.00")
    }

    @Test func `G4 fails on six percent that nothing explains, names the root cause and prints no total`() async throws
    {
        let workshop = try Workshop()
        workshop.cloud.discrepancy = "6000"
        let end = try await workshop.start()
        #expect(end.result.exitStatus == 14)
        #expect(end.result.totals == nil)
        #expect(end.result.crossValidation?.verdict == .failed)
        #expect(end.stop?.reasons.joined().contains("222222222222") == true)
        #expect(end.result.deliverables.isEmpty)
    }

    @Test func `G4 is undetermined when a layer is missing, and a resume asks again for that layer alone`() async throws
    {
        let workshop = try Workshop()
        workshop.cloud.costTroubles["L3"] = Trouble(
            .throttled, code: "LimitExceededException", message: "rate exceeded", operation: "ce:GetCostAndUsage")
        let end = try await workshop.start()
        #expect(end.result.exitStatus == 14)
        #expect(end.stop?.outcome == .undetermined)
        #expect(workshop.cloud.paidRequests == 2)

        workshop.cloud.costTroubles = [:]
        let resumed = try await workshop.engine().resume(end.result.runID)
        #expect(resumed.result.status == .complete)
        #expect(workshop.cloud.paidRequests == 3)
    }

    @Test func `G5 retries the formatter once and passes when the second writing succeeds`() async throws {
        let workshop = try Workshop()
        let disk = FirstWriteFails("reports/.cfo.html.partial")
        let end = try await workshop.start(on: disk.fileSystem)
        #expect(end.result.status == .complete)
        #expect(disk.failures == 1)
    }

    @Test func `G5 stops the run when a page cannot be written twice`() async throws {
        let workshop = try Workshop()
        let end = try await workshop.start(
            on: TroubledDisk.refusing(on: workshop.disk) { _, path in
                path.hasSuffix("reports/.cfo.html.partial") ? "EIO" : nil
            })
        #expect(end.result.exitStatus == 15)
        #expect(end.result.totals == nil)
    }

    @Test func `G8 blocks the completion claim when the archive cannot be written, and a resume completes`()
        async throws
    {
        let workshop = try Workshop()
        let end = try await workshop.start(
            on: TroubledDisk.refusing(on: workshop.disk) { _, path in path.contains("/.2026-02.partial") ? "EROFS" : nil
            })
        #expect(end.result.exitStatus == 18)
        #expect(end.result.completionStatement == nil)
        #expect(end.result.totals == nil)

        let resumed = try await workshop.engine().resume(end.result.runID)
        #expect(resumed.result.status == .complete)
        #expect(try workshop.verify().failure == nil)
    }

    @Test(arguments: [1_800, -1_800])
    func `a clock that is half an hour off is corrected, and G1 says by how much`(seconds: Int) async throws {
        let workshop = try Workshop()
        workshop.cloud.clockSkewSeconds = seconds
        let end = try await workshop.start()
        let gate = try #require(end.result.gates.first { $0.id == .g1 })
        #expect(gate.verdict == .advised)
        #expect(
            gate.reasons.first?.contains("clock is 30 minutes \(seconds > 0 ? "ahead of" : "behind") AWS's") == true)
        #expect(end.result.status == .complete)
    }

    @Test(arguments: [86_401, -86_401, 3 * 86_400])
    func `a clock that shows another day is trouble, not a verdict`(seconds: Int) async throws {
        let workshop = try Workshop()
        workshop.cloud.clockSkewSeconds = seconds
        await #expect {
            try await workshop.start()
        } throws: { error in
            (error as? any ExplainedError)?.code == "clock_skew"
        }
        #expect(workshop.cloud.paidRequests == 0)
    }

    @Test func `a full disk is one sentence and loses nothing`() async throws {
        let workshop = try Workshop()
        await #expect {
            try await workshop.start(
                on: TroubledDisk.refusing(on: workshop.disk) { operation, _ in operation > 60 ? "ENOSPC" : nil })
        } throws: { error in
            (error as? FileError)?.summary.hasPrefix("the disk is full") == true
        }
        let resumed = try await workshop.engine().resume(try workshop.newestRun)
        #expect(resumed.result.status == .complete)
    }
}

/// Fails the first write of one path, then works.
private final class FirstWriteFails: @unchecked Sendable {
    private let suffix: String
    private let lock = NSLock()
    private(set) var failures = 0

    init(_ suffix: String) { self.suffix = suffix }

    var fileSystem: TroubledDisk {
        TroubledDisk.refusing(on: LocalFileSystem()) { [self] _, path in
            lock.withLock {
                guard failures == 0, path.hasSuffix(suffix) else { return nil }
                failures += 1
                return "EIO"
            }
        }
    }
}

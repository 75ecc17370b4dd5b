import FinOps
import Foundation
import Sandbox
import TestSupport
import Testing

/// The built program, killed by the kernel at the n-th call of a thread that changes the disk, and resumed once. `make soak`
/// goes through every n until none is left; `FINOPS_KILL_STRIDE=5` through every fifth.
@Suite("kill -9 at a system call", .serialized)
struct KillSweepTests {
    /// Every call by which the program changes files, and the numbers tried in every test run.
    private static let calls: [(name: String, numbers: [Int])] = [
        ("write", [9, 33]), ("fsync", [2]), ("rename", [1, 8]), ("mkdir", [3]), ("unlink", []), ("flock", []),
        ("chmod", []), ("rmdir", []), ("openat", [260]),
    ]
    private static let isSoak = ProcessInfo.processInfo.environment["FINOPS_SOAK"] != nil
    private static let stride = ProcessInfo.processInfo.environment["FINOPS_KILL_STRIDE"].flatMap(Int.init) ?? 1
    private static let month = [
        "--month", RecentMonth.closed, "--format", "json", "--no-screenshots", "--approval-threshold", "900000000",
    ]

    private var mostBilled = Int.max

    @Test mutating func `loses nothing, pays nothing twice, and one resume gives the same bytes`() async throws {
        var options = SandboxOptions()
        options.today = RecentMonth.today
        let server = try await SandboxServer.start(options)
        let calm = try await sealed(by: BuiltTool(sandbox: server), on: server, killing: nil) ?? []
        let again = try await sealed(by: BuiltTool(sandbox: server), on: server, killing: nil) ?? []
        // Two undisturbed months have asked everything twice, as one does at most that is killed with all of it under way.
        mostBilled = await server.meter.billedCostExplorerRequests
        // Times and request ids differ between any two months; everything else has to be the same.
        let same = calm.intersection(again)
        #expect(same.count { $0.contains("  data/reports/") } == calm.count { $0.contains("  data/reports/") })
        #expect(same.count > calm.count / 2)
        var kills = 0
        for call in Self.calls {
            let before = kills
            var numbers = call.numbers[...]
            var next = 1
            while let number = Self.isSoak ? next : numbers.popFirst() {
                let tool = try BuiltTool(sandbox: server)
                guard let month = try await sealed(by: tool, on: server, killing: (call.name, number)) else { break }
                #expect(month.isSuperset(of: same), "killed at \(call.name) \(number): \(same.subtracting(month))")
                #expect(paths(month) == paths(calm), "killed at \(call.name) \(number)")
                kills += 1
                next += Self.stride
            }
            ProofFigures.add("kill -9 at a system call of the built program", ["at \(call.name)": kills - before])
        }
        await server.stop()
        #expect(kills >= 6)
    }

    private func paths(_ month: Set<String>) -> [String] { month.map { String($0.dropFirst(64)) }.sorted() }

    /// What was sealed, each file by its line of the manifest; nil when the program ended before it came to that call.
    private func sealed(
        by tool: BuiltTool, on server: SandboxServer, killing point: (call: String, number: Int)?
    ) async throws -> Set<String>? {
        let billed = await server.meter.billedCostExplorerRequests
        if let (call, number) = point {
            let wrapper = [
                "strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=\(call)", "-e",
                "inject=\(call):signal=SIGKILL:when=\(number)",
            ]
            let killed = try await tool.run(["run"] + Self.month, through: wrapper)
            // A killed child of the smoke test stops the run by its gate instead.
            guard killed.status != 0 else { return nil }
        }
        let run = try await resumeOrRun(tool)
        #expect(run.status == 0, "\(run.errors)")
        #expect(try await tool.run("verify").status == 0)
        #expect(await server.meter.billedCostExplorerRequests - billed <= mostBilled, "\(String(describing: point))")
        let month = try run.json()["month"] as? String ?? ""
        let manifest = try tool.file(
            "evidence/cloud-infrastructure/finops-reports/\(month)/manifest-sha256.txt")
        return Set(String(decoding: manifest, as: UTF8.self).split(separator: "\n").map(String.init))
    }

    /// What a person does: resume the run that is there; where none was begun yet, run.
    private func resumeOrRun(_ tool: BuiltTool) async throws -> BuiltTool.Run {
        let runs = (try? FileManager.default.contentsOfDirectory(atPath: tool.runFolder(""))) ?? []
        for run in runs where BillingMonth(String(run.prefix(7))) != nil {
            let resumed = try await tool.run("resume", run, "--format", "json")
            if resumed.status != 64 { return resumed }
        }
        return try await tool.run(["run"] + Self.month)
    }
}

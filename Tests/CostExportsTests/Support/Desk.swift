import CostExports
import Foundation
import TestSupport

import FinOps

/// A reader over the engine the tests install, and a folder to put exports into.
struct Desk {
    let folder: TemporaryFolder
    let engine: DuckDB

    static let month = BillingMonth("2026-02")!

    init() throws {
        folder = try TemporaryFolder("exports")
        engine = DuckDB(
            executable: TestEngine.executable, processes: ForegroundRunner(),
            limits: DuckDB.Limits(memoryMegabytes: 512, threads: 1))
    }

    func read(_ name: String = "", month: BillingMonth = Desk.month) async throws -> LineItemExport {
        try await reader.read(path: name.isEmpty ? folder.path : folder[name], month: month)
    }

    var reader: LineItemReader {
        LineItemReader(
            engine: engine, disk: PlainDisk(), clock: StillClock(), hashing: CountingHash(),
            digest: { path in
                let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
                return (CountingHash().sha256(bytes), bytes.count)
            })
    }

    /// The sentence that a file is refused with; nil when it is not.
    func refusal(_ name: String = "") async throws -> InputError? {
        do {
            _ = try await read(name)
            return nil
        } catch let error as InputError {
            return error
        }
    }

    func write(_ text: String, to name: String) throws {
        let url = URL(fileURLWithPath: folder[name])
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    /// Rewrites a CSV file as another tool would, with types of its own choosing.
    func convert(_ name: String, to other: String, as options: String, more: String = "") async throws {
        let url = URL(fileURLWithPath: folder[other])
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        let result = try await engine.processes.run(
            ProcessInvocation(
                executable: engine.executable,
                arguments: [
                    "-init", "/dev/null", "-bail", "-c",
                    """
                    COPY (SELECT * REPLACE (CAST(BilledCost AS DOUBLE) AS BilledCost, CAST(EffectiveCost AS DOUBLE) AS EffectiveCost,
                      CAST(ConsumedQuantity AS DOUBLE) AS ConsumedQuantity,
                      CAST(BillingPeriodStart AS TIMESTAMP) AS BillingPeriodStart,
                      CAST(ChargePeriodEnd AS TIMESTAMP) AS ChargePeriodEnd\(more))
                    FROM read_csv('\(folder[name])', header = true, all_varchar = true)) TO '\(folder[other])' (\(options))
                    """,
                ], environment: ["HOME": folder.path]))
        guard result.exitStatus == 0 else {
            throw InputError("test", String(decoding: result.standardError, as: UTF8.self))
        }
    }
}

/// Runs a program and waits; tests need no more.
struct ForegroundRunner: ProcessRunner {
    func run(_ invocation: ProcessInvocation) async throws -> ProcessResult {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: invocation.executable)
        process.arguments = invocation.arguments
        process.environment = invocation.environment
        if let folder = invocation.workingDirectory { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
        let (output, errors) = (Pipe(), Pipe())
        (process.standardOutput, process.standardError) = (output, errors)
        process.standardInput = FileHandle.nullDevice
        try process.run()
        async let said = Self.read(output)
        async let complained = Self.read(errors)
        let (bytes, complaints) = await (said, complained)
        process.waitUntilExit()
        return ProcessResult(
            exitStatus: Int(process.terminationStatus), standardOutput: bytes, standardError: complaints)
    }

    /// On a thread of its own, so that neither pipe waits for the other.
    private static func read(_ pipe: Pipe) async -> Data {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(returning: pipe.fileHandleForReading.readDataToEndOfFile())
            }
        }
    }
}

struct StillClock: Clock {
    func now() -> Timestamp { Timestamp("2026-03-10T08:00:00Z")! }
    func uptimeNanoseconds() -> UInt64 { 0 }
    func sleep(nanoseconds: UInt64) async throws {}
}

/// Not a digest: tells bytes apart well enough for a test.
struct CountingHash: Hashing {
    func sha256(_ bytes: Data) -> Digest {
        let sum = bytes.reduce(UInt64(bytes.count)) { $0 &* 1_099_511_628_211 ^ UInt64($1) }
        let digits = String(sum, radix: 16)
        return Digest(String(repeating: "0", count: 64 - digits.count) + digits)!
    }
}

/// What a reader of exports asks of a disk, without its care.
struct PlainDisk: FileSystem {
    func read(_ path: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path)) }
    func kind(of path: String) throws -> FileKind? {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return nil }
        return isFolder.boolValue ? .directory : .file
    }
    func permissions(of path: String) throws -> UInt32? { nil }
    func list(_ directory: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: directory).sorted()
    }
    func makeDirectory(_ path: String) throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }
    func makePrivateDirectory(_ path: String) throws { try makeDirectory(path) }
    func write(_ bytes: Data, to path: String, mode: UInt32) throws { try bytes.write(to: URL(fileURLWithPath: path)) }
    func append(_ bytes: Data, to path: String) throws { throw Self.refused(path) }
    func synchronize(_ path: String) throws {}
    func rename(_ path: String, to target: String) throws {
        try FileManager.default.moveItem(atPath: path, toPath: target)
    }
    func remove(_ path: String) throws { try FileManager.default.removeItem(atPath: path) }
    func lock(_ path: String) throws -> (any FileLock)? { throw Self.refused(path) }

    private static func refused(_ path: String) -> FileError {
        FileError(code: "EROFS", path: path, operation: "write")
    }
}

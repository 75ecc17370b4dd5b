import FinOps
import Foundation
import Sandbox
import TestSupport

/// The built program, run as a person or a script runs it: its own process, its own root, its own keys, nothing inherited.
final class BuiltTool: Sendable {
    struct Run: Sendable {
        let status: Int32
        let output: String
        let errors: String

        func json() throws -> [String: Any] {
            let object = try JSONSerialization.jsonObject(with: Data(output.utf8))
            guard let object = object as? [String: Any] else { throw CocoaError(.coderReadCorrupt) }
            return object
        }
    }

    let folder: TemporaryFolder
    let environment: [String: String]

    /// `cloud` adds what points an AWS client somewhere; the rest is what every test needs.
    init(cloud: [String: String] = [:]) throws {
        folder = try TemporaryFolder()
        let base = [
            "HOME": folder.path, "XDG_CONFIG_HOME": folder.path + "/config",
            "XDG_CACHE_HOME": folder.path + "/cache", "FINOPS_KEY_PASSPHRASE": "",
            "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin", "CI": "true",
            "FINOPS_REQUESTED_BY": "engineer",
            "LD_LIBRARY_PATH": ProcessInfo.processInfo.environment["LD_LIBRARY_PATH"] ?? "",
        ]
        environment = base.merging(cloud) { _, given in given }
    }

    convenience init(sandbox: SandboxServer, key: SandboxKey? = nil) throws {
        let key = key ?? sandbox.credentials.payer
        var cloud = [
            "AWS_ENDPOINT_URL": sandbox.url.absoluteString, "AWS_ACCESS_KEY_ID": key.accessKeyID,
            "AWS_SECRET_ACCESS_KEY": key.secretAccessKey, "AWS_REGION": "us-east-1",
        ]
        cloud["AWS_SESSION_TOKEN"] = key.sessionToken
        try self.init(cloud: cloud)
    }

    /// Beside the test bundle, where the build puts it.
    static var executable: String {
        URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().path + "/finops-monthly"
    }

    @discardableResult
    func run(_ arguments: String..., through wrapper: [String] = [], adding extra: [String: String] = [:]) async throws
        -> Run
    {
        try await run(arguments, through: wrapper, adding: extra)
    }

    func run(_ arguments: [String], through wrapper: [String] = [], adding extra: [String: String] = [:]) async throws
        -> Run
    {
        let command = wrapper + [Self.executable] + arguments
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command
        process.environment = environment.merging(extra) { _, given in given }
        process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
        process.standardInput = FileHandle.nullDevice
        let output = folder.path + "/output-\(UUID().uuidString)"
        let errors = folder.path + "/errors-\(UUID().uuidString)"
        for path in [output, errors] { try Data().write(to: URL(fileURLWithPath: path)) }
        process.standardOutput = FileHandle(forWritingAtPath: output)
        process.standardError = FileHandle(forWritingAtPath: errors)
        let status: Int32 = try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
        defer { for path in [output, errors] { try? FileManager.default.removeItem(atPath: path) } }
        return Run(
            status: status, output: try String(contentsOfFile: output, encoding: .utf8),
            errors: try String(contentsOfFile: errors, encoding: .utf8))
    }

    /// Runs on a terminal of its own, where a person answers one prompt after the other; all that was shown is the output.
    func run(_ arguments: [String], answering answers: [String], adding extra: [String: String] = [:]) async throws
        -> Run
    {
        let driver = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "terminal.py").path
        return try await run(
            arguments, through: ["-u", "CI", PythonProgram.interpreter, driver] + answers + ["--"],
            adding: ["TERM": "xterm"].merging(extra) { $1 })
    }

    /// Approves the newest waiting run as a person with a fresh key would.
    func approve(
        _ runID: String, as person: String = "bob", through wrapper: [String] = [], adding extra: [String: String] = [:]
    ) async throws -> Run {
        if !FileManager.default.fileExists(atPath: "\(folder.path)/config/finops-monthly/keys/\(person).pub") {
            try await run("keys", "create", person)
        }
        let request = try JSONSerialization.jsonObject(
            with: Data(contentsOf: URL(fileURLWithPath: "\(runFolder(runID))/approval-request.json")))
        let digest = (request as? [String: Any])?["deliverables"] as? String ?? ""
        return try await run(
            "approve", runID, "--approver", person, "--digest", String(digest.prefix(8)), "--reviewed", "the pages",
            "--comment", "ties out", through: wrapper, adding: extra)
    }

    func runFolder(_ runID: String) -> String { "\(folder.path)/tmp/cloud-infrastructure/finops/aws/\(runID)" }

    func file(_ path: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: folder.path + "/" + path)) }
}

/// A sandbox for the time of one test.
func withSandbox<Value>(
    _ configure: (inout SandboxOptions) -> Void = { _ in }, _ body: (SandboxServer) async throws -> Value
) async throws -> Value {
    var options = SandboxOptions()
    configure(&options)
    let server = try await SandboxServer.start(options)
    do {
        let value = try await body(server)
        await server.stop()
        return value
    } catch {
        await server.stop()
        throw error
    }
}

import Dispatch
import FinOps
import Foundation
import Testing

@testable import Sandbox

/// Runs Python programs that read the sandbox the way other people's tools do.
enum Counterpart {
    static let interpreter = ProcessInfo.processInfo.environment["FINOPS_TEST_PYTHON"] ?? "python3"

    struct Outcome {
        let status: Int32
        let output: String
        let errors: String
    }

    /// Runs `python3 arguments…` with only the variables an AWS client needs.
    static func python(_ arguments: [String], _ sandbox: SandboxServer, _ key: SandboxKey) async throws -> Outcome {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [interpreter] + arguments
        var environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("AWS_") }
        environment["AWS_ACCESS_KEY_ID"] = key.accessKeyID
        environment["AWS_SECRET_ACCESS_KEY"] = key.secretAccessKey
        environment["AWS_SESSION_TOKEN"] = key.sessionToken
        environment["AWS_ENDPOINT_URL"] = sandbox.url.absoluteString
        environment["AWS_DEFAULT_REGION"] = "us-east-1"
        environment["AWS_CONFIG_FILE"] = "/dev/null"
        environment["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null"
        environment["AWS_MAX_ATTEMPTS"] = "1"
        environment["AWS_PAGER"] = ""
        environment["PYTHONIOENCODING"] = "utf-8"
        process.environment = environment
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        async let outputData = read(output)
        async let errorData = read(errors)
        let outcome = await (outputData, errorData)
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus, output: String(decoding: outcome.0, as: UTF8.self),
            errors: String(decoding: outcome.1, as: UTF8.self))
    }

    /// Fails the test with the install command when the module is not there.
    static func require(_ module: String, package: String, _ sandbox: SandboxServer) async throws {
        let outcome = try await python(["-c", "import \(module)"], sandbox, sandbox.credentials.payer)
        try #require(
            outcome.status == 0,
            "\(module) is missing from \(interpreter): run `\(interpreter) -m pip install \(package)` or set FINOPS_TEST_PYTHON"
        )
    }

    /// On a thread of its own: a blocked reader on the cooperative pool would starve the server it waits for.
    private static func read(_ pipe: Pipe) async -> Data {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(returning: pipe.fileHandleForReading.readDataToEndOfFile())
            }
        }
    }
}

/// Serves a sandbox for the length of `body` and always stops it.
func withSandbox<Value>(
    _ options: SandboxOptions = SandboxOptions(), _ body: (SandboxServer) async throws -> Value
) async throws -> Value {
    let sandbox = try await SandboxServer.start(options)
    do {
        let value = try await body(sandbox)
        await sandbox.stop()
        return value
    } catch {
        await sandbox.stop()
        throw error
    }
}

extension SandboxOptions {
    static func with(_ shape: (inout SandboxOptions) -> Void) -> SandboxOptions {
        var options = SandboxOptions()
        shape(&options)
        return options
    }
}

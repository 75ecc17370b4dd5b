import FinOps
import Foundation

/// Keys that a program prints, as JSON of AWS's own format. The program is run without a shell.
struct ProcessCredentials: CredentialProvider {
    let request: CredentialPlan.ProcessRequest
    let environment: [String: String]
    let processes: (any ProcessRunner)?

    private static let operation = "credential_process"

    func credentials() async throws -> Credentials {
        guard let processes else {
            throw trouble("CredentialProcessNotRun", "programs cannot be run here", hint: nil)
        }
        let result: ProcessResult
        do {
            // Some of these programs wait for a person at a browser.
            result = try await processes.run(
                ProcessInvocation(
                    executable: request.command[0], arguments: Array(request.command.dropFirst()),
                    environment: environment, deadlineSeconds: 120))
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            throw trouble(
                "CredentialProcessNotStarted", "\(request.command[0]) could not be started",
                hint: "check that the program exists and may be run")
        }
        guard result.exitStatus == 0 else {
            let ending = result.exitStatus.map { "ended with \($0)" } ?? "did not end within 120 seconds, or was killed"
            throw trouble("CredentialProcessFailed", ending + Self.lastWords(result.standardError))
        }
        return try credentials(printed: result.standardOutput)
    }

    private func credentials(printed output: Data) throws -> Credentials {
        // What was printed is never quoted: it may be a secret.
        guard let answer = try? JSONDecoder().decode(Answer.self, from: output) else {
            throw trouble("CredentialProcessUnreadable", "did not print the JSON that AWS asks for")
        }
        guard answer.Version == 1 else {
            throw trouble(
                "CredentialProcessVersion",
                "printed Version \(answer.Version.map { String($0) } ?? "nothing"); the one there is is 1")
        }
        guard let id = answer.AccessKeyId, !id.isEmpty, let secret = answer.SecretAccessKey, !secret.isEmpty else {
            throw trouble("CredentialProcessUnreadable", "printed no AccessKeyId, or no SecretAccessKey")
        }
        let end = answer.Expiration.map { Timestamp(iso8601: $0) }
        if case .some(nil) = end {
            throw trouble("CredentialProcessUnreadable", "printed an Expiration that is not a time in ISO 8601")
        }
        return Credentials(
            accessKeyID: id, secretAccessKey: secret, sessionToken: answer.SessionToken, expiration: end ?? nil)
    }

    private func trouble(_ code: String, _ message: String, hint: String? = "run it by hand and see what it says")
        -> Trouble
    {
        Trouble(
            .notSignedIn, code: code, message: "credential_process of profile \(request.profile): \(message)",
            operation: Self.operation, hint: hint)
    }

    /// The last line it wrote to stderr, where such programs explain themselves.
    private static func lastWords(_ bytes: Data) -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let line = text.split(whereSeparator: \.isNewline).last(where: { !$0.trimmed.isEmpty }) else { return "" }
        let printable = line.unicodeScalars.filter { $0.value >= 32 && $0.value != 127 }.prefix(300)
        return ": " + String(String.UnicodeScalarView(printable)).trimmed
    }

    /// AWS's names.
    // swift-format-ignore: AlwaysUseLowerCamelCase
    private struct Answer: Decodable {
        let Version: Int?
        let AccessKeyId: String?
        let SecretAccessKey: String?
        let SessionToken: String?
        let Expiration: String?
    }
}

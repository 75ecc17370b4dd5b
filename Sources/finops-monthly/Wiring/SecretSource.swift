import Evidence
import FinOps
import Foundation

/// Where something is read that must not stand in the settings: `env:NAME`, `file:PATH` or `command:TEXT`.
struct SecretSource: Hashable, Sendable {
    enum Kind: String { case environment = "env", file, command }

    let kind: Kind
    let value: String

    init(_ kind: Kind, _ value: String) {
        (self.kind, self.value) = (kind, value)
    }

    init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let kind = Kind(rawValue: String(parts[0])), !parts[1].isEmpty else { return nil }
        self.init(kind, String(parts[1]))
    }

    var label: String { "\(kind.rawValue):\(value)" }

    /// What it holds, without blanks at the end. Throws `InputError`, which never quotes what was read.
    func read(_ environment: [String: String]) async throws -> String {
        let text = String(try await content(environment).reversed().drop { $0.isWhitespace }.reversed())
        guard !text.isEmpty else { throw missing("\(label) is empty") }
        return text
    }

    /// What it holds, as it is. Throws `InputError`.
    func content(_ environment: [String: String]) async throws -> String {
        switch kind {
        case .environment:
            guard let found = environment[value], !found.isEmpty else {
                throw missing("the variable \(value) is not set")
            }
            return found
        case .file: return try fileText()
        case .command: return try await commandText(environment)
        }
    }

    private func fileText() throws -> String {
        let disk = LocalFileSystem()
        guard let permissions = try disk.permissions(of: value) else {
            throw missing("the file \(value) does not exist")
        }
        guard permissions & 0o077 == 0 else {
            throw InputError(
                "open_secret_file", "the file \(value) can be read by others", hint: "run `chmod 600 \(value)`")
        }
        return String(decoding: try disk.read(value), as: UTF8.self)
    }

    /// A person may have to unlock their password manager first.
    private static let commandDeadlineSeconds = 60

    private func commandText(_ environment: [String: String]) async throws -> String {
        let result = try await SubprocessRunner().run(
            ProcessInvocation(
                executable: "/bin/sh", arguments: ["-c", value], environment: environment,
                deadlineSeconds: Self.commandDeadlineSeconds, outputLimitBytes: 65_536))
        guard result.exitStatus == 0 else {
            let ending = result.exitStatus.map { "ended with \($0)" } ?? "did not end within 60 seconds"
            throw missing("the command that prints it \(ending)")
        }
        return String(decoding: result.standardOutput, as: UTF8.self)
    }

    private func missing(_ summary: String) -> InputError {
        InputError(
            "missing_secret", summary,
            hint: "correct it, or the setting that names it; `finops-monthly doctor` shows every setting")
    }
}

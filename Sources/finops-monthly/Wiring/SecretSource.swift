import Evidence
import FinOps
import Foundation

/// Where something is read that must not stand in the settings: `env:NAME`, `file:PATH` or `command:TEXT`.
struct SecretSource: Hashable, Sendable {
    enum Kind: String { case environment = "env", file, command }

    let kind: Kind
    let value: String

    init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let kind = Kind(rawValue: String(parts[0])), !parts[1].isEmpty else { return nil }
        (self.kind, value) = (kind, String(parts[1]))
    }

    /// What it holds, without the last line's end. Throws `InputError`, which never quotes what was read.
    func read(_ environment: [String: String]) async throws -> String {
        let text: String
        switch kind {
        case .environment:
            guard let found = environment[value], !found.isEmpty else {
                throw missing("the variable \(value) is not set")
            }
            text = found
        case .file: text = try fileText()
        case .command: text = try await commandText(environment)
        }
        let trimmed = text.reversed().drop { $0.isWhitespace }.reversed()
        guard !trimmed.isEmpty else { throw missing("\(kind.rawValue):\(value) is empty") }
        return String(trimmed)
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

    private func commandText(_ environment: [String: String]) async throws -> String {
        let result = try await SubprocessRunner().run(
            ProcessInvocation(
                executable: "/bin/sh", arguments: ["-c", value], environment: environment, deadlineSeconds: 10,
                outputLimitBytes: 65_536))
        guard result.exitStatus == 0 else { throw missing("the command that names it failed") }
        return String(decoding: result.standardOutput, as: UTF8.self)
    }

    private func missing(_ summary: String) -> InputError {
        InputError(
            "missing_secret", summary,
            hint: "correct it, or the setting that names it; `finops-monthly doctor` tries it")
    }
}

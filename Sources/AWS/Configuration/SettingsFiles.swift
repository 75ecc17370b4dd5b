import FinOps
import Foundation

/// AWS's own files. Only these: everything else of the disk belongs to others.
struct SettingsFiles: Sendable {
    /// Nil when there is no such file. Throws `unreadable_aws_file`.
    let text: @Sendable (_ path: String) throws -> String?
    /// In one step, readable by its owner alone: a renewed token.
    let replace: @Sendable (_ path: String, _ text: String) throws -> Void

    init(
        text: @escaping @Sendable (_ path: String) throws -> String?,
        replace: @escaping @Sendable (_ path: String, _ text: String) throws -> Void = { path, _ in
            throw InputError("unwritable_aws_file", "\(path) cannot be written")
        }
    ) {
        self.text = text
        self.replace = replace
    }

    static let disk = SettingsFiles(text: { try read($0) }, replace: { try PrivateFile.replace($0, with: $1) })

    private static func read(_ path: String) throws -> String? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        // Not `contents(atPath:)` first: a folder and a file without permission must be told apart from an empty one.
        // Through a handle, because `/dev/null` is a common way to say "no file" and is none that `Data` would read.
        guard let bytes = try? FileHandle(forReadingFrom: URL(fileURLWithPath: path)).readToEnd() ?? Data() else {
            throw InputError("unreadable_aws_file", "\(path) cannot be read", hint: "check its permissions")
        }
        guard let text = String(bytes: bytes, encoding: .utf8) else {
            throw InputError("unreadable_aws_file", "\(path) is not UTF-8 text", hint: "save it as UTF-8")
        }
        return text
    }

    static func memory(_ texts: [String: String]) -> SettingsFiles {
        let texts = Locked(texts)
        return SettingsFiles(
            text: { path in texts.withLock { $0[path] } }, replace: { path, text in texts.withLock { $0[path] = text } }
        )
    }
}

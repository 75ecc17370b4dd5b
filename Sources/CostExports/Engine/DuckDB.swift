public import FinOps
import Foundation

/// The columnar engine: DuckDB's command line as a child process. It reads files larger than memory within a limit, adds
/// decimals up exactly, and is never given a network.
public struct DuckDB: SQLEngine {
    public let executable: String
    public let processes: any ProcessRunner
    public let limits: Limits
    /// Scripts and what does not fit in memory are written below it, in a folder of their own.
    public let temporaryFolder: String

    public struct Limits: Hashable, Sendable {
        public let memoryMegabytes: Int
        /// Nil leaves it to the engine: one for each processor.
        public let threads: Int?
        public let deadlineSeconds: Int
        /// Of one answer.
        public let answerBytes: Int

        public init(
            memoryMegabytes: Int = 1024, threads: Int? = nil, deadlineSeconds: Int = 3600, answerBytes: Int = 256 << 20
        ) {
            self.memoryMegabytes = memoryMegabytes
            self.threads = threads
            self.deadlineSeconds = deadlineSeconds
            self.answerBytes = answerBytes
        }
    }

    public init(
        executable: String, processes: any ProcessRunner, limits: Limits = Limits(),
        temporaryFolder: String? = nil
    ) {
        self.executable = executable
        self.processes = processes
        self.limits = limits
        self.temporaryFolder = temporaryFolder ?? FileManager.default.temporaryDirectory.path
    }

    /// Of the last statement. Throws `EngineFailure`.
    func rows(_ query: String) async throws -> [[String: JSONValue]] {
        let bytes = try await answer(query)
        guard !bytes.isEmpty else { return [] }
        guard let rows = try? JSONValue(parsing: bytes).elements?.compactMap(\.members) else {
            throw EngineFailure(.unreadableAnswer, "the engine's answer is not JSON")
        }
        return rows
    }

    private func answer(_ query: String) async throws -> Data {
        let folder = "\(temporaryFolder)/finops-engine-\(UUID().uuidString)"
        let files = FileManager.default
        do {
            try files.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            try Data((preamble(spillingTo: folder) + query + "\n").utf8).write(
                to: URL(fileURLWithPath: "\(folder)/query.sql"))
        } catch {
            throw EngineFailure(.notStarted, "no scratch folder can be made below \(temporaryFolder)")
        }
        defer { try? files.removeItem(atPath: folder) }
        let result: ProcessResult
        do {
            result = try await processes.run(
                ProcessInvocation(
                    executable: executable,
                    arguments: ["-init", "/dev/null", "-bail", "-json", "-f", "\(folder)/query.sql"],
                    environment: ["HOME": folder, "PATH": "/usr/bin:/bin", "TZ": "UTC"], workingDirectory: folder,
                    deadlineSeconds: limits.deadlineSeconds, outputLimitBytes: limits.answerBytes))
        } catch is ProcessFlood {
            throw EngineFailure(.unreadableAnswer, "the answer is longer than \(limits.answerBytes >> 20) MB")
        } catch {
            throw EngineFailure(.notStarted, "\(executable) could not be started")
        }
        guard let status = result.exitStatus else {
            throw EngineFailure(.killed, "the engine was ended, after \(limits.deadlineSeconds) s at the latest")
        }
        guard status == 0 else { throw EngineFailure(.refused, Self.firstLine(of: result.standardError)) }
        return result.standardOutput
    }

    private func preamble(spillingTo folder: String) -> String {
        let threads = limits.threads.map { "SET threads = \($0);\n" } ?? ""
        return """
            SET memory_limit = '\(limits.memoryMegabytes)MB';
            SET temp_directory = \(SQLText.literal(folder));
            SET autoinstall_known_extensions = false;
            SET TimeZone = 'UTC';
            -- Athena's name for it.
            CREATE TEMP MACRO json_parse(document) AS CAST(document AS JSON);
            \(threads)
            """
    }

    private static func firstLine(of bytes: Data) -> String {
        let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
        return lines.first { !$0.allSatisfy(\.isWhitespace) }.map(String.init) ?? "no reason given"
    }
}

/// The engine did not answer. Which of these is ours to tell apart; what it said is shown and never read.
struct EngineFailure: Error {
    enum Kind { case notStarted, refused, killed, unreadableAnswer, tooDear }

    let kind: Kind
    let message: String

    init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }
}

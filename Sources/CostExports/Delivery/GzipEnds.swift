import FinOps
import Foundation

/// A gzip file ends with the checksum and the length of what is in it. The engine reads one that was cut short as far as it
/// goes, and where the cut falls on a line's end it says nothing: half a month would be taken for the whole.
struct GzipEnds {
    let engine: DuckDB

    private static let programs = ["/usr/bin/gzip", "/bin/gzip"]

    /// Throws `InputError`, and `EngineFailure` when it could not be tested.
    func check(_ file: DeliveredFile) async throws {
        guard file.name.lowercased().hasSuffix(".gz") else { return }
        guard let program = Self.programs.first(where: FileManager.default.isExecutableFile(atPath:)) else {
            throw InputError(
                "no_gzip", "nothing can say whether \(file.name) is whole: there is no `gzip` on this machine",
                hint: "install gzip, or unpack the file")
        }
        let result: ProcessResult
        do {
            result = try await engine.processes.run(
                ProcessInvocation(
                    executable: program, arguments: ["--test", "--", file.path],
                    deadlineSeconds: engine.limits.deadlineSeconds))
        } catch {
            throw EngineFailure(.notStarted, "\(program) could not be started")
        }
        guard let status = result.exitStatus else {
            throw EngineFailure(
                .killed, "testing \(file.name) was ended, after \(engine.limits.deadlineSeconds) s at the latest")
        }
        // 2 is a warning, about bytes behind the end.
        guard status == 0 || status == 2 else {
            let said = String(decoding: result.standardError, as: UTF8.self).split(whereSeparator: \.isNewline)
            throw InputError(
                "bad_export", "\(file.name) is not a whole gzip file",
                cause: said.last.map { String($0.split(separator: ": ").last ?? $0) },
                hint: "copy the file from its bucket anew; nothing was counted")
        }
    }
}

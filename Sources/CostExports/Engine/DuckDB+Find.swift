public import FinOps
import Foundation

extension DuckDB {
    /// The oldest release whose SQL these queries were tried on.
    static let oldestVersion = [1, 3]

    /// The executable that a setting names, or `duckdb` on the PATH, after asking it for its version. Throws `InputError`
    /// with the one command that installs it.
    public static func find(
        configured: String?, path: String, processes: any ProcessRunner, limits: Limits = Limits()
    ) async throws -> DuckDB {
        let candidates = configured.map { [$0] } ?? path.split(separator: ":").map { "\($0)/duckdb" }
        guard let executable = candidates.first(where: FileManager.default.isExecutableFile(atPath:)) else {
            throw missing(configured.map { "`\($0)` is not a program" } ?? "no `duckdb` was found on the PATH")
        }
        let engine = DuckDB(executable: executable, processes: processes, limits: limits)
        let version = try await engine.version()
        guard !version.lexicographicallyPrecedes(oldestVersion) else {
            throw missing(
                "\(executable) is DuckDB \(version.map(String.init).joined(separator: ".")), and at least "
                    + "\(oldestVersion.map(String.init).joined(separator: ".")) is needed")
        }
        return engine
    }

    private func version() async throws -> [Int] {
        do {
            let said = try await rows("SELECT version() AS version;").first?["version"]?.text ?? ""
            let numbers = said.drop { $0 == "v" }.split(separator: ".").map { Int($0) }
            guard numbers.count >= 2, let major = numbers[0], let minor = numbers[1] else {
                throw Self.missing("\(executable) does not say which version of DuckDB it is")
            }
            return [major, minor]
        } catch let failure as EngineFailure {
            throw Self.missing("\(executable) does not answer as DuckDB does", cause: failure.message)
        }
    }

    private static func missing(_ sentence: String, cause: String? = nil) -> InputError {
        InputError(
            "no_engine", "line items are read by DuckDB, and \(sentence)", cause: cause,
            hint: "run `make duckdb`, or name another executable in `FINOPS_DUCKDB`")
    }
}

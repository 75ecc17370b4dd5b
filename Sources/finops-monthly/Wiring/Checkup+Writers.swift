import Agents
import FinOps
import LanguageModels

/// Who else is asked: programs in seats, the language model, and the server that reads again. Starts none of the programs and
/// asks the model nothing.
extension Checkup {
    func writers() async throws -> [CheckupFinding] { try await programs() + interpreter() + secondReader() }

    private func programs() async throws -> [CheckupFinding] {
        let programs: [RoleProgram]
        do {
            programs = try settings.rolePrograms(path: global.environment["PATH"] ?? "")
        } catch let error as any ExplainedError {
            return [CheckupFinding("roles", .missing, error.summary, hint: error.hint)]
        }
        guard !programs.isEmpty else { return [] }
        let seats = programs.map { CheckupFinding("roles", .ok, "\($0.role): \($0.command.joined(separator: " "))") }
        guard await !SubprocessRunner().mayDenyNetwork() else { return seats }
        return seats + [
            CheckupFinding(
                "roles", .advice, "programs can reach the network: this system lets no process give it up",
                hint: "allow unprivileged user namespaces, or seat only programs you trust with it")
        ]
    }

    private func secondReader() -> [CheckupFinding] {
        do {
            return try settings.mcpServer(path: global.environment["PATH"] ?? "").map {
                [CheckupFinding("mcp server", .ok, $0.joined(separator: " "))]
            } ?? []
        } catch {
            let explained = error as? any ExplainedError
            return [
                CheckupFinding(
                    "mcp server", .advice,
                    "\(explained?.summary ?? "unusable"): `--validation-level mcp` is not possible",
                    hint: explained?.hint)
            ]
        }
    }

    private func interpreter() async throws -> [CheckupFinding] {
        do {
            guard let chosen = try settings.interpreter(region: nil) else { return [] }
            _ = try await chosen.key?.read(global.environment)
            let alias = chosen.model.name.isFloating ? " (a floating name)" : ""
            let key = chosen.key.map { ", key read from \($0.label)" } ?? ""
            return [CheckupFinding("interpreter", .ok, "\(chosen.model.name)\(alias)\(key)")]
        } catch let error as any ExplainedError {
            return [CheckupFinding("interpreter", .advice, error.summary, hint: error.hint)]
        }
    }
}

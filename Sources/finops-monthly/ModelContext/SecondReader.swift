import Dashboard
import FinOps
import Foundation
import Pipeline
import Sandbox

/// Reads a month's costs again through the server that `mcp_server` names: another client, signed in as the run was.
struct SecondReader {
    /// An absolute path and its arguments; no shell sees them.
    let command: [String]
    let environment: [String: String]

    /// For the whole conversation: starting, signing in, both questions.
    static let deadlineSeconds = 120
    static let outputLimitBytes = 16 << 20

    static let plannedCostUSD = ExactDecimal(2) * CollectionPlan.priceOfRequestUSD
    /// The server in sentences: its program's file name.
    var label: String { command[0].split(separator: "/").last.map(String.init) ?? command[0] }

    /// Throws `GateStop` when the server does not answer: then nothing was read again, and nothing may be said to be.
    /// - Parameter figures: The same month, by one metric each; all metrics are asked for at one price.
    func read(_ figures: [MonthFigures], of request: RunRequest) async throws -> SecondReading {
        let sandbox = request.isSample ? try await SandboxServer.start(SandboxOptions()) : nil
        let folder = FileManager.default.temporaryDirectory.path + "/finops-mcp-" + UUID().uuidString
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let invocation = ProcessInvocation(
            executable: command[0], arguments: Array(command.dropFirst()),
            environment: Self.variables(
                environment, profile: request.profile, sandbox: sandbox.map(Wiring.environment(of:)), folder: folder),
            workingDirectory: folder, deadlineSeconds: Self.deadlineSeconds, outputLimitBytes: Self.outputLimitBytes)
        let label = label
        do {
            let reading = try await SubprocessRunner().converse(with: invocation) { conversation in
                try await Self.ask(ModelContextClient(conversation, label: label), figures, isSample: request.isSample)
            }
            await sandbox?.stop()
            return reading
        } catch {
            await sandbox?.stop()
            throw GateStop(
                verdict: Verdict(
                    .g4, .undetermined, reasons: ["the level mcp is not met: no value was read again"],
                    trouble: trouble(error)))
        }
    }

    private static func ask(
        _ client: ModelContextClient, _ figures: [MonthFigures], isSample: Bool
    ) async throws -> SecondReading {
        let (metrics, currency) = (figures.map(\.book.metric), figures[0].book.currency)
        let server = try await client.greet()
        try await client.require(tool: CostExplorerTool.name)
        var lines: [[CostLine]] = []
        var pages = 0
        for query in SecondReading.queries(for: figures[0]) {
            let found = try await client.call(
                CostExplorerTool.name, CostExplorerTool.arguments(query, metrics))
            let answer = try CostExplorerTool.answer(found, to: query, metrics, in: currency)
            lines.append(answer.lines)
            pages += answer.pages
        }
        let price = ExactDecimal(isSample ? 0 : pages) * CollectionPlan.priceOfRequestUSD
        return SecondReading(
            by: server, pages: pages, costUSD: price, accounts: lines[0], services: lines[1], of: figures)
    }

    private func trouble(_ error: any Error) -> Trouble {
        func trouble(_ code: String, _ message: String, _ hint: String) -> Trouble {
            Trouble(.unreachable, code: code, message: message, operation: "mcp:\(label)", hint: hint)
        }
        return switch error {
        case let trouble as Trouble: trouble
        case is SubprocessRunner.Late:
            trouble(
                "McpServerLate", "\(label) did not answer within \(Self.deadlineSeconds) seconds and was ended",
                "start the command that `mcp_server` names by hand; one that downloads itself does so once")
        default:
            trouble("McpServerNotStarted", "\(label) could not be started", "check the command that `mcp_server` names")
        }
    }

    /// What another AWS client needs to sign in as the run does, and nothing of ours.
    static func variables(
        _ environment: [String: String], profile: String?, sandbox: [String: String]?, folder: String
    ) -> [String: String] {
        var kept = environment.filter { name, _ in
            names.contains(name) || name.lowercased().hasSuffix("_proxy")
                || sandbox == nil && name.hasPrefix("AWS_")
        }
        if let profile {
            // As for a run: whoever names a profile does not mean keys that lie around.
            for name in ["ACCESS_KEY_ID", "SECRET_ACCESS_KEY", "SESSION_TOKEN", "DEFAULT_PROFILE"] {
                kept["AWS_" + name] = nil
            }
            kept["AWS_PROFILE"] = profile
        }
        kept.merge(sandbox ?? [:]) { $1 }
        // AWS's server would ask its registry for a newer version, log beside its own code, and put a long answer into a
        // database instead of giving it.
        return kept.merging([
            "FASTMCP_CHECK_FOR_UPDATES": "off", "FASTMCP_SHOW_SERVER_BANNER": "false", "FASTMCP_LOG_LEVEL": "ERROR",
            "FASTMCP_LOG_FILE": folder + "/server.log", "MCP_SQL_THRESHOLD": String(outputLimitBytes),
        ]) { $1 }
    }

    private static let names: Set = [
        "PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "XDG_CACHE_HOME", "XDG_DATA_HOME", "SSL_CERT_FILE", "SSL_CERT_DIR",
        "REQUESTS_CA_BUNDLE",
    ]
}

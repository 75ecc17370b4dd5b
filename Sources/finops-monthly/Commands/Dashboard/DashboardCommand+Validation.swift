import Dashboard
import FinOps
import Pipeline

/// What `--validation-level` asks for before anything is shown.
extension DashboardCommand {
    /// Nil unless the level asks for one.
    func reader(_ query: DashboardQuery, _ settings: Settings) throws -> SecondReader? {
        guard query.validation == .mcp else { return nil }
        guard let command = try settings.mcpServer(path: global.environment["PATH"] ?? "/usr/bin:/bin") else {
            throw InputError(
                "no_mcp_server", "`--validation-level mcp` cannot be honoured: no MCP server is configured",
                cause: "no value could be read again through it",
                hint:
                    "set `mcp_server` to the command of one, for example awslabs.billing-cost-management-mcp-server; or use "
                    + "`strict` for a source outside Cost Explorer")
        }
        return SecondReader(command: command, environment: global.environment)
    }

    /// At the level `mcp`, once everything else holds: a question that could change nothing is not paid for.
    func readAgain(
        _ figures: [MonthFigures], _ request: RunRequest, _ reader: SecondReader?
    ) async throws -> SecondReading? {
        guard let reader else { return nil }
        if let origin = figures[0].book.origin {
            throw InputError(
                "not_cost_explorer",
                "`--validation-level mcp` cannot be honoured: a month from an export has nothing in Cost Explorer to compare",
                cause: "this one comes from \(UntrustedText(origin.words).text)",
                hint: "use `basic`, or `strict` for a source that confirms the total")
        }
        guard Validation(.basic, of: figures[0]).holds else { return nil }
        if global.format == .text, !global.quiet, !request.isSample {
            global.terminal.talk(
                "reading again through \(reader.label): 2 billed questions, about USD "
                    + SecondReader.plannedCostUSD.text(fractionDigits: 2))
        }
        return try await reader.read(figures, of: request)
    }

    /// Above the level `basic`, a month that is not confirmed is not shown at all.
    func refuseUnconfirmed(
        _ query: DashboardQuery, _ figures: MonthFigures, _ reading: SecondReading?
    ) throws {
        guard query.validation != .basic else { return }
        let validation = Validation(query.validation, of: figures, readAgain: reading)
        guard !validation.holds else { return }
        let moved = reading.flatMap { $0.differences.isEmpty ? nil : $0 }.map { reading in
            Trouble(
                .inconsistent, code: "McpDifference", message: "\(reading.server) read other costs than are shown",
                operation: "mcp:\(CostExplorerTool.name)",
                hint: "costs may have moved since they were collected: `--refresh` asks for them anew")
        }
        throw GateStop(
            verdict: Verdict(
                .g4, .undetermined,
                reasons: ["the level \(query.validation.rawValue) is not met"] + validation.reasons, trouble: moved))
    }
}

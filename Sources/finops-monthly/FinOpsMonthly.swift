import ArgumentParser
import FinOps
import Foundation

@main
struct FinOpsMonthly: AsyncParsableCommand {
    static let toolVersion = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "finops-monthly",
        abstract: "The monthly AWS cost report of an organisation: checked, approved and sealed.",
        discussion: """
            One command takes a month from nothing to a sealed archive; nine gates judge it on the way. Try it without an \
            AWS account: `finops-monthly run --sandbox`.
            """,
        version: toolVersion,
        groupedSubcommands: [
            CommandGroup(
                name: "Run",
                subcommands: [
                    RunCommand.self, PlanCommand.self, ResumeCommand.self, ApproveCommand.self, RejectCommand.self,
                    DistributeCommand.self,
                ]),
            CommandGroup(
                name: "Look",
                subcommands: [
                    StatusCommand.self, DashboardCommand.self, ExportCommand.self, ExplainCommand.self,
                ]),
            CommandGroup(
                name: "Ask", subcommands: [AgentsCommand.self, AnalyzeCommand.self, ChatCommand.self, MCPCommand.self]),
            CommandGroup(
                name: "Analyse your own figures",
                subcommands: [
                    AnomaliesCommand.self, ForecastCommand.self, DriversCommand.self, BridgeCommand.self,
                ]),
            CommandGroup(name: "Audit", subcommands: [VerifyCommand.self, StampCommand.self, FocusCommand.self]),
            CommandGroup(
                name: "Setup",
                subcommands: [DoctorCommand.self, IAMPolicyCommand.self, KeysCommand.self, SandboxCommand.self]),
        ])

    static func main() async {
        Signals.endOnInterrupt()
        let arguments = Array(CommandLine.arguments.dropFirst())
        do {
            var command = try parseAsRoot(arguments)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            suggestCommand(for: arguments)
            exit(withError: error)
        }
    }

    /// argument-parser does not suggest misspelt commands.
    private static func suggestCommand(for arguments: [String]) {
        let names = configuration.subcommands.compactMap { $0.configuration.commandName }
        guard let first = arguments.first, !first.hasPrefix("-"), !names.contains(first), first != "help",
            let nearest = NearestName.suggestion(for: first, among: names)
        else { return }
        FileHandle.standardError.write(Data("hint: there is no command `\(first)`; did you mean `\(nearest)`?\n".utf8))
    }
}

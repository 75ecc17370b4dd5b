import ArgumentParser
import FinOps
import Gates
import Pipeline

struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Show phases, gates, API calls and their price; call nothing billable.",
        discussion: "The same as `run --dry-run`. Contacts nobody.")

    @OptionGroup(title: "Which month of whom")
    var options: RunOptions

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run() async throws {
        try await global.guarded {
            let settings = try global.settings(flags: options.settings)
            let order = try RunOrder(options, settings: settings, global: global)
            return try PlanView(order: order, sources: try options.lineItemSources(), global: global).show()
        }
    }
}

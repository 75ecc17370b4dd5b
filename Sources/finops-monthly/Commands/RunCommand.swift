import ArgumentParser
import FinOps
import Notices
import Pipeline

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Produce the report for one month (the nine phases).",
        discussion: """
            Ends with 0 when the month is complete and sealed, 75 when it waits for a human, 10 + n when gate Gn stopped it. \
            A month costs about USD 0.05 at AWS: five Cost Explorer requests, whatever the number of accounts. \
            Answers about closed months are kept in $XDG_CACHE_HOME/finops-monthly and never paid for again, others for \
            eight hours.
            """)

    @OptionGroup(title: "Which month of whom")
    var options: RunOptions

    @Flag(name: .customLong("dry-run"), help: "Show the plan and its price; call nothing billable (same as `plan`).")
    var dryRun = false

    @Flag(help: "Seal a restatement beside a month that is already sealed.")
    var restate = false

    @Flag(name: .customLong("no-screenshots"), help: "Skip the browser; G6 then says that nothing was looked at.")
    var noScreenshots = false

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run() async throws {
        try await global.guarded {
            let settings = try global.settings(flags: options.settings)
            let sources = try options.lineItemSources()
            let lineItems = dryRun ? nil : try await options.lineItems(settings: settings, global: global)
            let wiring = try await Wiring.open(
                global, settings: settings, isSample: options.sandbox, profile: try options.scope().profile,
                approver: options.approver, model: options.interpret && !dryRun ? .demanded : .none)
            let order = try wiring.order(
                options, settings: settings, restates: restate, skipsScreenshots: noScreenshots,
                lineItems: lineItems)
            guard !dryRun else {
                return try PlanView(order: order, sources: sources, global: global).show()
            }
            let notices = try NoticeDesk(global, settings: settings)
            let end = try await notices.watching(order.request, layout: wiring.layout) {
                try await wiring.engine.start(order)
            }
            wiring.close()
            let status = try global.finish(end)
            await notices.tell(Notice(end), of: order.request, layout: wiring.layout)
            return status
        }
    }
}

struct ResumeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume", abstract: "Go on with an interrupted or decided run.")

    @Argument(help: ArgumentHelp("The run (default: the newest).", valueName: "run"))
    var runID: String?

    @Option(help: ArgumentHelp("Who is asked at the terminal for the decision.", valueName: "name"))
    var approver: String?

    @Option(
        name: .customLong("decision"),
        help: ArgumentHelp("A decision that was signed on another machine; repeatable.", valueName: "file"))
    var decisions: [String] = []

    @OptionGroup
    var answer: DeliveryAnswer

    @Option(help: ArgumentHelp("The project evidence is filed under.", valueName: "name"))
    var project: String?

    @OptionGroup
    var stamping: StampingOptions

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run() async throws {
        try await global.guarded {
            let settings = try global.settings(
                flags: stamping.settings.merging(Setting.flag(.project, "--project", project)) { flag, _ in flag })
            let shelf = try RunShelf(global: global, settings: settings)
            let runID = try runID ?? shelf.newestRun()
            let order = try shelf.order(of: runID)
            let request = order.request
            let notices = try NoticeDesk(global, settings: settings)
            let waiting = WaitingRun(runID: runID, layout: try settings.layout(root: global.rootDirectory))
            for file in decisions { _ = try await waiting.receive(file: file) }
            let wiring = try await Wiring.open(
                global, settings: settings, isSample: request.isSample, profile: request.profile, approver: approver,
                // What was written is remembered: a month that waits goes on without its model.
                model: order.interprets == true ? .ifConfigured : .none, deliveryAnswer: try answer.answer())
            let end = try await notices.watching(request, run: runID, layout: wiring.layout) {
                try await wiring.engine.resume(runID)
            }
            wiring.close()
            let status = try global.finish(end)
            await notices.tell(Notice(end), of: request, layout: wiring.layout)
            return status
        }
    }
}

extension GlobalOptions {
    func settings(project: String?) throws -> Settings {
        try settings(flags: Setting.flag(.project, "--project", project))
    }

    func finish(_ end: RunEnd) throws -> ExitStatus {
        try RunResultView(format: format, terminal: terminal, quiet: quiet).show(end.result, stop: end.stop)
        return ExitStatus(rawValue: Int32(end.result.exitStatus)) ?? .trouble
    }
}

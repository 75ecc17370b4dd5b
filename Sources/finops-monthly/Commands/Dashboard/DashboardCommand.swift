import ArgumentParser
import Dashboard
import Evidence
import Exports
import FinOps
import Pipeline
import Sandbox

struct DashboardCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dashboard",
        abstract: "Cost views for one persona, in the terminal or exported.",
        discussion: """
            Shows the facts a report of the month has, by the same code. A run of the month below the root or its sealed \
            archive is read where there is one, and nothing is asked; otherwise AWS is asked as `run` would ask it, for about \
            USD 0.04, and `--dry-run` says so first. Nothing is written but exports. Figures whose layers do not agree are \
            marked NOT VALIDATED.
            """)

    @Option(help: ArgumentHelp("The month (default: the last closed month).", valueName: "YYYY-MM"))
    var month: String?

    @Option(help: ArgumentHelp("The single account of this AWS profile.", valueName: "name"))
    var profile: String?

    @Option(
        name: .customLong("all-profile"),
        help: ArgumentHelp("The whole organisation through this AWS profile.", valueName: "name"))
    var allProfile: String?

    @Flag(help: "Use the embedded sample estate instead of AWS; nothing is billed.")
    var sandbox = false

    @Flag(help: "Ask everything anew, whatever runs, archives and the cache have.")
    var refresh = false

    @Flag(name: .customLong("dry-run"), help: "Say where the figures would come from and what that costs; ask nothing.")
    var dryRun = false

    @OptionGroup(title: "What is shown")
    var options: DashboardOptions

    @OptionGroup(title: "Files")
    var exports: ExportOptions

    @Flag(help: "Also a picture of the page; the same as `--export png`.")
    var screenshot = false

    @Option(help: ArgumentHelp("The project evidence is filed under.", valueName: "name"))
    var project: String?

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run() async throws {
        try await global.guarded {
            let query = try options.query(isVerbose: global.verbose)
            let formats = try exports.chosen(adding: screenshot ? [.png] : [])
            let settings = try global.settings(project: project)
            let reader = try reader(query, settings)
            let policy = try settings.policy()
            let metrics = try options.metrics(default: policy.metric)
            let source = try source(settings, policy, metrics.first)
            let month = source.order.request.month
            let name = "\(month)-\(query.persona.rawValue)"
            let place = try exports.place(formats, name: name, global: global)
            let desk = ExportDesk(folder: place.folder, replaces: exports.replace, settings: settings, global: global)
            try desk.check(formats, names: formats.flatMap { Exporter.names($0, stem: place.stem, tables: []) })

            let kept = try source.kept(
                needsLines: query.narrows, metrics: [metrics.first] + (metrics.second.map { [$0] } ?? []),
                tag: query.tag)
            guard !dryRun else { return show(plan: kept, source, reader) }
            let found = try await found(kept, source)
            guard let figures = found.figures(by: metrics.first) else {
                throw InputError("no_metric", "the figures of \(month) are not kept by \(metrics.first.rawValue)")
            }
            let second = metrics.second.flatMap(found.figures(by:))
            let reading = try await readAgain([figures] + (second.map { [$0] } ?? []), found.request, reader)
            try refuseUnconfirmed(query, figures, reading)
            let document = try Dashboard(
                query, of: figures, second: second, source: found.origin.words(isSample: found.request.isSample),
                readAgain: reading
            ).document()
            let paths = try await desk.write(document, as: formats, stem: place.stem)
            try DashboardView(global: global).show(document, files: paths)
            return .complete
        }
    }

    private func source(_ settings: Settings, _ policy: RunPolicy, _ metric: CostMetric) throws -> MonthSource {
        let today = sandbox ? SandboxOptions().today : SystemClock().now().day
        let (scope, profile) = try RunRequest.Scope.named(profile: profile, allProfile: allProfile)
        let tags = try settings.requiredAccountTags() ?? []
        let request = RunRequest(
            month: try BillingMonth.asked(month, today: today), project: try settings.project(), scope: scope,
            profile: profile, personas: Persona.allCases, requestedBy: RunOrder.requester(settings), isSample: sandbox,
            today: today,
            requiredAccountTags: options.groupByTag.map { Set(tags + [$0]).sorted() } ?? (tags.isEmpty ? nil : tags))
        var policy = policy
        policy.metric = metric
        let order = RunOrder(
            request: request, policy: policy, acceptanceCriteria: [], restates: false, refreshes: refresh)
        return MonthSource(
            global: global, settings: settings, layout: try settings.layout(root: global.rootDirectory), order: order,
            namesScope: profile != nil)
    }

    private func found(_ kept: FoundMonth?, _ source: MonthSource) async throws -> FoundMonth {
        if let kept { return kept }
        if global.format == .text, !global.quiet, !sandbox {
            let (questions, cost) = source.price
            global.terminal.talk(
                "asking AWS: \(questions) billed questions, about USD \(cost.text(fractionDigits: 2)) after the cache")
        }
        return try await source.ask()
    }

    private func show(plan kept: FoundMonth?, _ source: MonthSource, _ reader: SecondReader?) -> ExitStatus {
        let isSample = source.order.request.isSample
        let (questions, cost) = kept != nil || isSample ? (0, .zero) : source.price
        let place =
            kept.map { $0.origin.words(isSample: $0.request.isSample) }
            ?? (isSample ? "the sample estate" : "AWS, \(questions) billed questions of one page each")
        global.terminal.output("Source   \(place)")
        if let reader { global.terminal.output("Checked  read again through \(reader.label), 2 billed questions") }
        let whole = reader == nil || isSample ? cost : cost + SecondReader.plannedCostUSD
        let words = (questions > 0 ? "about " : "") + "USD \(whole.text(fractionDigits: 2))"
        global.terminal.output("Price    \(words)" + (questions > 0 ? " after the cache" : ""))
        return .complete
    }
}

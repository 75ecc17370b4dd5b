import ArgumentParser
import Dashboard
import FinOps

/// The flags of `dashboard` that say what is shown. Each is honoured or refused with its reason.
struct DashboardOptions: ParsableArguments {
    @Option(
        name: .customLong("mode"),
        help: ArgumentHelp("Whose view: executive, ceo, cfo, cto, architect, sre or technical.", valueName: "persona"))
    var mode = "executive"

    @Option(
        help: ArgumentHelp(
            "The grain of the series: daily, weekly, monthly or quarterly (default: the persona's own).",
            valueName: "grain"))
    var timeframe: String?

    @Option(
        name: .customLong("cost-metric"),
        help: ArgumentHelp(
            "unblended, net-unblended, amortized, net-amortized, blended, or dual: unblended beside amortized.",
            valueName: "metric"))
    var costMetric: String?

    @Option(help: ArgumentHelp("Only these services: EC2,RDS or AWS's own names; repeatable.", valueName: "names"))
    var services: [String] = []

    @Option(help: ArgumentHelp("Only these accounts, by id or name; repeatable.", valueName: "accounts"))
    var accounts: [String] = []

    @Option(
        name: .customLong("filter"),
        help: ArgumentHelp(
            "service:A,B, account:ID, ou:Workloads/Prod, category:compute, cost>N, previous<N, change>=N; repeatable, all must hold.",
            valueName: "condition"))
    var filters: [String] = []

    @Option(
        name: .customLong("cost-threshold"),
        help: ArgumentHelp("Rows that cost less stand together as others.", valueName: "amount"))
    var costThreshold: String?

    @Option(
        name: .customLong("top-n"),
        help: ArgumentHelp("How many rows stand by themselves (default: the persona's own).", valueName: "count"))
    var topN: Int?

    @Option(
        name: .customLong("sort-by"),
        help: ArgumentHelp("current, previous or change (default: the persona's own).", valueName: "column"))
    var sortBy: String?

    @Option(
        name: .customLong("summary-mode"),
        help: ArgumentHelp("Who spent, the accounts: table, tree, both or none.", valueName: "layout"))
    var summaryMode: String?

    @Option(
        name: .customLong("output-format"),
        help: ArgumentHelp("On what, the services: table, tree or both.", valueName: "layout"))
    var outputFormat: String?

    @Option(
        name: .customLong("group-by-tag"),
        help: ArgumentHelp("Also group accounts by the value of this tag of theirs.", valueName: "key"))
    var groupByTag: String?

    @Flag(name: .customLong("show-zero-cost"), help: "Also list accounts that cost nothing.")
    var showZeroCost = false

    @Flag(name: .customLong("activity-analysis"), help: "Refused: no activity signals are collected yet.")
    var activityAnalysis = false

    @Option(
        name: .customLong("validation-level"),
        help: ArgumentHelp(
            "basic: the layers agree; strict: a source outside Cost Explorer confirms them; mcp: costs are read again through the server of `mcp_server`, for USD 0.02.",
            valueName: "level"))
    var validationLevel = "basic"

    func query(isVerbose: Bool) throws -> DashboardQuery {
        guard !activityAnalysis else {
            throw InputError(
                "no_activity_signals",
                "`--activity-analysis` cannot be honoured: no activity signals are collected yet",
                hint: "leave it out; the dashboard shows costs and how they move")
        }
        var query = DashboardQuery()
        query.persona = try choice(mode, "--mode", Persona.self)
        query.timeframe = try timeframe.map { try choice($0, "--timeframe", DashboardQuery.Timeframe.self) }
        query.services = services.flatMap(Settings.split)
        query.accounts = accounts.flatMap(Settings.split)
        query.filters = try filters.map(CostFilter.init)
        query.threshold = try costThreshold.map(threshold)
        if let topN, topN < 1 {
            throw InputError(
                "bad_flag", "`--top-n \(topN)` must be at least 1", hint: "leave it out for the persona's own")
        }
        query.rowLimit = topN
        query.order = try sortBy.map { try choice($0, "--sort-by", DashboardQuery.Order.self) }
        query.summary = try summaryMode.map { try choice($0, "--summary-mode", DashboardQuery.Layout.self) }
        query.detail = try outputFormat.map {
            try choice($0, "--output-format", DashboardQuery.Layout.self, without: [DashboardQuery.Layout.none])
        }
        query.tag = groupByTag
        query.showsZeroCost = showZeroCost
        query.validation = try choice(validationLevel, "--validation-level", ValidationLevel.self)
        query.isVerbose = isVerbose
        return query
    }

    /// The metric, and the second one of `dual`.
    func metrics(default configured: CostMetric) throws -> (first: CostMetric, second: CostMetric?) {
        guard let costMetric else { return (configured, nil) }
        guard costMetric != "dual" else { return (.unblended, .amortized) }
        guard let metric = CostMetric(rawValue: costMetric) else {
            throw refusal(costMetric, "--cost-metric", CostMetric.allCases.map(\.rawValue) + ["dual"])
        }
        return (metric, nil)
    }

    private func threshold(_ text: String) throws -> ExactDecimal {
        guard let amount = ExactDecimal(text), !amount.isNegative else {
            throw InputError(
                "bad_flag", "`--cost-threshold \(text)` is not an amount", hint: "write it as 1000 or 1000.00")
        }
        return amount
    }

    private func choice<Value: RawRepresentable<String> & CaseIterable & Equatable>(
        _ text: String, _ flag: String, _ type: Value.Type, without excluded: [Value] = []
    ) throws -> Value {
        guard let value = Value(rawValue: text), !excluded.contains(value) else {
            throw refusal(text, flag, Value.allCases.filter { !excluded.contains($0) }.map(\.rawValue))
        }
        return value
    }

    private func refusal(_ text: String, _ flag: String, _ known: [String]) -> InputError {
        let nearest = NearestName.suggestion(for: text, among: known).map { "did you mean `\($0)`? " } ?? ""
        return InputError(
            "bad_flag", "`\(flag) \(text)` is not offered", hint: "\(nearest)it takes \(known.joined(separator: ", "))")
    }
}

import CostExports
import Evidence
import FinOps
import Pipeline
import Sandbox

/// The exports of one order: at most one that the whole month comes from, and at most one that is held against it.
struct LineItemSources {
    let month: LineItemSource?
    let beside: LineItemSource?

    var all: [LineItemSource] { [month, beside].compactMap(\.self) }

    init(_ texts: [String]) throws {
        let sources = try texts.map(LineItemSource.init)
        func only(_ layer: LineItemSource.Layer) throws -> LineItemSource? {
            let found = sources.filter { $0.layer == layer }
            guard found.count <= 1 else {
                throw InputError(
                    "bad_source", "`--source` names \(layer.rawValue) \(found.count) times",
                    hint: "name one file or folder")
            }
            return found.first
        }
        (month, beside) = (try only(.month), try only(.beside))
        if let month, case .table = month.place { throw month.isNoMonth }
    }

    /// What a run is given of them. Throws `InputError`.
    func read(
        _ month: BillingMonth, today: CalendarDay, settings: Settings, profile: String?, global: GlobalOptions
    ) async throws -> ReadLineItems {
        guard self.month != nil || beside != nil else { return ReadLineItems(month: nil, beside: nil) }
        let engine = try await DuckDB.find(
            configured: settings[.duckdb]?.text, path: global.environment["PATH"] ?? "/usr/bin:/bin",
            processes: SubprocessRunner())
        let reader = LineItemReader(
            engine: engine, disk: LocalFileSystem(), clock: SystemClock(), hashing: SystemHashing(),
            digest: FileDigest.of)
        var export: MonthExport?
        if let source = self.month {
            let queries = CollectionPlan(month: month, today: today, onlyAccount: nil, isFree: true).queries
            export = try await source.readMonth(
                month, queries, through: MonthExportReader(reader), settings: settings, profile: profile,
                global: global)
            try export?.check(try settings.policy().metric)
        }
        let layer3 = try await beside?.read(
            month, through: reader, settings: settings, profile: profile, global: global)
        let read = ReadLineItems(month: export, beside: layer3)
        try read.checkIndependence()
        return read
    }
}

/// The exports of one order, read.
struct ReadLineItems {
    let month: MonthExport?
    let beside: LineItemExport?

    /// A file held against itself agrees with itself.
    fileprivate func checkIndependence() throws {
        guard let month, let beside else { return }
        let own = Set(month.ledgers.flatMap(\.record.pages).map(\.bodySHA256))
        guard own.isDisjoint(with: beside.record.pages.map(\.bodySHA256)) else {
            throw InputError(
                "bad_source", "`--source` gives L1 and L3 the same file: it would confirm nothing",
                hint: "hold another export of the organisation against it, for example a CUR against FOCUS")
        }
    }
}

extension MonthExport {
    fileprivate func check(_ metric: CostMetric) throws {
        guard !metrics.contains(metric) else { return }
        throw InputError(
            "bad_metric", "`--cost-metric \(metric.rawValue)` is not what \(origin.words) count by",
            hint: "they have \(metrics.map(\.rawValue).joined(separator: ", "))")
    }
}

extension RunOptions {
    /// Parsed in one place for `run` and `plan` alike. Throws `InputError`, also for flags that a month from an export alone
    /// cannot honour.
    func lineItemSources() throws -> LineItemSources {
        let given = try LineItemSources(sources)
        if sandbox, let remote = given.all.first(where: \.place.isRemote) {
            throw InputError(
                "bad_source",
                "`--source \(remote.layer.rawValue)=\(remote.text)` is at AWS, and the sample estate "
                    + "has neither buckets nor tables",
                hint: "`finops-monthly sandbox --line-items FOLDER` writes its export")
        }
        // Whose credentials read what is at AWS may be said; one account of the export cannot be.
        let isLocal = !given.all.contains(where: \.place.isRemote)
        let unheard = [
            ("--profile", profile != nil), ("--all-profile", allProfile != nil && isLocal),
            ("--member-role", memberRole != nil), ("--refresh", refresh),
        ]
        if given.month != nil, let (flag, _) = unheard.first(where: \.1) {
            throw InputError(
                "conflicting_flags",
                "`--source L1=…` takes the whole month from an export, and `\(flag)` is about asking AWS",
                hint: flag == "--profile"
                    ? "leave it out; `--all-profile` names whose credentials read a bucket"
                    : "leave `\(flag)` out, or hold the export against the month with `--source L3=…`")
        }
        return given
    }

    func lineItems(settings: Settings, global: GlobalOptions) async throws -> ReadLineItems {
        let today = sandbox ? SandboxOptions().today : SystemClock().now().day
        return try await lineItemSources().read(
            billingMonth(today: today), today: today, settings: settings, profile: try scope().profile, global: global)
    }
}

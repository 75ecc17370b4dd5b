import ArgumentParser
import FinOps

/// The flags that say which month of whom, shared by `run` and `plan`.
struct RunOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The month to report (default: the last closed month).", valueName: "YYYY-MM"))
    var month: String?

    @Option(help: ArgumentHelp("Report the single account of this AWS profile.", valueName: "name"))
    var profile: String?

    @Option(
        name: .customLong("all-profile"),
        help: ArgumentHelp("Report the whole organisation through this AWS profile.", valueName: "name"))
    var allProfile: String?

    @Option(
        name: .customLong("mode"),
        help: ArgumentHelp("A persona to write for; repeatable (default: all seven).", valueName: "persona"))
    var modes: [String] = []

    @Option(help: ArgumentHelp("The project evidence is filed under.", valueName: "name"))
    var project: String?

    @Option(help: ArgumentHelp("The organisation's monthly budget in USD.", valueName: "amount"))
    var budget: String?

    @Option(
        help: ArgumentHelp("Also show totals in this currency, at the rate of AWS's own invoice.", valueName: "code"))
    var currency: String?

    @Option(
        name: .customLong("approval-threshold"),
        help: ArgumentHelp("A total above this needs a human (default 0.00: every month does).", valueName: "amount"))
    var approvalThreshold: String?

    @Option(
        name: .customLong("cost-metric"),
        help: ArgumentHelp("unblended, net-unblended, amortized, net-amortized or blended.", valueName: "metric"))
    var costMetric: String?

    @Option(
        name: .customLong("console-csv"),
        help: ArgumentHelp(
            "A Cost Explorer report of the month downloaded from the console, to hold against the total.",
            valueName: "file"))
    var consoleCSV: String?

    @Option(
        name: .customLong("source"),
        help: ArgumentHelp(
            """
            L3=PLACE: line items to hold against the month, a FOCUS or CUR export: a file, a folder, s3://BUCKET/PREFIX \
            or athena:DATABASE.TABLE. L1=PLACE: the whole month from an export, of any cloud, in a file, folder or bucket.
            """,
            valueName: "layer=place"))
    var sources: [String] = []

    @OptionGroup
    var stamping: StampingOptions

    @Option(
        name: .customLong("member-role"),
        help: ArgumentHelp(
            "Also read the costliest members' own view by taking on this role in each; USD 0.01 an account.",
            valueName: "name"))
    var memberRole: String?

    @Option(help: ArgumentHelp("Who is asked at the terminal for the decision.", valueName: "name"))
    var approver: String?

    @Flag(help: "Ask everything anew: ignore the answers that earlier runs paid for.")
    var refresh = false

    @Flag(help: "Have the configured language model write for the pages; every figure stays a checked fact.")
    var interpret = false

    @Flag(help: "Use the embedded sample estate instead of AWS; nothing is billed.")
    var sandbox = false

    var settings: [Setting: SettingValue] {
        var values = stamping.settings
        func set(_ setting: Setting, _ flag: String, _ text: String?) {
            if let text { values[setting] = SettingValue(texts: [text], origin: .flag(flag)) }
        }
        if !modes.isEmpty { values[.modes] = SettingValue(texts: modes, origin: .flag("--mode")) }
        set(.project, "--project", project)
        set(.budget, "--budget", budget)
        set(.currency, "--currency", currency)
        set(.approvalThreshold, "--approval-threshold", approvalThreshold)
        set(.costMetric, "--cost-metric", costMetric)
        set(.memberRole, "--member-role", memberRole)
        return values
    }

    func scope() throws -> (scope: RunRequest.Scope, profile: String?) {
        let scope = try RunRequest.Scope.named(profile: profile, allProfile: allProfile)
        if let profile, memberRole != nil {
            throw InputError(
                "conflicting_flags", "`--member-role` needs an organisation, and `--profile` reports one account",
                hint: "use `--all-profile \(profile)`, or leave `--member-role` out")
        }
        return scope
    }

    /// A month that has begun may be looked at (it is preliminary); one that has not is refused.
    func billingMonth(today: CalendarDay) throws -> BillingMonth {
        try BillingMonth.asked(month, today: today)
    }
}

extension BillingMonth {
    /// The month named by `--month`, or the last closed one.
    static func asked(_ text: String?, today: CalendarDay) throws -> BillingMonth {
        guard let text else { return today.billingMonth.previous }
        guard let parsed = BillingMonth(text) else {
            throw InputError(
                "bad_month", "`--month \(text)` is not a month", hint: "write it as YYYY-MM, for example 2026-02")
        }
        guard parsed <= today.billingMonth else {
            throw InputError(
                "future_month", "`--month \(parsed)` has not begun: today is \(today)",
                hint: "the last closed month is \(today.billingMonth.previous)")
        }
        return parsed
    }
}

extension RunRequest.Scope {
    /// `--profile` is one account, `--all-profile` the organisation behind a profile, neither the organisation behind the
    /// default credentials.
    static func named(
        profile: String?, allProfile: String?
    ) throws -> (scope: RunRequest.Scope, profile: String?) {
        switch (profile, allProfile) {
        case (.some, .some):
            throw InputError(
                "conflicting_flags", "`--profile` and `--all-profile` exclude one another",
                hint: "`--profile` reports one account, `--all-profile` the organisation behind the profile")
        case (let profile?, nil): (.singleAccount, profile)
        case (nil, let profile): (.organization, profile)
        }
    }
}

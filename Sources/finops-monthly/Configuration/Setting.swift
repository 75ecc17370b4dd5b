/// Every setting, once: its key in the configuration file, its environment variable and its default. Flags are named by the
/// commands that take them. Precedence is flag > environment > `--config` or `finops-monthly.yaml` in the root >
/// `~/.config/finops-monthly/config.yaml` > default; `doctor` prints each value with its origin.
enum Setting: String, CaseIterable {
    case project
    case modes
    case budget
    case budgets
    case fiscalYearStartMonth = "fiscal_year_start_month"
    case savings
    case exchangeRates = "exchange_rates"
    case currency
    case approvalThreshold = "approval_threshold"
    case approvalQuorum = "approval_quorum"
    case approvers
    case approvalValidityDays = "approval_validity_days"
    case requesterMayApprove = "requester_may_approve"
    case varianceLimitPercent = "variance_limit_percent"
    case screenshotMinimumBytes = "screenshot_minimum_bytes"
    case costMetric = "cost_metric"
    case newsFloorPerDay = "news_floor_per_day"
    case newsFloorPercent = "news_floor_percent"
    case alarmPercent = "alarm_percent"
    case watchPercent = "watch_percent"
    case commitmentDiscount = "commitment_discount"
    case acceptanceCriteria = "acceptance_criteria"
    case requestedBy = "requested_by"
    case keyPassphraseFile = "key_passphrase_file"
    case keyPassphraseCommand = "key_passphrase_command"
    case signingProfile = "signing_profile"
    case browser
    case duckdb
    case mcpServer = "mcp_server"
    case athenaWorkGroup = "athena_work_group"
    case athenaResults = "athena_results"
    case athenaSpendingLimit = "athena_spending_limit"
    case athenaPricePerTerabyte = "athena_price_per_terabyte"
    case phaseDeadlineSeconds = "phase_deadline_seconds"
    case rateLimits = "rate_limits"
    case timestampAuthorities = "timestamp_authorities"
    case memberRole = "member_role"
    case memberSample = "member_sample"
    case requiredAccountTags = "required_account_tags"
    case extraQuestions = "extra_questions"
    case notifications
    case distribution
    case mailServer = "mail_server"
    case mailFrom = "mail_from"
    case mailLogin = "mail_login"
    case messagingProfile = "messaging_profile"
    case roles
    case roleDeadlineSeconds = "role_deadline_seconds"
    case interpreter
    case interpreterURL = "interpreter_url"
    case interpreterKey = "interpreter_key"
    case interpreterPrices = "interpreter_prices"
    case interpreterSpendingLimit = "interpreter_spending_limit"
    case interpreterDeadlineSeconds = "interpreter_deadline_seconds"
    case archivePath = "paths.archive"

    var environmentVariable: String {
        "FINOPS_" + rawValue.uppercased().map { $0 == "." ? "_" : String($0) }.joined()
    }

    /// Lists are written one per line in the file and comma-separated elsewhere.
    var isList: Bool {
        [
            .modes, .budgets, .acceptanceCriteria, .approvers, .rateLimits, .timestampAuthorities, .requiredAccountTags,
            .extraQuestions, .notifications, .roles,
        ]
        .contains(self)
    }

    /// Nil means that nothing is assumed.
    var defaultValue: [String]? {
        switch self {
        case .project: ["cloud-infrastructure"]
        case .modes: ["executive", "ceo", "cfo", "cto", "architect", "sre", "technical"]
        case .approvalThreshold: ["0.00"]
        case .approvalQuorum: ["1"]
        case .approvalValidityDays: ["14"]
        case .requesterMayApprove: ["false"]
        case .varianceLimitPercent: ["5"]
        case .screenshotMinimumBytes: ["10240"]
        case .costMetric: ["unblended"]
        case .newsFloorPerDay: ["25"]
        case .newsFloorPercent: ["0.2"]
        case .alarmPercent: ["20"]
        case .watchPercent: ["10"]
        case .phaseDeadlineSeconds: ["120"]
        case .memberSample: ["2"]
        case .extraQuestions: ["anomalies"]
        case .fiscalYearStartMonth: ["1"]
        case .roleDeadlineSeconds: ["60"]
        case .interpreterDeadlineSeconds: ["120"]
        case .athenaWorkGroup: ["primary"]
        case .athenaSpendingLimit: ["1.00"]
        case .athenaPricePerTerabyte: ["5.00"]
        case .archivePath: ["evidence/{project}/finops-reports/{month}"]
        case .budget, .budgets, .commitmentDiscount, .savings, .exchangeRates, .currency, .approvers,
            .acceptanceCriteria, .requestedBy,
            .keyPassphraseFile,
            .keyPassphraseCommand, .signingProfile, .browser, .duckdb, .mcpServer, .athenaResults,
            .rateLimits,
            .timestampAuthorities, .memberRole,
            .requiredAccountTags, .notifications, .distribution, .mailServer, .mailFrom, .mailLogin,
            .messagingProfile, .roles, .interpreter, .interpreterURL, .interpreterKey, .interpreterPrices,
            .interpreterSpendingLimit:
            nil
        }
    }
}

extension Setting {
    /// The value of a flag, when it was given.
    static func flag(_ setting: Setting, _ name: String, _ text: String?) -> [Setting: SettingValue] {
        text.map { [setting: SettingValue(texts: [$0], origin: .flag(name))] } ?? [:]
    }
}

/// A value and who set it.
struct SettingValue: Hashable {
    enum Origin: Hashable, CustomStringConvertible {
        case flag(String)
        case environment(String)
        case file(String, line: Int)
        case `default`

        var description: String {
            switch self {
            case .flag(let name): "flag \(name)"
            case .environment(let name): "environment \(name)"
            case .file(let path, let line): "\(path) line \(line)"
            case .default: "default"
            }
        }
    }

    let texts: [String]
    let origin: Origin

    var text: String { texts.joined(separator: ", ") }
}

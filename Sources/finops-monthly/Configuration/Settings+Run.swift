import AWS
import Evidence
import FinOps

/// From texts to the typed values a run is made of.
extension Settings {
    func policy() throws -> RunPolicy {
        RunPolicy(
            varianceLimitPercent: try value(.varianceLimitPercent, as: "a percentage over 0") {
                ExactDecimal($0).flatMap { $0 > .zero ? $0 : nil }
            }!,
            approvalThreshold: Money(
                try value(.approvalThreshold, as: "an amount such as 250000.00", parse: Self.amount)!, .usd),
            approvalQuorum: try value(.approvalQuorum, as: "a whole number from 1 to 9") {
                Int($0).flatMap { (1...9).contains($0) ? $0 : nil }
            }!,
            approvers: try approvers(),
            approvalValiditySeconds: try value(.approvalValidityDays, as: "a whole number of days from 1 to 90") {
                Int($0).flatMap { (1...90).contains($0) ? $0 * 86_400 : nil }
            }!,
            requesterMayApprove: try value(.requesterMayApprove, as: "true or false", parse: Bool.init)!,
            screenshotMinimumBytes: try value(.screenshotMinimumBytes, as: "a whole number of bytes", parse: Int.init)!,
            metric: try value(
                .costMetric, as: "one of \(CostMetric.allCases.map(\.rawValue).joined(separator: ", "))",
                parse: CostMetric.init(rawValue:))!,
            budget: try value(.budget, as: "an amount such as 350000.00", parse: Self.amount).map { Money($0, .usd) },
            displayCurrency: try value(.currency, as: "a currency code such as NZD") { Currency($0) }
                .flatMap { $0 == .usd ? nil : $0 },
            analysis: try analysis(),
            budgets: try budgets(),
            fiscalYearStartMonth: try value(.fiscalYearStartMonth, as: "a month from 1 to 12") {
                Int($0).flatMap { (1...12).contains($0) ? $0 : nil }
            })
    }

    /// Nil when there are none. The organisation may have one budget, by either setting.
    private func budgets() throws -> [BudgetTarget]? {
        let targets = try list(
            .budgets,
            as: "SUBJECT=AMOUNT such as organization=350000.00, ou:Workloads/Prod=120000.00 or "
                + "account:111122223333=5000.00", parse: { BudgetTarget($0) })
        var seen: Set<BudgetTarget.Subject> = self[.budget] == nil ? [] : [.organization]
        for target in targets where !seen.insert(target.subject).inserted {
            throw InputError(
                "bad_setting",
                "\(self[.budgets]!.origin): `budgets` sets a second budget for `\(target.subject)`",
                hint: target.subject == .organization ? "`budget` may have set the first one" : "leave one of them out")
        }
        return targets.isEmpty ? nil : targets
    }

    /// What is unusual enough to be said.
    private func analysis() throws -> AnalysisPolicy {
        func percentage(_ setting: Setting) throws -> ExactDecimal {
            try value(setting, as: "a percentage from 0 to 100") { text in
                Self.amount(text).flatMap { $0 <= "100" ? $0 : nil }
            }!
        }
        return AnalysisPolicy(
            newsFloorPerDay: try value(.newsFloorPerDay, as: "an amount a day such as 25.00", parse: Self.amount)!,
            newsFloorPercent: try percentage(.newsFloorPercent), alarmPercent: try percentage(.alarmPercent),
            watchPercent: try percentage(.watchPercent),
            commitmentDiscountPercent: try value(
                .commitmentDiscount, as: "a percentage above 0 and below 100, such as 27.5"
            ) { text in Self.amount(text).flatMap { $0 > .zero && $0 < "100" ? $0 : nil } })
    }

    /// How long the reads of one phase may take together.
    func phaseDeadlineSeconds() throws -> Int {
        try value(.phaseDeadlineSeconds, as: "a whole number of seconds from 1 to 86400") {
            Int($0).flatMap { (1...86_400).contains($0) ? $0 : nil }
        }!
    }

    /// How fast AWS may be asked.
    func rateLimits() throws -> RateLimits {
        let services = RateLimits.serviceNames.joined(separator: ", ")
        var limits = RateLimits()
        _ = try list(.rateLimits, as: "SERVICE=REQUESTS_A_SECOND:AT_ONCE such as ce=4:5, for one of \(services)") {
            limits.take($0) ? $0 : nil
        }
        return limits
    }

    /// Nil unless a role is named.
    func memberReread() throws -> MemberReread? {
        let accounts = try value(.memberSample, as: "a whole number from 1 to 20") {
            Int($0).flatMap { (1...20).contains($0) ? $0 : nil }
        }!
        let role = try value(.memberRole, as: "the name of a role, without its account, such as FinOpsReadOnly") {
            text in
            let allowed = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+=,.@-/")
            return (1...512).contains(text.count) && text.allSatisfy(allowed.contains) && text.last != "/" ? text : nil
        }
        return role.map { MemberReread(role: $0, accounts: accounts) }
    }

    /// Nil when no tag is required.
    func requiredAccountTags() throws -> [String]? {
        let keys = try list(.requiredAccountTags, as: "a tag key of 1 to 128 characters") { key in
            (1...128).contains(key.count) ? key : nil
        }
        return keys.isEmpty ? nil : Array(Set(keys)).sorted()
    }

    /// Billed questions beyond the bill; `none` alone asks none.
    func extraQuestions() throws -> [ExtraQuestion] {
        if self[.extraQuestions]?.texts == ["none"] { return [] }
        let names = ExtraQuestion.allCases.map(\.rawValue).joined(separator: ", ")
        let chosen = try list(.extraQuestions, as: "none, or some of \(names)", parse: ExtraQuestion.init(rawValue:))
        return ExtraQuestion.allCases.filter(chosen.contains)
    }

    func personas() throws -> [Persona] {
        let chosen = try list(
            .modes, as: "one of \(Persona.allCases.map(\.rawValue).joined(separator: ", "))",
            parse: Persona.init(rawValue:))
        // The order of the catalogue, each once: the same request in another order is the same report.
        return Persona.allCases.filter(chosen.contains)
    }

    func project() throws -> String {
        try value(.project, as: "lower-case letters, digits and hyphens") { text in
            let allowed = Set("abcdefghijklmnopqrstuvwxyz0123456789-")
            return !text.isEmpty && text.count <= 64 && text.allSatisfy(allowed.contains) ? text : nil
        }!
    }

    func acceptanceCriteria() throws -> [String] {
        try list(.acceptanceCriteria, as: "text") { $0 }
    }

    /// Nil when nobody is named: then everybody whose key is trusted may approve.
    private func approvers() throws -> [String]? {
        let names = try list(.approvers, as: "names of approvers such as alice, in plain lower-case letters") { name in
            (try? PersonName.check(name)).map { name }
        }
        return names.isEmpty ? nil : Set(names).sorted()
    }

    private static func amount(_ text: String) -> ExactDecimal? {
        ExactDecimal(text).flatMap { $0.isNegative ? nil : $0 }
    }
}

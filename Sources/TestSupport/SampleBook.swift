public import FinOps

/// A small book of facts with every kind of figure: two services, two accounts, a unit, the month, its budget. The names are the
/// caller's, so that a test can make them hostile.
public enum SampleBook {
    public struct Names: Sendable {
        public var database = "Amazon Relational Database Service"
        public var compute = "Amazon Elastic Compute Cloud"
        public var ledgerAccount = "Ledger Production"
        public var sandboxAccount = "Sandbox 7"
        public var unit = "Workloads / Prod"

        public init() {}
    }

    public static func book(names: Names = Names()) -> FactBook {
        FactBook(
            month: SampleLedger.month, project: "cloud-infrastructure", scope: .organization, metric: .unblended,
            currency: .usd, isPreliminary: false, isSample: true, exchangeRate: nil,
            accounts: [
                FactSubject(
                    factPrefix: "account.111111111111", key: "111111111111", name: names.ledgerAccount, path: ["Prod"]),
                FactSubject(
                    factPrefix: "account.222222222222", key: "222222222222", name: names.sandboxAccount, path: ["Dev"]),
            ],
            services: [
                FactSubject(
                    factPrefix: "service.database", key: names.database, name: names.database, path: nil),
                FactSubject(factPrefix: "service.compute", key: names.compute, name: names.compute, path: nil),
            ],
            organizationalUnits: [
                FactSubject(
                    factPrefix: "ou.workloads-prod", key: names.unit, name: names.unit, path: ["Workloads", "Prod"])
            ],
            unavailable: [], gates: [], facts: facts)
    }

    private static let facts: [Fact] =
        month + service("database", "62778.43", "-2694.25", "-4.115")
        + service("compute", "41200.10", "3100.4", "8.137")
        + account("111111111111", "50847.76", "-3941.43", "-7.194") + account("222222222222", "940.5", "12.25", "1.32")
        + [
            money("ou.workloads-prod.net", "160886.35", "net cost of the unit"),
            money("ou.workloads-prod.previous", "170698.32", "net cost of the unit in January 2026"),
            money("ou.workloads-prod.change", "-9811.98", "change of net cost of the unit against January 2026"),
            Fact(
                id: "ou.workloads-prod.accounts", unit: .count, value: "36", label: "accounts in the unit", sources: []),
        ]

    private static let month: [Fact] = [
        money("total.net", "320071.777802", "net cost of February 2026"),
        money("total.gross", "338955.557239", "cost of February 2026 before the partner discount"),
        money("total.previous", "341327.777727", "net cost in January 2026"),
        money("total.change", "-21255.999925", "change of net cost against January 2026"),
        percent("total.change_pct", "-6.227445", "the same in percent"),
        money("total.underlying", "11775.72", "change of net cost beyond the number of days"),
        money("total.per_day", "11431.13", "net cost per day"),
        percent("total.per_day_change_pct", "3.819614", "change of net cost per day in percent"),
        money("month.2025-12.net", "300100.25", "net cost of December 2025"),
        money("budget.limit", "350000", "monthly budget, as configured"),
        money("budget.gap", "29928.22", "budget less net cost"),
        percent("budget.used_pct", "91.449079", "net cost in percent of the budget"),
        money("bridge.tax.change", "0", "change of tax"),
        money("bridge.support", "16554.74", "support in February 2026"),
        Fact(id: "accounts.active", unit: .count, value: "67", label: "of them active", sources: []),
        Fact(id: "accounts.not_active", unit: .count, value: "2", label: "of them suspended", sources: []),
        Fact(id: "month.days", unit: .days, value: "28", label: "days in February 2026", sources: []),
        Fact(id: "exchange_rate.rate", unit: .rate, value: "1.6967", label: "NZD for one USD", sources: []),
        Fact(
            id: "forecast.mean", unit: .money, value: nil, currency: .usd, label: "AWS forecast", sources: [],
            reason: "too little history"),
    ]

    private static func service(
        _ name: String, _ gross: ExactDecimal, _ change: ExactDecimal, _ changePercent: ExactDecimal
    )
        -> [Fact]
    {
        let id = "service.\(name)"
        return [
            money("\(id).gross", gross, "cost of the service before the partner discount"),
            money("\(id).previous", gross - change, "cost of the service in January 2026"),
            money("\(id).change", change, "change of cost of the service against January 2026"),
            percent("\(id).change_pct", changePercent, "the same in percent"),
            percent("\(id).share_pct", "18.52", "share of the month's cost before the partner discount"),
            money("\(id).per_day", "2242.09", "cost of the service per day"),
        ]
    }

    private static func account(
        _ key: String, _ net: ExactDecimal, _ change: ExactDecimal, _ changePercent: ExactDecimal
    )
        -> [Fact]
    {
        let id = "account.\(key)"
        return [
            money("\(id).net", net, "net cost of the account"),
            money("\(id).gross", net * "1.05", "cost of the account before the partner discount"),
            money("\(id).previous", net - change, "net cost of the account in January 2026"),
            money("\(id).change", change, "change of net cost of the account against January 2026"),
            percent("\(id).change_pct", changePercent, "the same in percent"),
            percent("\(id).share_pct", "15.886362", "share of the month's net cost"),
        ]
    }

    private static func money(_ id: String, _ value: ExactDecimal, _ label: String) -> Fact {
        Fact(id: id, unit: .money, value: value, currency: .usd, label: label, sources: [SampleLedger.digest("a")])
    }

    private static func percent(_ id: String, _ value: ExactDecimal, _ label: String) -> Fact {
        Fact(id: id, unit: .percent, value: value, label: label, sources: [SampleLedger.digest("a")])
    }
}

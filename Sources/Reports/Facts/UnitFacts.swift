import FinOps

/// What each part of the organisation cost: accounts rolled up along the tree of organisational units.
enum UnitFacts {
    static let separator = " / "
    /// How many units a page lists; the others are one row, so that tables add up.
    static let shown = 8

    static func write(_ material: FactMaterial, to ledger: inout FactLedger) -> [FactSubject] {
        let month = material.month
        let costs = material.collection.recordTypes
        let now = material.totals(costs, in: month, by: .account)
        let before = material.totals(costs, in: month.previous, by: .account)
        let fixed = material.fixedByAccount(in: month.previous)
        let units = Dictionary(grouping: material.inventory.accounts.filter { $0.organizationalUnits != nil }) {
            Array($0.organizationalUnits!.prefix(2))
        }
        writeEnvironments(material, now: now, to: &ledger)
        func sum(_ accounts: [Account], _ amounts: [String: ExactDecimal]) -> ExactDecimal {
            accounts.map { amounts[$0.id] ?? .zero }.sum()
        }
        let ordered = units.sorted {
            let (left, right) = (sum($0.value, now), sum($1.value, now))
            return left == right ? $0.key.lexicographicallyPrecedes($1.key) : left > right
        }

        var slug = Slug()
        var subjects: [FactSubject] = []
        for (path, accounts) in ordered {
            let name = path.isEmpty ? "Root" : path.joined(separator: separator)
            let prefix = "ou." + slug.make(name)
            let net = material.figure(costs, in: month) { _ in sum(accounts, now) }
            ledger.money("\(prefix).net", net, "net cost of the unit")
            let previous = material.figure(costs, in: month.previous) { _ in sum(accounts, before) }
            Change(net, previous, month, fixed: previous.map { _ in sum(accounts, fixed) })
                .write(prefix, "net cost of the unit", to: &ledger)
            ledger.percent(
                "\(prefix).share_pct", net.percent(of: material.net(in: month), otherwise: "the month cost nothing"),
                "share of the month's net cost")
            ledger.count("\(prefix).accounts", accounts.count, "accounts in the unit")
            subjects.append(FactSubject(factPrefix: prefix, key: name, name: name, path: path))
        }
        let rest = ordered.dropFirst(shown).flatMap(\.value)
        ledger.count("units.others.count", max(0, ordered.count - shown), "units beyond the largest \(shown)")
        let net = material.figure(costs, in: month) { _ in sum(rest, now) }
        ledger.money("units.others.net", net, "net cost of the other units")
        let previous = material.figure(costs, in: month.previous) { _ in sum(rest, before) }
        Change(net, previous, month, fixed: previous.map { _ in sum(rest, fixed) })
            .write("units.others", "net cost of the other units", to: &ledger)
        return subjects
    }

    /// Production or not, by what the organisation itself calls its units; accounts in neither stay a group of their own. Where
    /// no account's unit is known, nothing is said to be in none.
    private static func writeEnvironments(
        _ material: FactMaterial, now: [String: ExactDecimal], to ledger: inout FactLedger
    ) {
        let kinds = Dictionary(
            material.inventory.accounts.map { ($0.id, Environment(path: $0.organizationalUnits ?? [])) }
        ) { first, _ in first }
        let areKnown = material.inventory.accounts.contains { $0.organizationalUnits != nil }
        let reason =
            material.inventory.origin == nil
            ? "the organisational units could not be read" : "line items do not say which unit an account is in"
        for environment in Environment.allCases {
            let sum = material.figure(material.collection.recordTypes, in: material.month) { _ in
                now.filter { (kinds[$0.key] ?? .unassigned) == environment }.map(\.value).sum()
            }
            let net = areKnown ? sum : Figure(unknown: reason)
            ledger.money("environment.\(environment.rawValue).net", net, environment.label)
            ledger.percent(
                "environment.\(environment.rawValue).share_pct",
                net.percent(of: material.net(in: material.month), otherwise: "the month cost nothing"),
                "share of \(environment.label)")
        }
    }
}

enum Environment: String, CaseIterable {
    case production, nonproduction, unassigned

    init(path: [String]) {
        let words = path.map { $0.lowercased().filter(\.isLetter) }
        if words.contains(where: Self.other.contains) {
            self = .nonproduction
        } else if words.contains(where: ["prod", "production"].contains) {
            self = .production
        } else {
            self = .unassigned
        }
    }

    private static let other: Set<String> = [
        "nonprod", "nonproduction", "dev", "development", "test", "testing", "staging", "uat", "sandbox",
    ]

    var label: String {
        switch self {
        case .production: "net cost of accounts in production units"
        case .nonproduction: "net cost of accounts in non-production units"
        case .unassigned: "net cost of accounts in units that are neither"
        }
    }
}

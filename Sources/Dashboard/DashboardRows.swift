import Exports
import FinOps
import Reports

/// The breakdowns of a selection: by account, service, unit, category and tag, each adding up to its total.
struct DashboardRows {
    let figures: MonthFigures
    let book: FactBook
    let facts: FactIndex
    /// The facts by the second metric of `dual`, and that metric.
    let second: (facts: FactIndex, metric: CostMetric)?
    let query: DashboardQuery
    let profile: PersonaProfile
    let selection: Selection
    let collection: CostCollection?
    let timeframe: DashboardQuery.Timeframe

    private var month: BillingMonth { book.month }

    var accounts: Breakdown {
        breakdown(
            rows(book.accounts, amount: "net", trend(collection?.recordTypes.value, .account)) { $0.path ?? [] },
            "accounts", total: totalRow)
    }

    var services: Breakdown {
        let rows = rows(book.services, amount: "gross", trend(collection?.daily.value, .service)) {
            [ServiceFamily(of: $0.key).label]
        }
        return breakdown(rows, "services", total: sum(rows, "Total"))
    }

    func accountTable(isTree: Bool) -> ExportTable {
        let table = table(.accounts)
        let title = "Accounts by \(accountBasis), \(book.currency.code)"
        return isTree
            ? table.tree(accounts, name: "account-tree", title: title)
            : table.table(accounts, name: "accounts", title: title)
    }

    func serviceTable(isTree: Bool) -> ExportTable {
        let table = table(.services)
        let title = "Services by cost before the partner discount, \(book.currency.code)"
        return isTree
            ? table.tree(services, name: "service-tree", title: title)
            : table.table(services, name: "services", title: title)
    }

    /// Nil when the tree of units could not be read.
    var units: ExportTable? {
        guard !book.organizationalUnits.isEmpty else { return nil }
        var rows = rows(book.organizationalUnits, amount: "net") { _ in [] }
        let homeless = book.accounts.filter { $0.path == nil }
        if !homeless.isEmpty {
            let accounts = self.rows(homeless, amount: "net") { _ in [] }
            rows.append(CostRow(sumOf: accounts, name: "(in no unit)", whole: facts.value("total.net")))
        }
        return table(.units).table(
            breakdown(rows, "units", total: totalRow), name: "units",
            title: "Organisational units by \(accountBasis), \(book.currency.code)")
    }

    var families: ExportTable? {
        let subjects = ServiceFamily.all.map {
            FactSubject(factPrefix: "category.\($0.key)", key: $0.key, name: $0.label, path: nil)
        }
        let rows = rows(subjects, amount: "gross") { _ in [] }
        return table(.families).table(
            breakdown(rows, "categories", total: sum(rows, "Total")), name: "categories",
            title: "Categories by cost before the partner discount, \(book.currency.code)")
    }

    /// Accounts summed by the value of one of their tags. Throws `InputError` when their tags are not known.
    func tagTable(_ tag: String) throws -> ExportTable {
        let tags = Dictionary(figures.inventory.accounts.map { ($0.id, $0.tags) }) { first, _ in first }
        guard tags.values.contains(where: { $0 != nil }) else {
            throw InputError(
                "no_tags", "`--group-by-tag \(tag)`: the accounts' tags could not be read",
                cause: figures.inventory.troubles.first.map { "\($0.message) (\($0.attribution))" },
                hint: "allow organizations:ListTagsForResource, as `finops-monthly iam-policy` prints it")
        }
        let whole = facts.value("total.net")
        let rows = rows(book.accounts, amount: "net") { _ in [] }
        let groups = Dictionary(grouping: rows) { row -> String in
            guard let known = tags[row.key] ?? nil else { return "(tags unknown)" }
            return known[tag].map { UntrustedText($0).text } ?? "(without the tag)"
        }.map { CostRow(sumOf: $1, name: $0, whole: whole) }
        return table(.tagValues).table(
            breakdown(groups, "values", total: sum(rows, "Total")), name: "tag",
            title: "Accounts by their tag \(UntrustedText(tag).text), \(accountBasis), \(book.currency.code)")
    }

    /// What the amounts of accounts are.
    var accountBasis: String { selection.isBeforeDiscount ? "cost before the partner discount" : "net cost" }

    private func table(_ subject: CostTable.Subject) -> CostTable {
        let trend: [String: [ExactDecimal]] =
            switch subject {
            case .accounts: trend(collection?.recordTypes.value, .account)
            case .services: trend(collection?.daily.value, .service)
            case .units, .families, .tagValues: [:]
            }
        return CostTable(
            subject: subject, month: month, provider: book.origin?.provider ?? "AWS", currency: book.currency,
            metric: book.metric, secondMetric: second?.metric,
            isBeforeDiscount: selection.isBeforeDiscount || subject == .services || subject == .families,
            hasTrend: trend.values.contains { $0.count > 2 })
    }

    private func rows(
        _ subjects: [FactSubject], amount: String, _ trends: [String: [ExactDecimal]] = [:],
        path: (FactSubject) -> [String]
    ) -> [CostRow] {
        subjects.map { subject in
            var row = CostRow(subject, amount: amount, path: path(subject).map { UntrustedText($0).text }, in: facts)
            row.second = second.map { CostRow.Value($0.facts["\(subject.factPrefix).\(amount)"]) }
            row.trend = trends[subject.key] ?? []
            return row
        }
    }

    private func breakdown(_ rows: [CostRow], _ noun: String, total: CostRow) -> Breakdown {
        Breakdown(rows, query, profile: profile, noun: noun, total: total)
    }

    private func sum(_ rows: [CostRow], _ name: String) -> CostRow {
        CostRow(sumOf: rows, name: name, whole: rows.reduce(.zero) { $0 + ($1.now.value ?? .zero) })
    }

    /// The total is the month's own fact, not a sum of what is shown.
    private var totalRow: CostRow {
        var row = CostRow(
            FactSubject(factPrefix: "total", key: "", name: "Total", path: nil), amount: "net", path: [], in: facts)
        row.share = CostRow.Value(
            row.now.value.flatMap { $0.percent(of: $0.magnitude, fractionDigits: 6) },
            otherwise: "the month cost nothing")
        row.second = second.map { CostRow.Value($0.facts["total.net"]) }
        return row
    }

    private func trend(_ ledger: CostLedger?, _ dimension: CostQuery.Dimension) -> [String: [ExactDecimal]] {
        RowTrend.series(ledger, by: dimension, book.metric, timeframe, in: month)
    }
}

import FinOps

/// Listed and charged accounts, outer-joined, and what the caller could not see.
enum AccountListSections {
    static func sections(_ context: PageContext) -> [ReportSection] {
        guard let outline = context.book.reconciliation else { return [] }
        let unseen = outline.blindSpots.map { Phrase.reason($0) }
        guard let lists = outline.accounts else {
            return [
                ReportSection(
                    title: "Listed and charged accounts could not be compared",
                    blocks: [.list(unseen + ["\("accounts.with_cost", .plain) accounts with cost"])])
            ]
        }
        let counts = ReportTable(
            caption: "Accounts by list",
            columns: [.text("List"), .number("Accounts")],
            rows: [
                .init(cells: ["Listed and charged", .fact("accounts.in_both", .plain)]),
                .init(cells: ["Charged, but not listed", .fact("accounts.not_listed", .plain)]),
                .init(cells: ["Listed, without cost", .fact("accounts.without_cost", .plain)]),
                .init(cells: ["Listed, but not active", .fact("accounts.not_active", .plain)]),
            ])
        let tables = [
            table("Charged, but not listed", lists.notListed.map { ($0, "not listed") }),
            table("Listed, without cost", lists.withoutCost.map { ($0, "no charge") }),
            table("Listed, but not active", lists.notActive.map { ($0.account, $0.state.rawValue.lowercased()) }),
        ].compactMap { $0 }
        return [
            ReportSection(
                title:
                    "Accounts: \("accounts.in_both", .plain) listed and charged, \("accounts.not_listed", .plain) charged only, \("accounts.without_cost", .plain) listed only",
                blocks: [.table(counts)] + tables.map { .table($0) } + (unseen.isEmpty ? [] : [.list(unseen)]))
        ]
    }

    private static func table(_ title: String, _ accounts: [(FactSubject, String)]) -> ReportTable? {
        guard !accounts.isEmpty else { return nil }
        return ReportTable(
            caption: .words(title), columns: [.text("Id"), .text("Name"), .text("State"), .number("Net cost")],
            rows: accounts.map { account, state in
                .init(cells: [
                    .code(account.key), .name(account.name), .words(state), .fact("\(account.factPrefix).net", .cents),
                ])
            })
    }
}

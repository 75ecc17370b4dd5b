import Exports
import FinOps
import Foundation

/// A small document with everything in it that a format could get wrong: hostile and wide names, an unknown amount, a
/// negative one, one of ten fraction digits, a tree, a rest and a total.
enum SampleDocument {
    static let document = ExportDocument(
        title: "Cost dashboard · CFO · February 2026", question: "Why did it change?",
        warning: "NOT VALIDATED. G4 failed",
        about: [.init("Scope", "organisation <of> everyone"), .init("Metric", "unblended, USD")],
        headline: [
            ExportTable.Row([.text("Net cost"), figure("300.1234567891", "USD 300.12", "total.net")]),
            ExportTable.Row([.text("Series"), .trend(["1", "2", "4"])]),
        ],
        tables: [accounts, tree], notes: ["One account without cost is not shown."])

    static let accounts = ExportTable(
        name: "accounts", title: "Accounts by net cost, USD", columns: columns,
        rows: [
            row("日本 <script>alert(1)</script>", "111111111111", "200.1234567891", "+1.5 %", "account.1.net"),
            row("=SUM(A1:A9), \"quoted\"", "222222222222", "150", "−2.0 %", "account.2.net"),
            ExportTable.Row([
                .text("🚀 launchpad|x"), .text("333333333333"), .unknown("AccessDenied from ce:GetCostAndUsage"),
                .unknown("nothing before", printed: "NEW"), .empty, .trend(["3", "1", "2"]),
            ]),
            ExportTable.Row(
                [.text("2 other accounts"), .empty, figure("-50", "−50.00", nil), .empty, .empty, .empty], weight: .rest
            ),
            ExportTable.Row(
                [.text("Total"), .empty, figure("300.1234567891", "300.12", "total.net"), .empty, .empty, .empty],
                weight: .total),
        ], period: CalendarDay("2026-02-01")!..<CalendarDay("2026-03-01")!)

    static let tree = ExportTable(
        name: "account-tree", title: "Accounts by unit, USD", columns: Array(columns.prefix(3)),
        rows: [
            node("Workloads", "350.1234567891", 0, .group), node("Prod", "200.1234567891", 1, .group),
            node("日本", "200.1234567891", 2, .normal), node("Dev", "150", 1, .group), node("quoted", "150", 2, .normal),
            node("2 other accounts", "-50", 0, .rest), node("Total", "300.1234567891", 0, .total),
        ], period: nil, isTree: true)

    private static let columns: [ExportTable.Column] = [
        .init("account_name", focus: "SubAccountName", title: "Account", .text),
        .init("account_id", focus: "SubAccountId", title: "Account id", .text, isDetail: true),
        .init("net", focus: "BilledCost", title: "Feb 2026", .amount(.usd)),
        .init("per_day_change_pct", title: "Per day", .percent), .init("bar", title: "", .bar(of: "net")),
        .init("trend", title: "Trend", .trend),
    ]

    private static func row(
        _ name: String, _ id: String, _ net: ExactDecimal, _ change: String, _ fact: String
    ) -> ExportTable.Row {
        let percent = ExactDecimal(String(change.dropLast(2)).replacing("+", with: "").replacing("−", with: "-"))!
        return ExportTable.Row([
            .text(name), .text(id), figure(net, net.text(fractionDigits: 2), fact), figure(percent, change, nil),
            .empty,
            .trend(["1", "2", "3"]),
        ])
    }

    private static func node(
        _ name: String, _ net: ExactDecimal, _ depth: Int, _ weight: ExportTable.Row.Weight
    ) -> ExportTable.Row {
        ExportTable.Row(
            [.text(name), .empty, figure(net, net.text(fractionDigits: 2), nil)], weight: weight, depth: depth)
    }

    private static func figure(_ value: ExactDecimal, _ printed: String, _ fact: String?) -> ExportTable.Cell {
        .figure(value, printed: printed, fact: fact)
    }
}

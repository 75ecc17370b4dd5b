import Exports
import FinOps
import Foundation
import Reports

/// Rows of accounts or services as a table or a tree, under FOCUS names.
struct CostTable {
    enum Subject { case accounts, services, units, families, tagValues }

    let subject: Subject
    let month: BillingMonth
    /// Who charged: AWS, unless the month comes from another's export.
    let provider: String
    let currency: Currency
    let metric: CostMetric
    let secondMetric: CostMetric?
    /// Services are known only before the partner discount.
    let isBeforeDiscount: Bool
    let hasTrend: Bool

    func table(_ breakdown: Breakdown, name: String, title: String) -> ExportTable {
        let rest = [breakdown.others, breakdown.excluded].compactMap { $0 }
        return ExportTable(
            name: name, title: title, columns: columns,
            rows: breakdown.shown.map { row($0) } + rest.map { row($0, .rest) } + [row(breakdown.total, .total)],
            period: month.firstDay..<month.firstDayAfter, provider: provider)
    }

    /// A branch adds up what hangs on it. Rows that are not shown one by one stand together at the root.
    func tree(_ breakdown: Breakdown, name: String, title: String) -> ExportTable {
        let whole = breakdown.total.now.value
        var rows: [ExportTable.Row] = []
        func write(_ leaves: [CostRow], depth: Int) {
            let branches = Dictionary(grouping: leaves.filter { $0.path.count > depth }) { $0.path[depth] }
                .map { CostRow(sumOf: $1, name: $0, path: [$0], whole: whole) }
            let ends = leaves.filter { $0.path.count <= depth }
            for node in (branches + ends).sorted(by: .current) {
                guard node.key.isEmpty, let branch = node.path.last, node.name == branch else {
                    rows.append(row(node, depth: depth))
                    continue
                }
                rows.append(row(node, .group, depth: depth))
                write(leaves.filter { $0.path.count > depth && $0.path[depth] == branch }, depth: depth + 1)
            }
        }
        write(breakdown.shown, depth: 0)
        rows += [breakdown.others, breakdown.excluded].compactMap { $0 }.map { row($0, .rest) }
        return ExportTable(
            name: name, title: title, columns: columns, rows: rows + [row(breakdown.total, .total)],
            period: month.firstDay..<month.firstDayAfter, provider: provider, isTree: true)
    }

    private var columns: [ExportTable.Column] {
        let amount = isBeforeDiscount ? "gross" : "net"
        var columns = naming
        columns.append(
            ExportTable.Column(
                amount, focus: Self.focusName(metric, isBeforeDiscount), title: Self.short(month), .amount(currency)))
        if let secondMetric {
            columns.append(
                ExportTable.Column(
                    "\(amount)_\(secondMetric.rawValue.replacing("-", with: "_"))",
                    focus: Self.focusName(secondMetric, isBeforeDiscount), title: secondMetric.rawValue.capitalized,
                    .amount(currency)))
        }
        columns += [
            ExportTable.Column(
                "previous", focus: "x_Previous", title: Self.short(month.previous), .amount(currency), isDetail: true),
            ExportTable.Column("change", title: "Change", .amount(currency)),
            ExportTable.Column("per_day_change_pct", title: "Per day", .percent),
            ExportTable.Column("share_pct", title: "Share", .percent),
            ExportTable.Column("bar", title: "", .bar(of: amount)),
        ]
        if hasTrend { columns.append(ExportTable.Column("trend", title: "Trend", .trend)) }
        return columns
    }

    private var naming: [ExportTable.Column] {
        switch subject {
        case .accounts:
            [
                .init("account_name", focus: "SubAccountName", title: "Account", .text),
                .init("account_id", focus: "SubAccountId", title: "Account id", .text, isDetail: true),
                .init("organizational_unit", title: "Unit", .text, isDetail: true),
            ]
        case .services:
            [
                .init("service_name", focus: "ServiceName", title: "Service", .text),
                .init("category", title: "Category", .text, isDetail: true),
            ]
        case .units: [.init("organizational_unit", title: "Organisational unit", .text)]
        case .families: [.init("category", title: "Category", .text)]
        case .tagValues: [.init("tag_value", title: "Tag", .text)]
        }
    }

    private func row(_ row: CostRow, _ weight: ExportTable.Row.Weight = .normal, depth: Int = 0) -> ExportTable.Row {
        var cells: [ExportTable.Cell] = [.text(row.name)]
        let path = row.key.isEmpty || row.path.isEmpty ? ExportTable.Cell.empty : .text(row.path.joined(separator: "/"))
        switch subject {
        case .accounts: cells += [row.key.isEmpty ? .empty : .text(row.key), path]
        case .services: cells.append(path)
        case .units, .families, .tagValues: break
        }
        cells.append(row.now.cell(.cents))
        if secondMetric != nil { cells.append(row.second?.cell(.cents) ?? .empty) }
        cells += [
            row.previous.cell(.cents), row.change.cell(.signedCents), perDay(row), row.share.cell(.percent), .empty,
        ]
        if hasTrend { cells.append(row.trend.isEmpty ? .empty : .trend(row.trend)) }
        return ExportTable.Row(cells, weight: weight, depth: depth)
    }

    /// A percentage of nothing does not exist: such a row is new or gone.
    private func perDay(_ row: CostRow) -> ExportTable.Cell {
        guard row.perDayChange.value == nil else { return row.perDayChange.cell(.signedPercent) }
        guard let now = row.now.value, let before = row.previous.value else { return .unknown(row.perDayChange.reason) }
        let word = before.isZero ? now.isZero ? "–" : "NEW" : now.isZero ? "GONE" : "unknown"
        return .unknown(row.perDayChange.reason, printed: word)
    }

    /// FOCUS calls what is invoiced `BilledCost`, and what is spread over the term of a commitment `EffectiveCost`. It has no
    /// name for a blended rate, nor for a cost before a reseller's discount.
    static func focusName(_ metric: CostMetric, _ isBeforeDiscount: Bool) -> String {
        let name =
            switch metric {
            case .unblended, .netUnblended: "BilledCost"
            case .amortized, .netAmortized: "EffectiveCost"
            case .blended: "BlendedCost"
            }
        return isBeforeDiscount ? "x_\(name)BeforePartnerDiscount" : metric == .blended ? "x_\(name)" : name
    }

    /// `Feb 2026`
    static func short(_ month: BillingMonth) -> String { "\(month.name.prefix(3)) \(month.year)" }
}

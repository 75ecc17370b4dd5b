import FinOps
import Foundation

/// A table as CSV under FOCUS column names. Only rows that add up to the whole once are written: no totals, no groups.
/// Amounts are exact decimals; an unknown cell is empty, and the column behind it says why. A name that a spreadsheet would
/// take for a formula has an apostrophe before it.
enum CommaSeparatedExport {
    static func bytes(_ table: ExportTable) -> Data {
        let columns = table.columns.indices.filter { !table.columns[$0].isDrawing }
        let currency = columns.lazy.compactMap { index -> Currency? in
            if case .amount(let currency) = table.columns[index].kind { currency } else { nil }
        }.first
        let rows = table.rows.filter(\.isLeaf)
        let hasUnknown = rows.contains { row in columns.contains { row.cells[$0].reason != nil } }
        var header = columns.map { table.columns[$0].focusName }
        var constants: [String] = []
        if let currency {
            header.append("BillingCurrency")
            constants.append(currency.code)
        }
        if let provider = table.provider {
            header.append("ProviderName")
            constants.append(ExportTable.Cell.text(provider).harmlessData)
        }
        if let period = table.period {
            header += ["ChargePeriodStart", "ChargePeriodEnd"]
            constants += [period.lowerBound, period.upperBound].map { "\($0)T00:00:00Z" }
            if period == period.lowerBound.billingMonth.firstDay..<period.lowerBound.billingMonth.firstDayAfter {
                header += ["BillingPeriodStart", "BillingPeriodEnd"]
                constants += constants.suffix(2)
            }
        }
        if hasUnknown { header.append("x_UnknownBecause") }
        let lines = rows.map { row in
            let reasons = columns.compactMap { row.cells[$0].reason }
            return columns.map { row.cells[$0].harmlessData } + constants
                + (hasUnknown ? [reasons.first ?? ""] : [])
        }
        return Data(([header] + lines).map { CommaSeparated.row($0) + "\n" }.joined().utf8)
    }
}

extension ExportTable.Cell {
    /// Exact, for programs; empty where there is nothing.
    var data: String {
        switch self {
        case .text(let text): text
        case .figure(let value, _, _): value.description
        case .unknown, .trend, .empty: ""
        }
    }

    /// The same, unless a spreadsheet would compute it.
    var harmlessData: String {
        guard case .text(let text) = self, let first = text.utf8.first, Array("=+-@\t\r".utf8).contains(first) else {
            return data
        }
        return "'" + text
    }

    var reason: String? {
        if case .unknown(let reason, _) = self { reason } else { nil }
    }

    var value: ExactDecimal? {
        if case .figure(let value, _, _) = self { value } else { nil }
    }

    var fact: String? {
        if case .figure(_, _, let fact) = self { fact } else { nil }
    }
}

import Exports
import FinOps
import Foundation
import Reports

/// Why the month cost what it cost, and what comes next.
extension SectionWriter {
    var movers: ExportTable? {
        let moved = book.services.filter { !(facts.value("\($0.factPrefix).underlying") ?? .zero).isZero }
            .sorted {
                let (left, right) = (underlying($0).magnitude, underlying($1).magnitude)
                return left == right ? $0.factPrefix < $1.factPrefix : left > right
            }
        return list(
            "movers", "What moved beyond the number of days, \(code)", heading: "Service",
            columns: [.init("underlying", title: "Change", amount), Self.perDay],
            rows: moved.prefix(3).map {
                ($0.name, [fact("\($0.factPrefix).underlying", .signedCents), perDay($0.factPrefix)])
            })
    }

    /// Why the month cost more or less, by kind of reason; the parts add up to the change.
    var why: ExportTable? {
        let parts: [(String, String)] = [
            ("Number of days", "days"), ("Usage", "usage"), ("List prices", "price"),
            ("Usage and list prices together", "usage_and_price"),
            ("Rate of the partner discount", "partner_discount"), ("New services", "new"), ("Gone services", "gone"),
            ("Commitments", "commitments"), ("Support", "support"), ("Tax", "tax"), ("Other charges", "other"),
            ("Negotiated discounts", "discounts"), ("Credits", "credits"), ("Refunds", "refunds"),
        ]
        return list(
            "why", "Why it changed, \(code)", heading: "Reason",
            columns: [.init("change", title: "Change", amount)]
                + (converted.map {
                    [.init("change_display", title: "\($0), at own rates", .amount($0))]
                } ?? []),
            rows: parts.filter { !isZero("why.\($0.1)") }.map { name, bar in
                (name, [fact("why.\(bar)", .signedCents)] + display(bar))
            } + (converted == nil ? [] : [("Exchange rate", [.empty] + display("currency"))]),
            total: ("Change of net cost", [fact("total.change", .signedCents)] + display("total")))
    }

    /// The reporting currency, where the rates of both months are known.
    private var converted: Currency? {
        facts.value("why.total_display") == nil ? nil : facts["why.total_display"].currency
    }

    private func display(_ bar: String) -> [ExportTable.Cell] {
        converted == nil ? [] : [fact("why.\(bar)_display", .signedCents)]
    }

    /// The months ahead with the interval that is meant to hold four times in five.
    var outlook: ExportTable? {
        let months = (1...12).map { book.month.adding(months: $0) }.filter { facts.value("outlook.\($0).value") != nil }
        return list(
            "outlook", "Our forecast of the months ahead, \(code)", heading: "Month",
            columns: [
                .init("value", title: "Forecast", amount), .init("low80", title: "80 % from", amount),
                .init("high80", title: "to", amount),
            ],
            rows: months.map { month in
                (month.name, ["value", "low80", "high80"].map { fact("outlook.\(month).\($0)", .cents) })
            })
    }

    var growth: ExportTable? {
        let lines: [(String, String)] = [
            (book.month.name, "total.net"), (book.month.adding(months: -12).name, "year.previous"),
            ("Change on a year", "year.change"), ("Average month on record", "trend.average"),
            ("A year at the rate of the month", "total.annual_run_rate"),
        ]
        return list(
            "growth", "Against a year ago, \(code)", heading: "Figure",
            columns: [.init("net", focus: "x_NetCost", title: "Amount", amount)],
            rows: lines.filter { facts.contains($0.1) }.map { ($0.0, [fact($0.1, .cents)]) })
    }

    /// Every kind of charge, and what they add up to.
    var grossToNet: ExportTable? {
        let lines: [(String, String)] = [
            ("Usage", "bridge.usage"), ("Commitment fees, net", "bridge.commitments"), ("Support", "bridge.support"),
            ("Tax", "bridge.tax"), ("Other charges", "bridge.other"), ("Negotiated discounts", "bridge.discounts"),
            ("Credits", "bridge.credits"), ("Refunds", "bridge.refunds"),
            ("Partner discount", "bridge.partner_discount"),
        ]
        let kinds = lines.filter { facts.contains($0.1) && !isZero($0.1) }
        return list(
            "kinds", "From usage to net cost, \(code)", heading: "Kind of charge",
            columns: [
                .init("net", focus: "BilledCost", title: CostTable.short(book.month), amount),
                .init("previous", title: CostTable.short(book.month.previous), amount),
                .init("change", title: "Change", amount),
            ],
            rows: kinds.map { name, id in
                (name, [fact(id, .cents), fact("\(id).previous", .cents), fact("\(id).change", .signedCents)])
            },
            total: (
                "Net cost",
                [fact("total.net", .cents), fact("total.previous", .cents), fact("total.change", .signedCents)]
            ))
    }

    func isZero(_ id: String) -> Bool {
        (facts.value(id) ?? .zero).isZero && (facts.value("\(id).previous") ?? .zero).isZero
    }
}

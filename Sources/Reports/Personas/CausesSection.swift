import Analysis
import FinOps

/// Why the bill changed: each cause for itself, then the few accounts and services behind them.
enum CausesSection {
    static func section(_ context: PageContext) -> ReportSection {
        guard context.canBridge, let verb = context.verb("total.change") else {
            return context.unknownSection("Why it changed is unknown", ["total.change"])
        }
        let causes = (context.book.analysis?.causes ?? []).map { sentence($0, context) }
        let found: [ReportBlock] =
            causes.isEmpty
            ? []
            : [
                .paragraph("Who drove it, before the partner discount and at as many days:"), .list(causes),
                .paragraph(usageTypes(context)),
            ]
        return ReportSection(
            title: title(context, verb: verb),
            blocks: [.chart(bridge(context)), .paragraph(toldApart(context))] + found)
    }

    private static func sentence(_ cause: CauseOutline, _ context: PageContext) -> Phrase {
        let what: Phrase =
            switch (cause.account, cause.service) {
            case (let account?, let service?): "\(strong: .name(service.name)) in \(name: account.name)"
            case (let account?, nil): "Everything in \(strong: .name(account.name))"
            case (nil, let service?): "\(strong: .name(service.name)) everywhere"
            case (nil, nil): "Everything"
            }
        let isAgainst = context.facts.value("\(cause.factPrefix).share_pct")?.isNegative == true
        let share: Phrase =
            "\(what): \("\(cause.factPrefix).change", .money.signed), \("\(cause.factPrefix).share_pct", .percent1.magnitude) \(words: isAgainst ? "against" : "of") the change of everything"
        let types = (cause.usageTypes ?? []).map { type -> Phrase in
            "\(name: type.name) \("\(type.factPrefix).change", .money.signed)"
        }
        guard let first = types.first else { return share }
        return share + "; by usage type " + types.dropFirst().reduce(first) { $0 + " and " + $1 }
    }

    /// What a usage type under a cause says, and what it does not.
    private static func usageTypes(_ context: PageContext) -> Phrase {
        guard context.facts.value("causes.usage_types") != nil else {
            return "By which usage types: \("causes.usage_types", .plain)."
        }
        return
            "Usage types are the service's across the organisation: Cost Explorer does not tell them by account as well."
    }

    /// How far quantities and prices could be told apart.
    private static func toldApart(_ context: PageContext) -> Phrase {
        guard context.facts.value("why.price") != nil else {
            return "Usage and list price apart: \("why.price", .money)."
        }
        return
            "Quantities of \(context.count("why.comparable.count", "usage type")), \("why.comparable.share_pct", .percent1) of the month's usage, could be held against \(context.previous); the rest stays together."
    }

    /// A rate can turn a fall into a rise.
    private static func title(_ context: PageContext, verb: String) -> Phrase {
        guard let converted = context.verb("why.total_display"), converted != verb,
            let currency = context.facts["why.total_display"].currency
        else { return "Why the bill \(words: verb)" }
        return
            "Why the bill \(words: verb) in \(words: context.unit) and \(words: converted) in \(words: currency.code)"
    }

    /// In the reporting currency where both months' rates are known, with what the rate did as a bar of its own; else in the
    /// billing currency.
    private static func bridge(_ context: PageContext) -> ReportChart {
        let isConverted = context.facts.value("why.total_display") != nil
        let suffix = isConverted ? "_display" : ""
        let bars = (WhyBars.names + (isConverted ? [WhyBars.currency] : []))
            .filter { !context.facts.isZero("why.\($0)\(suffix)") }
        let unit = context.facts["why.total\(suffix)"].currency?.code ?? context.unit
        typealias Point = ReportChart.Point
        func others(_ fact: String) -> [String] { isConverted ? [fact] : [] }
        return ReportChart(
            kind: .waterfall, title: title(context, isConverted: isConverted),
            subtitle:
                "Net cost, \(words: unit)\(words: isConverted ? " at each month's own rate" : ""), \(context.previous) to \(context.month)",
            points: [
                Point(
                    label: .words(context.previous.shortName),
                    fact: isConverted ? "total.previous_display" : "total.previous", role: .total,
                    others: others("total.previous"))
            ]
                + bars.map { bar in
                    Point(
                        label: .words(label(bar, context)), fact: "why.\(bar)\(suffix)",
                        others: bar == WhyBars.currency ? [] : others("why.\(bar)"))
                } + [
                    Point(
                        label: .words(context.month.shortName), fact: isConverted ? "total.net_display" : "total.net",
                        role: .total, others: others("total.net"))
                ], valueTitle: unit, otherTitles: isConverted ? [context.unit] : [])
    }

    private static func title(_ context: PageContext, isConverted: Bool) -> Phrase {
        isConverted
            ? "Of \("why.total_display", .money.signed) the exchange rate did \("why.currency_display", .money.signed); every cause stands for itself, to the cent"
            : "Each cause for itself: together they are the whole change, to the cent"
    }

    private static func label(_ bar: String, _ context: PageContext) -> String {
        switch bar {
        case WhyBars.price: "List prices"
        case WhyBars.usageAndPrice:
            context.facts.value("why.price") == nil ? "Usage and list price" : "Usage or price"
        case WhyBars.discountRate: "Discount rate"
        case WhyBars.currency: "Exchange rate"
        case let other: other.prefix(1).uppercased() + other.dropFirst()
        }
    }
}

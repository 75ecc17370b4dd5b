import Analysis
import FinOps

/// Why the bill changed: each cause for itself, then the few accounts and services behind them.
enum CausesSection {
    static func section(_ context: PageContext) -> ReportSection {
        guard context.canBridge, let verb = context.verb("total.change") else {
            return context.unknownSection("Why it changed is unknown", ["total.change"])
        }
        let causes = (context.book.analysis?.causes ?? []).map { cause -> Phrase in
            let what: Phrase =
                switch (cause.account, cause.service) {
                case (let account?, let service?): "\(strong: .name(service.name)) in \(name: account.name)"
                case (let account?, nil): "Everything in \(strong: .name(account.name))"
                case (nil, let service?): "\(strong: .name(service.name)) everywhere"
                case (nil, nil): "Everything"
                }
            let isAgainst = context.facts.value("\(cause.factPrefix).share_pct")?.isNegative == true
            return
                "\(what): \("\(cause.factPrefix).change", .money.signed), \("\(cause.factPrefix).share_pct", .percent1.magnitude) \(words: isAgainst ? "against" : "of") the change of everything"
        }
        let found: [ReportBlock] =
            causes.isEmpty
            ? []
            : [.paragraph("Who drove it, before the partner discount and at as many days:"), .list(causes)]
        return ReportSection(
            title: title(context, verb: verb), blocks: [.chart(bridge(context))] + found)
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
    /// billing currency. Where the factors are unknown, the services that moved.
    private static func bridge(_ context: PageContext) -> ReportChart {
        guard context.facts.value("why.total") != nil else {
            return context.changeBridge(title: "The change, by service", showsDiscount: true)
        }
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
                    label: .words(context.previous.name),
                    fact: isConverted ? "total.previous_display" : "total.previous", role: .total,
                    others: others("total.previous"))
            ]
                + bars.map { bar in
                    Point(
                        label: .words(label(bar)), fact: "why.\(bar)\(suffix)",
                        others: bar == WhyBars.currency ? [] : others("why.\(bar)"))
                } + [
                    Point(
                        label: .words(context.month.name), fact: isConverted ? "total.net_display" : "total.net",
                        role: .total, others: others("total.net"))
                ], valueTitle: unit, otherTitles: isConverted ? [context.unit] : [])
    }

    private static func title(_ context: PageContext, isConverted: Bool) -> Phrase {
        isConverted
            ? "Of \("why.total_display", .money.signed) the exchange rate did \("why.currency_display", .money.signed); every cause stands for itself, to the cent"
            : "Each cause for itself: together they are the whole change, to the cent"
    }

    private static func label(_ bar: String) -> String {
        switch bar {
        case WhyBars.usage: "Usage and list price"
        case WhyBars.discountRate: "Partner discount rate"
        case WhyBars.currency: "Exchange rate"
        case let other: other.prefix(1).uppercased() + other.dropFirst()
        }
    }
}

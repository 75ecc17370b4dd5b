import FinOps

/// The days of the month as shapes: a calendar of everything, a small line for each large service.
enum DayPatterns {
    /// As many incidents are coloured as a reader can tell apart.
    private static let colouredIncidents = 3

    /// Every day as a column, what was usual for it behind, the days of the largest incidents in another colour.
    static func days(_ context: PageContext) -> ReportSection {
        guard let peak = context.facts.value("days.largest_day") else {
            return context.unknownSection("The days are unknown", ["days.typical"])
        }
        let incidents = IncidentSection.ranked(context.book.analysis?.incidents ?? [], context)
            .filter { $0.kind != "drift" }.prefix(colouredIncidents)
        let points = DailyFacts.days(context.month).map { day in
            let isPeak = ExactDecimal(day.day) == peak
            let isUnusual = incidents.contains { $0.firstDay <= day && day <= $0.lastDay }
            let band = ["usual_low", "usual_high"].map { "day.\(day).\($0)" }
            return ReportChart.Point(
                label: .words(day.description), fact: "day.\(day).net",
                role: isUnusual || isPeak ? .highlight : .context,
                others: band.allSatisfy(context.facts.contains) ? band : [], isLabelled: isPeak || day.day == 1,
                tick: day.day % 7 == 1 || day.day == context.month.days ? String(day.day) : nil)
        }
        let hasBand = points.contains { !$0.others.isEmpty }
        return ReportSection(
            title: "\("days.largest_day", .dayOfMonth) stands furthest from a day of its kind",
            blocks: [
                .chart(
                    ReportChart(
                        kind: .days,
                        title:
                            "\("days.largest", .money) on that day, \("days.largest_deviation", .money.signed) off its kind",
                        subtitle:
                            "Cost by day, \(words: context.unit)\(words: hasBand ? "; a column that ends in the pale band is usual, by the days before it" : ""); coloured are the days of the largest incidents; monthly fees fall on the first day, which is left out of every comparison and broken where it is higher",
                        points: points, valueTitle: context.unit,
                        otherTitles: hasBand ? ["Usual from", "to"] : [],
                        reference: hasBand ? nil : ("days.typical_weekday", "typical weekday")))
            ] + landing(context))
    }

    /// Of a month that is still running.
    private static func landing(_ context: PageContext) -> [ReportBlock] {
        context.facts.contains("landing.value")
            ? [.paragraph("By its days so far the month lands at \("landing.value", .money).")] : []
    }

    /// Weeks below one another: a weekday that stands out is a column, a bad week a row.
    static func calendar(_ context: PageContext) -> ReportSection {
        let days = DailyFacts.days(context.month)
        let amounts = days.map { context.facts.value("day.\($0).net") ?? .zero }
        // Fees of the first day would leave every other one pale.
        guard let largest = amounts.dropFirst().max(), let least = amounts.dropFirst().min(), largest > .zero else {
            return context.unknownSection("The calendar is unknown", ["days.typical"])
        }
        let lead = days[0].weekday - 1
        let weeks = (days.count + lead + 6) / 7
        let rows = (0..<weeks).map { week in
            let slots = (0..<7).map { week * 7 + $0 - lead }
            let start = days[0].adding(days: week * 7 - lead)
            return ReportTable.Row(
                cells: ["\(words: "\(start)")"]
                    + slots.map { days.indices.contains($0) ? .fact("day.\(days[$0]).net", .compact) : "" },
                shades: [0]
                    + slots.map {
                        days.indices.contains($0) && $0 > 0 ? Scale.share(amounts[$0] - least, of: largest - least) : 0
                    })
        }
        return ReportSection(
            title: "The month as a calendar",
            blocks: [
                .table(
                    ReportTable(
                        caption:
                            "Cost of each day, \(words: context.unit); darker is more; the first day is not shaded",
                        columns: [.text("Week of")]
                            + ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].map { .number($0) }, rows: rows))
            ])
    }

    static func shapes(_ context: PageContext) -> ReportSection {
        let services = context.book.services.prefix(HistoryFacts.shownServices)
        let points = services.flatMap { service in
            DailyFacts.days(context.month).dropFirst().map { day in
                let isPeak = context.facts.value("\(service.factPrefix).daily.largest_day") == ExactDecimal(day.day)
                return ReportChart.Point(
                    label: .words(day.description), fact: "\(service.factPrefix).day.\(day).cost",
                    role: isPeak ? .highlight : .context, panel: context.shortName(service))
            }
        }.filter { context.facts.contains($0.fact) }
        guard !points.isEmpty else {
            return context.unknownSection("The days of services are unknown", ["days.typical"])
        }
        return ReportSection(
            title: "The shape of the largest services",
            blocks: [
                .chart(
                    ReportChart(
                        kind: .multiples, title: "Cost by day; the dot is the day furthest from its kind",
                        subtitle:
                            "\(words: context.unit) a day, first day left out; each line from zero to its own highest; the figure is the last day's",
                        points: points, valueTitle: context.unit))
            ])
    }
}

import FinOps

/// The days of the month as shapes: a calendar of everything, a small line for each large service.
enum DayPatterns {
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

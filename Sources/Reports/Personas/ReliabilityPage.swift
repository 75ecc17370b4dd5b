import FinOps

/// For site reliability: what broke the pattern, on which day, and who should look.
struct ReliabilityPage: PersonaPage {
    let persona = Persona.sre

    func page(_ context: PageContext) -> ReportPage {
        ReportPage(
            persona: persona, reader: "Site reliability engineering",
            question: "What broke the pattern, and who should look?",
            headline: headline(context),
            standfirst:
                "Each service's daily average against \(context.previous): SPIKE and DROP beyond \("movement.spike_threshold", .percent1), WATCH from \("movement.watch_threshold", .percent1) upward.",
            tiles: [
                Tile(
                    label: "SPIKE", value: .fact("movement.spike", .plain),
                    note: "of \("services.with_cost", .plain) services",
                    tone: tone(context, "spike", .bad)),
                Tile(
                    label: "WATCH", value: .fact("movement.watch", .plain),
                    note: "of \("services.with_cost", .plain) services",
                    tone: tone(context, "watch", .warning)),
                Tile(
                    label: "DROP", value: .fact("movement.drop", .plain),
                    note: "of \("services.with_cost", .plain) services"),
                Tile(
                    label: "Furthest day", value: .fact("days.largest_deviation", .money.signed),
                    note: "on \("days.largest_day", .dayOfMonth)"),
            ],
            sections: [
                days(context), DayPatterns.calendar(context), movements(context), DayPatterns.shapes(context),
                peaks(context),
                accounts(context),
                actions(context),
            ])
    }

    private func headline(_ context: PageContext) -> Phrase {
        guard context.facts.value("movement.spike") != nil else {
            return "What broke the pattern is unknown: \("movement.spike", .plain)"
        }
        if let worst = marked(context, [.spike]).first {
            return
                "\(context.count("movement.spike", "service")) spiked; look first at \(name: worst.name), \("\(worst.factPrefix).underlying", .money.signed) beyond the calendar"
        }
        guard let other = marked(context, [.new, .gone, .drop, .watch]).first else {
            return "No service broke its pattern against \(context.previous)"
        }
        return
            "No service spiked; the largest mark is \(context.mark(context.movement(other, now: "gross"))) on \(name: other.name)"
    }

    private func tone(_ context: PageContext, _ word: String, _ tone: Tone) -> Tone {
        context.facts.isZero("movement.\(word)") ? .good : tone
    }

    private func marked(_ context: PageContext, _ words: Set<Movement>) -> [FactSubject] {
        context.movers(context.book.services).filter { words.contains(context.movement($0, now: "gross")) }
    }

    private func days(_ context: PageContext) -> ReportSection {
        guard let peak = context.facts.value("days.largest_day") else {
            return context.unknownSection("The days are unknown", ["days.typical"])
        }
        let points = DailyFacts.days(context.month).map { day in
            let isPeak = ExactDecimal(day.day) == peak
            return ReportChart.Point(
                label: .words(day.description), fact: "day.\(day).net", role: isPeak ? .highlight : .context,
                isLabelled: isPeak || day.day == 1,
                tick: day.day % 7 == 1 || day.day == context.month.days ? String(day.day) : nil)
        }
        return ReportSection(
            title: "\("days.largest_day", .dayOfMonth) stands furthest from a day of its kind",
            blocks: [
                .chart(
                    ReportChart(
                        kind: .days,
                        title:
                            "\("days.largest", .money) on that day, \("days.largest_deviation", .money.signed) off its kind",
                        subtitle:
                            "Cost by day, \(words: context.unit); monthly fees fall on the first day: it is left out of every comparison, and broken where it is higher",
                        points: points, valueTitle: context.unit, reference: ("days.typical_weekday", "typical weekday")
                    ))
            ])
    }

    private func movements(_ context: PageContext) -> ReportSection {
        let services = marked(context, [.spike, .drop, .watch, .new, .gone])
        guard !services.isEmpty else {
            return ReportSection(
                title: "No service is marked", blocks: [.paragraph("Every daily average stayed within its band.")])
        }
        let rows = services.prefix(15).map { service in
            ReportTable.Row(cells: [
                .mark(context.mark(context.movement(service, now: "gross"))), .name(service.name),
                .fact("\(service.factPrefix).previous_per_day", .whole), .fact("\(service.factPrefix).per_day", .whole),
                context.perDayChange(service.factPrefix, now: "gross", marksNews: false),
                .fact("\(service.factPrefix).underlying", .whole.signed),
            ])
        }
        return ReportSection(
            title: "Marked services, largest impact first",
            blocks: [
                .table(
                    ReportTable(
                        caption: "Daily averages before the partner discount, \(words: context.unit)",
                        columns: [
                            .text("Signal"), .text("Service"), .number("A day before"), .number("A day now"),
                            .number("Per day"), .number("Beyond calendar"),
                        ], rows: rows)),
                .paragraph(
                    "\(context.count("movement.normal", "service")) NORMAL, \("movement.new", .plain) NEW, \("movement.gone", .plain) GONE."
                ),
            ])
    }

    private func peaks(_ context: PageContext) -> ReportSection {
        func deviation(_ service: FactSubject) -> ExactDecimal? {
            context.facts.value("\(service.factPrefix).daily.largest_deviation")
        }
        let services = Movers.ranked(context.book.services, change: deviation)
            .filter { service in
                let percent = context.facts.value("\(service.factPrefix).daily.largest_deviation_pct")
                return percent.map { $0.magnitude >= (context.facts.value("movement.watch_threshold") ?? .zero) }
                    ?? true
            }.prefix(8)
        if services.isEmpty, context.facts.value("days.largest_deviation") != nil {
            return ReportSection(
                title: "No single day to look at",
                blocks: [
                    .paragraph(
                        "No service had a day off by \("movement.watch_threshold", .percent1) or more of its kind.")
                ])
        }
        guard !services.isEmpty else {
            return context.unknownSection("Single days are unknown", ["days.largest_deviation"])
        }
        let rows = services.map { service in
            let prefix = "\(service.factPrefix).daily"
            return ReportTable.Row(cells: [
                .name(service.name), .fact("\(prefix).largest_day", .dayOfMonth), .fact("\(prefix).largest", .whole),
                .fact("\(prefix).typical", .whole), .fact("\(prefix).largest_deviation", .whole.signed),
                context.facts.value("\(prefix).largest_deviation_pct") == nil
                    ? "–" : .fact("\(prefix).largest_deviation_pct", .percent1.signed),
            ])
        }
        return ReportSection(
            title: "The single days to look at",
            blocks: [
                .table(
                    ReportTable(
                        caption:
                            "Furthest day of each service from its typical weekday or weekend day, \(words: context.unit)",
                        columns: [
                            .text("Service"), .number("Day"), .number("Cost"), .number("Typical"), .number("Off by"),
                            .number("In percent"),
                        ], rows: rows))
            ])
    }

    private func accounts(_ context: PageContext) -> ReportSection {
        let accounts = context.movers(context.book.accounts).prefix(8)
        guard !accounts.isEmpty else { return context.unknownSection("Accounts are unknown", ["total.change"]) }
        let rows = accounts.map { account in
            ReportTable.Row(cells: [
                .mark(context.mark(context.movement(account, now: "net"))), .name(account.name), .code(account.key),
                .fact("\(account.factPrefix).underlying", .whole.signed),
                context.perDayChange(account.factPrefix, now: "net", marksNews: false),
            ])
        }
        return ReportSection(
            title: "Whose accounts moved",
            blocks: [
                .table(
                    ReportTable(
                        caption: "Accounts by change of net cost beyond the number of days, \(words: context.unit)",
                        columns: [
                            .text("Signal"), .text("Account"), .text("Id"), .number("Beyond calendar"),
                            .number("Per day"),
                        ],
                        rows: rows))
            ])
    }

    private func actions(_ context: PageContext) -> ReportSection {
        var actions: [Phrase] = marked(context, [.spike]).prefix(3).map {
            "\(strong: "Investigate \(name: $0.name)"): deployments, scaling limits and traffic from the day its cost rose."
        }
        actions += marked(context, [.new]).prefix(2).map {
            "\(strong: "Confirm \(name: $0.name)"): who started it, and is it meant to stay?"
        }
        actions += marked(context, [.drop, .gone]).prefix(2).map {
            "\(strong: "Verify \(name: $0.name)"): a drop can be a saving or an outage."
        }
        if actions.isEmpty { actions = ["Nothing needs an engineer this month."] }
        return ReportSection(title: "What to do next", blocks: [.numbered(actions)])
    }
}

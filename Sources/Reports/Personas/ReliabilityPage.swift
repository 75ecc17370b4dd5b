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
                    label: "Incidents", value: .fact("incidents.count", .plain),
                    note: context.facts.value("incidents.open") == nil
                        ? nil : "\("incidents.open", .plain) still open on the last day judged",
                    tone: context.facts.isZero("incidents.open") ? .neutral : .bad),
                Tile(
                    label: "Beyond what was expected", value: .fact("incidents.impact", .money.signed),
                    note: "all incidents together"),
                Tile(
                    label: "SPIKE / WATCH / DROP",
                    value:
                        "\("movement.spike", .plain) / \("movement.watch", .plain) / \("movement.drop", .plain)",
                    note: "of \("services.with_cost", .plain) services, daily averages",
                    tone: context.facts.isZero("movement.spike") ? .neutral : .warning),
                Tile(
                    label: "Time to detect", value: .unknown("nobody records when an incident was first seen"),
                    note: context.book.origin == nil
                        ? "AWS settles a day two days later" : "days are as the export was delivered"),
            ],
            sections: [
                DayPatterns.days(context), IncidentSection.section(context), DayPatterns.calendar(context),
                movements(context), ResourceSections.drivers(context, rows: 10),
                DayPatterns.shapes(context), accounts(context), actions(context),
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

    private func marked(_ context: PageContext, _ words: Set<Movement>) -> [FactSubject] {
        context.movers(context.book.services).filter { words.contains(context.movement($0, now: "gross")) }
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

    private func accounts(_ context: PageContext) -> ReportSection {
        let accounts = context.movers(context.book.accounts).prefix(5)
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
        var actions: [Phrase] = marked(context, [.spike]).prefix(2).map {
            "\(strong: "Investigate \(name: $0.name)"): deployments, scaling limits and traffic from the day its cost rose."
        }
        actions += marked(context, [.new]).prefix(2).map {
            "\(strong: "Confirm \(name: $0.name)"): who started it, and is it meant to stay?"
        }
        actions += marked(context, [.drop, .gone]).prefix(2).map {
            "\(strong: "Verify \(name: $0.name)"): a drop can be a saving or an outage."
        }
        actions += SavingsSections.decommissions(context).prefix(3).map {
            "\(strong: "Decommission: \(name: $0.name)"), \("\($0.factPrefix).monthly", .money) a month by AWS's advice \(.code($0.key))."
        }
        if context.facts.value("savings.open.count") == nil {
            actions.append("Candidates to decommission: \("savings.open.count", .plain).")
        }
        if actions.isEmpty { actions = ["Nothing needs an engineer this month."] }
        return ReportSection(title: "What to do next", blocks: [.numbered(actions)])
    }
}

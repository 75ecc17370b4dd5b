import FinOps

/// The one message that goes to everybody, before it has a format: a subject that carries the number, three reasons, what to
/// decide, where to read.
struct StakeholderMessage {
    enum Block {
        case paragraph(Phrase)
        case heading(String)
        case list([Phrase])
        case numbered([Phrase])
        /// Steps of a change, drawn where a drawing survives; their figures stand in the text as well.
        case bars(title: Phrase, [Bar])
        /// What proves the rest: small.
        case fine(Phrase)
    }

    struct Bar {
        let label: Phrase
        let fact: String
    }

    let subject: Phrase
    /// The finding, where there is room for a headline.
    let title: Phrase
    let banners: [(title: String, text: Phrase)]
    let blocks: [Block]

    init(_ context: PageContext, pages personas: [Persona]) {
        let frame = PageFrame(context: context)
        banners = frame.banners
        let figures: Block = .fine("Figures: \(.code("facts.json")), \(.code(context.factsSHA256.named))")
        guard frame.isEstablished else {
            // Without a total there is nothing to compare, approve or budget: only what stands in the way.
            title = WithheldPage.headline(context)
            subject = title + "; please resolve"
            blocks = [.heading("What has to be resolved"), .list(WithheldPage.causes(context)), figures]
            return
        }
        subject = Self.subject(context)
        title = context.totalSentence
        blocks =
            [.paragraph(context.calendarSentence ?? context.budgetSentence + ".")]
            + Self.chart(context)
            + [
                .heading("Why"), .list(Self.reasons(context)),
                .heading("What we ask you to decide"), .numbered(context.decisions),
                .heading("How far to trust it"), .paragraph(Self.confidence(context)),
                .heading("Where to read on"), .paragraph(Self.pages(personas)), figures,
            ]
    }

    /// Number, direction and ask, before anybody opens the message.
    private static func subject(_ context: PageContext) -> Phrase {
        let ask =
            context.facts.value("budget.gap")?.isNegative == true
            ? "over budget, decision needed"
            : context.facts.value("budget.gap") == nil ? "please set a budget" : "within budget, please review"
        let prefix = context.book.isSample ? "[Sample] " : ""
        let direction: Phrase =
            switch context.facts.value("total.change_pct") {
            case nil: "change unknown"
            case let change? where change.isZero: "unchanged"
            case let change?: "\(words: change.isNegative ? "down" : "up") \("total.change_pct", .percent1.magnitude)"
            }
        return
            "\(words: prefix)\(context.provider) \(context.month): \("total.net", .money), \(direction); \(words: ask)"
    }

    private static func chart(_ context: PageContext) -> [Block] {
        guard context.canBridge else { return [] }
        var bars = context.movers(context.book.services).prefix(MovementFacts.shown).map {
            Bar(label: context.shortName($0), fact: "\($0.factPrefix).underlying")
        }
        if !context.facts.isZero("why.days") {
            bars.insert(Bar(label: "Number of days", fact: "why.days"), at: 0)
        }
        bars.append(Bar(label: "All else", fact: "movers.rest.underlying"))
        return [.bars(title: "What changed since \(context.previous), \(words: context.unit)", bars)]
    }

    /// Always three: the movers first, then the discount and the calendar.
    private static func reasons(_ context: PageContext) -> [Phrase] {
        var reasons = context.movers(context.book.services).prefix(2).map { context.moverSentence($0) + "." }
        if !context.facts.isZero("bridge.partner_discount") {
            reasons.append(
                "The partner discount took off \("bridge.partner_discount", .money.magnitude), \("bridge.partner_discount.share_pct", .percent1.magnitude) of the cost before it."
            )
        }
        if reasons.count < 3 { reasons.append(context.budgetSentence + ".") }
        if reasons.count < 3 {
            reasons.append("The three largest accounts carry \("accounts.top3.share_pct", .percent1) of the bill.")
        }
        return Array(reasons.prefix(3))
    }

    private static func confidence(_ context: PageContext) -> Phrase {
        let sources: Phrase =
            context.facts.isZero("sources.unavailable")
            ? "Every source that was asked has answered."
            : "\(words: context.book.origin == nil ? "Not available" : "Not asked"): \(context.count("sources.unavailable", "source")); the pages name each and why."
        let layers: Phrase = context.book.origin == nil ? "two layers of the bill" : "two sums of one export"
        return
            "\("gates.held", .plain) of \("gates.judged", .plain) gates hold so far; \(layers) agree to within \("reconciliation.adjusted_pct", .percent2) once known differences are set aside. \(PageFrame(context: context).accounts). \(sources)"
    }

    /// True of the file among the reports and of the same words as an e-mail.
    private static func pages(_ personas: [Persona]) -> Phrase {
        let wanted = PersonaCatalog.personas.map(\.persona).filter(personas.contains)
        guard let lead = LeadPage.path(among: wanted.map(LeadPage.path(of:)))?.split(separator: "/").last else {
            return "No page was requested."
        }
        let names = wanted.map { Phrase.code("\($0.rawValue).html") }
        let pages = names.dropFirst().reduce(names[0]) { $0 + ", " + $1 }
        return
            "Attached to the e-mail: \(.code(String(lead))). Sealed with the month: \(pages) and \(.code("reconciliation.html"))."
    }
}

import FinOps

/// The one message that goes to everybody: a subject that carries the number, three reasons, what to decide, where to read.
struct EmailRenderer {
    let context: PageContext

    init(_ context: PageContext) {
        self.context = context
    }

    func text(pages personas: [Persona]) -> String {
        let frame = PageFrame(context: context)
        guard frame.isEstablished else { return withheld(frame) }
        let reasons = reasons
        var blocks = ["Subject: " + Escape.subject(subject)]
        blocks += frame.banners.map { "**\($0.title).** \(markdown($0.text))" }
        blocks.append("Hello,")
        blocks.append(markdown(context.totalSentence + ". ") + (context.calendarSentence.map { markdown($0) } ?? ""))
        blocks.append("**Why**")
        blocks.append(reasons.map { "- " + markdown($0) }.joined(separator: "\n"))
        blocks.append("**What we ask you to decide**")
        blocks.append(
            context.decisions.enumerated().map { "\($0.offset + 1). " + markdown($0.element) }.joined(separator: "\n"))
        blocks.append("**How far to trust it**")
        blocks.append(markdown(confidence(frame)))
        blocks.append("**Where to read on**")
        blocks.append(whereToReadOn(personas))
        blocks.append("Figures: `facts.json`, `\(context.factsSHA256.named)`")
        return blocks.joined(separator: "\n\n") + "\n"
    }

    /// True of the file among the reports and of the same words as an e-mail.
    private func whereToReadOn(_ personas: [Persona]) -> String {
        let wanted = PersonaCatalog.personas.map(\.persona).filter(personas.contains)
        guard let lead = LeadPage.path(among: wanted.map(LeadPage.path(of:)))?.split(separator: "/").last else {
            return "No page was requested."
        }
        let pages = wanted.map { "`\($0.rawValue).html`" }.joined(separator: ", ")
        return "Attached to the e-mail: `\(lead)`. Sealed with the month: \(pages), each with a twin in Markdown, and "
            + "`reconciliation.html`."
    }

    /// Without a total there is nothing to compare, approve or budget: only what stands in the way.
    private func withheld(_ frame: PageFrame) -> String {
        let printer = PhraseText(context: context)
        let causes = WithheldPage.causes(context).map { "- " + markdown($0) }
        return
            (["Subject: " + Escape.subject(printer.plain(WithheldPage.headline(context)) + "; please resolve")]
            + frame.banners.map { "**\($0.title).** \(markdown($0.text))" } + ["**What has to be resolved**"]
            + [causes.joined(separator: "\n"), "Figures: `facts.json`, `\(context.factsSHA256.named)`"])
            .joined(separator: "\n\n") + "\n"
    }

    /// Number, direction and ask, before anybody opens the message.
    private var subject: String {
        let printer = PhraseText(context: context)
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
        return prefix + printer.plain("AWS \(context.month): \("total.net", .money), \(direction); \(words: ask)")
    }

    /// Always three: the movers first, then the discount and the calendar.
    private var reasons: [Phrase] {
        var reasons = context.movers(context.book.services).prefix(2).map { context.moverSentence($0) + "." }
        reasons.append(
            "The partner discount took off \("bridge.partner_discount", .money.magnitude), \("bridge.partner_discount.share_pct", .percent1.magnitude) of the cost before it."
        )
        if reasons.count < 3 { reasons.append(context.budgetSentence + ".") }
        if reasons.count < 3 {
            reasons.append("The three largest accounts carry \("accounts.top3.share_pct", .percent1) of the bill.")
        }
        return Array(reasons.prefix(3))
    }

    private func confidence(_ frame: PageFrame) -> Phrase {
        let sources: Phrase =
            context.facts.isZero("sources.unavailable")
            ? "Every source that was asked has answered."
            : "Not available: \(context.count("sources.unavailable", "source")); the pages name each and why."
        return
            "\("gates.held", .plain) of \("gates.judged", .plain) gates hold so far; two layers of the bill agree to within \("reconciliation.adjusted_pct", .percent2) once known differences are set aside. \(frame.accounts). \(sources)"
    }

    private func markdown(_ phrase: Phrase) -> String {
        phrase.parts.map(markdown).joined()
    }

    private func markdown(_ part: Phrase.Part) -> String {
        switch part {
        case .words(let text): text
        case .fact(let id, let format): PhraseText(context: context).fact(id, format)
        case .name(let name): Escape.markdown(name.text)
        case .strong(let parts): "**" + parts.map(markdown).joined() + "**"
        case .code(let text): "`\(text)`"
        case .mark(let mark): "\(mark.tone.shape) \(mark.word)"
        }
    }
}

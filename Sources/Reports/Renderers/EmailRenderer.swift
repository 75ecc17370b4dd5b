import FinOps

/// The message as plain text that reads well in any mail program; its first line is the subject.
struct EmailRenderer {
    private let context: PageContext

    init(_ context: PageContext) {
        self.context = context
    }

    func text(_ message: StakeholderMessage) -> String {
        let subject = PhraseText(context: context).plain(message.subject)
        let banners = message.banners.map { "**\($0.title).** \(inline($0.text))" }
        return
            (["Subject: " + Escape.subject(subject)] + banners + ["**\(inline(message.title))**"]
            + message.blocks.compactMap(block))
            .joined(separator: "\n\n") + "\n"
    }

    private func block(_ block: StakeholderMessage.Block) -> String? {
        switch block {
        case .paragraph(let phrase), .fine(let phrase): inline(phrase)
        case .heading(let words): "**\(words)**"
        case .list(let items): items.map { "- " + inline($0) }.joined(separator: "\n")
        case .numbered(let items):
            items.enumerated().map { "\($0.offset + 1). " + inline($0.element) }.joined(separator: "\n")
        case .bars: nil
        }
    }

    private func inline(_ phrase: Phrase) -> String {
        phrase.parts.map(inline).joined()
    }

    private func inline(_ part: Phrase.Part) -> String {
        switch part {
        case .words(let text): text
        case .fact(let id, let format): PhraseText(context: context).fact(id, format)
        case .name(let name): Escape.markdown(name.text)
        case .strong(let parts): "**" + parts.map(inline).joined() + "**"
        case .code(let text): "`\(text)`"
        case .mark(let mark): "\(mark.tone.shape) \(mark.word)"
        case .unknown: "unknown"
        case .spark: ""
        }
    }
}

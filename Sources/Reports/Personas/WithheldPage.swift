import FinOps

/// A month that was not established has no total, and no page may print one: what a reader gets instead of his page is why.
enum WithheldPage {
    static func replacing(_ page: ReportPage, _ context: PageContext) -> ReportPage {
        ReportPage(
            persona: page.persona, reader: page.reader, question: page.question, headline: headline(context),
            standfirst: "Totals, tables and charts are withheld until the month has been run again.",
            tiles: [
                Tile(
                    label: "Gates held", value: .fact("gates.held", .plain),
                    note: "of \("gates.judged", .plain) judged so far", tone: .bad)
            ], sections: [ReportSection(title: "What has to be resolved", blocks: [.list(causes(context))])])
    }

    static func headline(_ context: PageContext) -> Phrase {
        "\(context.month) is not established: \(words: failed(context).map(\.gate.rawValue).joined(separator: ", ")) does not hold"
    }

    /// Each gate that does not hold, with its reasons.
    static func causes(_ context: PageContext) -> [Phrase] {
        failed(context).map { verdict in
            let gate: Phrase =
                "\(strong: .words(verdict.gate.rawValue)) \(.mark(Mark(word: verdict.outcome.rawValue, tone: .bad)))"
            let reasons = verdict.reasons.isEmpty ? "no reason was recorded" : verdict.reasons.joined(separator: " · ")
            return gate + ": " + .reason(reasons)
        }
    }

    private static func failed(_ context: PageContext) -> [Verdict] {
        context.book.gates.filter { PageFrame.mustHold.contains($0.gate) && !$0.holds }
    }
}

import FinOps
import Foundation
import Pipeline

/// How a run ends, in the chosen format. Text ends with the path of the report and what to do next.
struct RunResultView {
    let format: OutputFormat
    let terminal: Terminal
    let quiet: Bool

    func show(_ result: RunResult, stop: Verdict?) throws {
        switch format {
        case .json:
            terminal.output(String(decoding: try JSONText.document(result), as: UTF8.self).dropLastNewline)
        case .jsonl:
            terminal.output(String(decoding: try JSONText.line(FinishedLine(result: result)), as: UTF8.self))
        case .text where quiet:
            terminal.output(reportPath(result) ?? result.runFolder)
        case .text:
            showText(result, stop: stop)
        }
    }

    private func showText(_ result: RunResult, stop: Verdict?) {
        let cached = result.api.cachedAnswers
        let api =
            "\(result.api.calls.values.reduce(0, +)) calls, \(result.api.retries) retries, USD \(result.api.costUSD)"
            + (cached == 0 ? "" : ", \(cached) answers from the cache: paid by an earlier run")
        terminal.output("")
        if let totals = result.totals {
            let preliminary = result.final == false ? " (preliminary)" : ""
            terminal.output("Total    \(totals.currency) \(grouped(totals.net)) for \(result.month)\(preliminary)")
        }
        if let path = reportPath(result) { terminal.output("Report   \(path)") }
        if let archive = result.archive { terminal.output("Archive  \(archive)") }
        if let seal = result.seal { terminal.output("Seal     \(seal)") }
        if let export = result.export {
            let confirmed =
                export.confirmedBy.isEmpty
                ? "nothing independent confirms the total"
                : "confirmed by \(export.confirmedBy.joined(separator: ", "))"
            terminal.output("Source   \(export.words);\n         \(confirmed)")
        }
        terminal.output("API      \(api)\(result.sample ? " (sample estate: nothing was billed)" : "")")
        if let asked = result.interpretation {
            let cost = asked.costUSD.map { "USD \($0)" } ?? "no price set"
            let alias = asked.floating ? " (a floating name)" : ""
            let questions = asked.questions == 1 ? "1 question" : "\(asked.questions) questions"
            terminal.output(
                "Model    \(asked.model)\(alias), \(questions), \(asked.inputTokens + asked.outputTokens) tokens, "
                    + "\(cost)\n         paragraphs: \(asked.accepted) taken, \(asked.refused) refused")
        }
        for review in result.reviews where review.verdict != .pass {
            let who = review.role + (review.program.map { " (\($0))" } ?? "")
            terminal.output("Review   \(who) \(review.verdict.rawValue): \(review.finding ?? "no reason given")")
        }
        if let statement = result.completionStatement { terminal.output("\n\(statement)") }
        if let stop { explain(stop, result) }
    }

    private func explain(_ stop: Verdict, _ result: RunResult) {
        switch result.status {
        case .awaitingDecision:
            terminal.talk(
                "\nhint: read it, then run `finops-monthly approve \(result.runID) --approver NAME`\n"
                    + "      and `finops-monthly resume \(result.runID)`")
        default:
            let colored = terminal.standardErrorIsColored
            var text = "\n" + Style.bad.apply("error:", when: colored) + " \(stop.gate.rawValue) stopped the run: "
            text += stop.reasons.first ?? stop.outcome.rawValue
            for reason in stop.reasons.dropFirst() { text += "\n  " + reason }
            if let trouble = stop.trouble { text += "\n  \(trouble.message) (\(trouble.attribution))" }
            let remedy = stop.trouble?.hint.map { "\($0), then " } ?? ""
            text += "\n\nhint: \(remedy)`finops-monthly resume \(result.runID)`; "
            text += "`finops-monthly explain \(stop.gate.rawValue)` says what the gate asks"
            terminal.talk(text)
        }
    }

    private func reportPath(_ result: RunResult) -> String? {
        guard let first = result.deliverables.first(where: { $0.hasSuffix("cfo.html") }) ?? result.deliverables.first
        else { return nil }
        return result.archive.map { "\($0)/data/\(first)" } ?? "\(result.runFolder)/\(first)"
    }

    private func grouped(_ text: String) -> String {
        ExactDecimal(text).map { GroupedDigits.text($0) } ?? text
    }
}

/// The last line of JSON lines: the result object with its type.
private struct FinishedLine: Encodable {
    let result: RunResult

    func encode(to encoder: any Encoder) throws {
        try result.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode("run_finished", forKey: .type)
    }

    private enum CodingKeys: String, CodingKey { case type }
}

extension String {
    fileprivate var dropLastNewline: String { hasSuffix("\n") ? String(dropLast()) : self }
}

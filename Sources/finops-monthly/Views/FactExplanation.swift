import FinOps
import Reports

/// One fact of a sealed month, opened: what it is, its exact value, and the questions whose answers it comes from.
struct FactExplanation {
    private let finished: FinishedMonth

    init(_ finished: FinishedMonth) {
        self.finished = finished
    }

    /// Throws `InputError` for an id that is not in the book.
    func text(of id: String) throws -> String {
        let book = finished.book
        guard let fact = book.facts.first(where: { $0.id == id }) else {
            let near = NearestName.suggestion(for: id, among: book.facts.map(\.id))
            throw InputError(
                "unknown_fact", "month \(finished.folder) has no fact `\(id)`",
                hint: near.map { "did you mean `\($0)`?" } ?? "\(finished.path)/data/facts.json lists them")
        }
        let value =
            fact.value.map { "\($0)\(unit(of: fact))" }
            ?? "unknown: \(UntrustedText(fact.reason ?? "no reason given", limitBytes: UntrustedText.reasonLimitBytes).text)"
        let sources = fact.sources.map { digest in
            let question = book.questions.first { $0.parametersSHA256 == digest }
            return "  Source   \(question.map { "\($0.id) \($0.operation)" } ?? "question") sha256:\(digest.short)…"
        }
        let subject =
            (book.accounts + book.services + book.organizationalUnits)
            .first { fact.id.hasPrefix($0.factPrefix + ".") }
            .map { "\n  Of       \(UntrustedText($0.name).text)" } ?? ""
        return
            (["\(fact.id)\n\n  Is       \(fact.label)\(subject)\n  Value    \(value)"] + sources
            + ["  Month    \(finished.folder), \(finished.path)/data/facts.json"]).joined(separator: "\n")
    }

    private func unit(of fact: Fact) -> String {
        if let currency = fact.currency { return " \(currency.code)" }
        return fact.unit == .percent ? " %" : ""
    }
}

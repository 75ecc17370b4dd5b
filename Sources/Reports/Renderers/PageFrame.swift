import FinOps

/// What stands on every page, whoever reads it: the scope of the figures, their warnings, and how far they can be relied on.
struct PageFrame {
    struct Item {
        let label: String
        let value: Phrase
    }

    let context: PageContext
    private var book: FactBook { context.book }

    /// Scope, period, metric, currency.
    var items: [Item] {
        [
            Item(label: "Project", value: .name(book.project)),
            Item(label: "Scope", value: scope),
            Item(label: "Period", value: "\(book.month), billed in UTC"),
            Item(label: "Metric", value: .words(metricName)),
            Item(label: "Currency", value: currency),
        ]
    }

    /// Sentences no reader may miss, most important first.
    var banners: [(title: String, text: Phrase)] {
        var banners: [(String, Phrase)] = []
        if !isEstablished {
            banners.append(
                ("NOT ESTABLISHED", "A gate that must hold does not, so the month has no total."))
        }
        if book.isSample {
            banners.append(
                ("SAMPLE DATA", "Every figure comes from the embedded sample estate, not from your accounts."))
        }
        if let origin = book.origin {
            let confirmed: Phrase =
                context.facts.isZero("statements.confirmed") ? " Nothing independent confirms the total." : ""
            banners.append(
                (
                    "FROM AN EXPORT",
                    "Every figure comes from \(name: origin.words): no billing service was asked."
                        + confirmed
                ))
        }
        if book.isPreliminary {
            banners.append(
                (
                    "PRELIMINARY",
                    book.origin == nil
                        ? "AWS has not settled the month yet; figures can still change."
                        : "The month has only just ended; a later delivery can still change its figures."
                ))
        }
        return banners + (book.weakerModes ?? []).map { ("WEAKER MODE", .words($0)) }
    }

    /// False when a gate that must hold before any total is printed does not.
    var isEstablished: Bool {
        book.gates.allSatisfy { $0.holds || !Self.mustHold.contains($0.gate) }
    }

    /// G3 falls back to one account and says so; these have nothing to fall back to.
    static let mustHold: Set<GateID> = [.g0, .g1, .g2, .g4]

    /// The confidence strip.
    var gates: [(gate: String, mark: Mark)] {
        book.gates.map { ($0.gate.rawValue, Mark(word: $0.outcome.rawValue, tone: Self.tone($0.outcome))) }
    }

    var accounts: Phrase {
        // Who has no charge is in no export, so that all it names are listed and charged alike.
        if book.origin != nil { return "\("accounts.with_cost", .plain) accounts with cost" }
        return
            "\("accounts.discovered", .plain) accounts found, \("accounts.with_cost", .plain) with cost, \("accounts.not_listed", .plain) charged but not listed"
    }

    /// The confidence strip in a sentence: how final the month is, and how much of it was seen.
    var standing: Phrase {
        if let origin = book.origin { return standing(from: origin) }
        return
            "\(strong: book.isPreliminary ? "Preliminary" : "Final"): \(words: book.isPreliminary ? "AWS can still change the month" : "AWS has settled the month"). \(accounts)."
    }

    private func standing(from origin: ExportOrigin) -> Phrase {
        let finality: Phrase =
            if book.isPreliminary {
                "\(strong: "Preliminary"): a later delivery can still change the month"
            } else if origin.isInvoiced == true {
                "\(strong: "Final"): every line item is on an invoice"
            } else {
                "\(strong: "Finality unknown"): the export has no column that says whether it is invoiced"
            }
        return finality + ". \(accounts)."
    }

    /// What the caller could not see of the organisation or the bill.
    var unseen: [Phrase] { (book.reconciliation?.blindSpots ?? []).map { .reason($0) } }

    /// What nobody asked is one sentence, however much it is.
    var unavailable: [Phrase] {
        let unasked = book.unavailable.filter { $0.kind == .notAsked }
        let operations = unasked.map(\.operation).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        let together = unasked.first.map { first in
            Phrase.reason("Not asked, because \(first.message): \(operations.joined(separator: ", "))")
        }
        return book.unavailable.filter { $0.kind != .notAsked }.map { .reason(Reason.of($0)) }
            + [together].compactMap { $0 }
    }

    static func tone(_ outcome: Verdict.Outcome) -> Tone {
        switch outcome {
        case .passed: .good
        case .advised: .warning
        case .failed, .undetermined: .bad
        }
    }

    private var scope: Phrase {
        if let origin = book.origin {
            return "\("accounts.discovered", .plain) accounts that \(name: origin.source) names"
        }
        return switch book.scope {
        case .organization: "organisation, \("accounts.discovered", .plain) accounts"
        case .singleAccount: "single account only: the organisation was not read"
        }
    }

    private var metricName: String {
        switch book.metric {
        case .unblended: "unblended cost, net of discounts"
        case .netUnblended: "net unblended cost"
        case .amortized: "amortised cost, net of discounts"
        case .netAmortized: "net amortised cost"
        case .blended: "blended cost"
        }
    }

    private var currency: Phrase {
        switch book.exchangeRate {
        case nil: .words(book.currency.code)
        case .unknown: .words("\(book.currency.code); no exchange rate is known")
        case .known(let rate):
            "\(words: rate.from.code); \(words: rate.to.code) at \("exchange_rate.rate", .plain), \(name: rate.kind) rate of \(name: rate.date), \(name: rate.source)"
        }
    }
}

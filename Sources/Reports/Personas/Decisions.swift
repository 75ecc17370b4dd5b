import FinOps

/// Decisions that follow from the figures, the most pressing first; each says how much, and whom and when where that is
/// known.
extension PageContext {
    var decisions: [Phrase] {
        let all = [approval, budgetDecision, endingCommitment, openSavings, riser, unlisted].compactMap(\.self)
        return all.isEmpty ? ["No decision follows from this month's figures."] : Array(all.prefix(3))
    }

    private var approval: Phrase? {
        guard let total = facts.value("total.net"), let threshold = facts.value("policy.approval_threshold"),
            total > threshold
        else { return nil }
        return threshold.isZero
            ? "\(strong: "Approve the month.") \("total.net", .money) is to be distributed, and every month needs a person's signature."
            : "\(strong: "Approve the month.") \("total.net", .money) is above \("policy.approval_threshold", .money), from which a person must sign."
    }

    private var budgetDecision: Phrase? {
        guard let gap = facts.value("budget.gap") else {
            return "\(strong: "Set a monthly budget.") Without one nobody can say whether this month is on target."
        }
        guard gap.isNegative else { return yearDecision }
        let over: Phrase = "\(strong: "Cut or re-plan.") The month is \("budget.gap", .money.magnitude) over budget; "
        // The part of the organisation that is furthest over has an owner already.
        guard let worst = overspentParts.first else { return over + "name who brings it back, or raise the plan." }
        return over
            + "\(name: worst.name) is furthest over its own, by \("\(worst.factPrefix).gap", .money.magnitude): its owner says by when."
    }

    /// The month holds and the year is not likely to.
    private var yearDecision: Phrase? {
        guard let light = yearLights.first, tone(light) == .bad, let end = book.analysis?.outlook.fiscalYearLast else {
            return nil
        }
        return
            "\(strong: "Cut or re-plan.") \(name: name(light)) is \("\(light.factPrefix).overrun_pct", .percent1) likely to overrun its budget, by \("\(light.factPrefix).gap", .money) until \(end): its owner says what changes."
    }

    /// The name carries its owner and the day it ends.
    private var endingCommitment: Phrase? {
        guard let soon = facts.value("commitment.soon_days"),
            let next = (book.commitments ?? []).first(where: { commitment in
                facts.value("\(commitment.factPrefix).days_left").map { $0 > .zero && $0 < soon } ?? false
            })
        else { return nil }
        let fee: Phrase =
            facts.value("\(next.factPrefix).fee") == nil ? "" : ", \("\(next.factPrefix).fee", .money) this month"
        return
            "\(strong: "Renew or let go.") \(name: next.name)\(fee): decide before that day."
    }

    private var openSavings: Phrase? {
        guard let largest = book.recommendations?.first, !facts.isZero("savings.open.monthly") else { return nil }
        return
            "\(strong: "Approve savings.") \("savings.open.monthly", .money) a month by AWS's estimate; the largest is \(name: largest.name), \("\(largest.factPrefix).monthly", .money)."
    }

    private var riser: Phrase? {
        guard let riser = movers(book.services).first(where: { isUp("\($0.factPrefix).underlying") }) else {
            return nil
        }
        let cause = (book.analysis?.causes ?? []).first { $0.service?.key == riser.key && $0.account != nil }
        if let cause, let account = cause.account {
            let owner: Phrase =
                account.owner.map { "\(name: $0), owner of \(name: account.name)," }
                ?? "the owner of \(name: account.name)"
            return
                "\(strong: "Ask \(owner) about \(name: riser.name).") It added \("\(riser.factPrefix).underlying", .money) beyond the calendar, \("\(cause.factPrefix).change", .money.signed) there."
        }
        return
            "\(strong: "Name an owner for \(name: riser.name).") It added \("\(riser.factPrefix).underlying", .money) beyond the calendar, more than any other service."
    }

    private var unlisted: Phrase? {
        guard !facts.isZero("accounts.not_listed") else { return nil }
        return
            "\(strong: "Explain \(count("accounts.not_listed", "unlisted account")).") Charged, and yet not listed by the organisation."
    }
}

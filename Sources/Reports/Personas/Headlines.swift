import FinOps

/// Sentences about the month that more than one reader needs, each in the words of its own question.
extension PageContext {
    /// `February 2026 cost USD 318,841: up 5.0 % on January, up 16.3 % a day.`
    var totalSentence: Phrase {
        guard let verb = verb("total.change") else {
            return "\(month) cost \("total.net", .money); how that compares with \(previous) is unknown"
        }
        return
            "\(month) cost \("total.net", .money); the bill \(words: verb) \("total.change_pct", .percent1.magnitude) on \(previous)"
    }

    /// What the number of days did, when the months differ in length.
    var calendarSentence: Phrase? {
        guard month.days != previous.days, let change = facts.value("total.underlying") else { return nil }
        let length = month.days < previous.days ? "shorter" : "longer"
        let direction = change.isNegative ? "below" : "above"
        return
            "The month is \(words: length) (\("month.days", .plain) days after \("previous.days", .plain)); per day the bill is \("total.per_day_change_pct", .percent1.magnitude) \(words: direction) \(previous), \("total.underlying", .money.signed) beyond the calendar."
    }

    /// Where the month stands against its budget.
    var budgetSentence: Phrase {
        guard let gap = facts.value("budget.gap") else { return "No budget is known: \("budget.limit", .money)" }
        return gap.isNegative
            ? "\("budget.gap", .money.magnitude) over the budget of \("budget.limit", .money)"
            : "\("budget.gap", .money.magnitude) under the budget of \("budget.limit", .money)"
    }

    var openSavingsTile: Tile {
        Tile(
            label: "Open savings", value: figure("savings.open.monthly", .moneyCompact, otherwise: Missing.savings),
            note: "a month, as AWS estimates them")
    }

    /// `Amazon CloudWatch costs 36.4 % more per day: USD +2,616`.
    func moverSentence(_ subject: FactSubject) -> Phrase {
        let prefix = subject.factPrefix
        switch movement(subject, now: "gross") {
        case .new: return "\(strong: .name(subject.name)) is new: \("\(prefix).gross", .money)"
        case .gone:
            return "\(strong: .name(subject.name)) is gone: it cost \("\(prefix).previous", .money) in \(previous)"
        case .unknown: return "\(strong: .name(subject.name)) changed by \("\(prefix).underlying", .money.signed)"
        default:
            let direction = isUp("\(prefix).underlying") ? "more" : "less"
            return
                "\(strong: .name(subject.name)) costs \("\(prefix).per_day_change_pct", .percent1.magnitude) \(words: direction) per day: \("\(prefix).underlying", .money.signed)"
        }
    }

    /// The whole change of the net cost: the calendar first, then what moved beyond it, as few bars as say it.
    func changeBridge(title: Phrase) -> ReportChart {
        typealias Point = ReportChart.Point
        var points = [Point(label: .words(previous.name), fact: "total.previous", role: .total)]
        if !facts.isZero("why.days") {
            points.append(
                Point(label: .words(month.days < previous.days ? "Fewer days" : "More days"), fact: "why.days"))
        }
        points += movers(book.services).prefix(MovementFacts.shown).map {
            Point(label: shortName($0), fact: "\($0.factPrefix).underlying")
        }
        points.append(Point(label: "All else", fact: "movers.rest.underlying"))
        points.append(Point(label: .words(month.name), fact: "total.net", role: .total))
        return ReportChart(
            kind: .waterfall, title: title,
            subtitle: "Net cost, \(words: unit), \(previous) to \(month); every step after the calendar is beyond it",
            points: points, valueTitle: unit)
    }

    var canBridge: Bool {
        ["total.previous", "total.net", "movers.rest.underlying"].allSatisfy { facts.value($0) != nil }
    }
}

/// Why a figure is not there when nothing that could say it was asked.
enum Missing {
    static let savings = "savings recommendations were not read"
    static let business = "no revenue or usage figures of the business were supplied"
    static let commitments = "coverage and utilisation of commitments were not read"
    static let storage = "nothing that was read says storage class or age"
    static let forecast = "the months on record were not forecast"
    static let incidents = "the days on record were not searched for incidents"
}

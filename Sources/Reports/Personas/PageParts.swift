import FinOps

/// Small pieces that several pages build from.
extension PageContext {
    var month: BillingMonth { book.month }
    var previous: BillingMonth { book.month.previous }
    var unit: String { book.currency.code }

    /// Who charges.
    var provider: Phrase { book.origin.map { .name($0.provider) } ?? "AWS" }

    func isUp(_ id: String) -> Bool { (facts.value(id) ?? .zero) > .zero }

    /// `rose`, `fell` or `did not change`; nil when nothing is known about it.
    func verb(_ id: String) -> String? {
        facts.value(id).map { $0.isZero ? "did not change" : $0.isNegative ? "fell" : "rose" }
    }

    /// What the daily average did, in the operations team's words.
    func movement(_ subject: FactSubject, now: String) -> Movement {
        Movement(facts, subject, now: now)
    }

    func mark(_ movement: Movement) -> Mark {
        let tone: Tone =
            switch movement {
            case .spike: .bad
            case .watch, .new: .warning
            case .drop, .gone, .unknown: .neutral
            case .normal: .good
            }
        return Mark(word: movement.rawValue, tone: tone)
    }

    /// The change per day in percent, or the word where a percentage would mislead.
    func perDayChange(_ prefix: String, now: String, marksNews: Bool = true) -> Phrase {
        let subject = FactSubject(factPrefix: prefix, key: "", name: "", path: nil)
        switch movement(subject, now: now) {
        case .new: return marksNews ? .mark(mark(.new)) : "–"
        case .gone: return marksNews ? .mark(mark(.gone)) : "–"
        default:
            let both = facts.isZero("\(prefix).\(now)") && facts.isZero("\(prefix).previous")
            let isKnown = facts.value("\(prefix).\(now)") != nil
            return both && isKnown ? "–" : .fact("\(prefix).per_day_change_pct", .percent1.signed)
        }
    }

    /// Subjects by the size of their change.
    func movers(_ subjects: [FactSubject]) -> [FactSubject] {
        Movers.ranked(subjects) { facts.value("\($0.factPrefix).underlying") }
    }

    /// The charges that are not zero in either month.
    var bridgeSteps: [BridgeStep] {
        BridgeStep.allCases.filter {
            !facts.isZero("bridge.\($0.rawValue)") || !facts.isZero("bridge.\($0.rawValue).previous")
        }
    }

    /// For a chart, where the vendor's name takes the room of the service's: `AmazonCloudWatch` → `CloudWatch`.
    func shortName(_ service: FactSubject) -> Phrase {
        for vendor in ["Amazon ", "AWS ", "Amazon", "AWS"] where service.name.hasPrefix(vendor) {
            let rest = service.name.dropFirst(vendor.count)
            if rest.first?.isUppercase == true { return .name(String(rest)) }
        }
        return .name(service.name)
    }

    /// A figure that only some months have; where it was not collected, why.
    func figure(_ id: String, _ format: FactFormat, otherwise reason: String) -> Phrase {
        facts.contains(id) ? .fact(id, format) : .unknown(reason)
    }

    /// The months on record, oldest first; the month itself is the last.
    var monthsOnRecord: [BillingMonth] {
        var months: [BillingMonth] = []
        var month = book.month
        while facts.value("month.\(month).net") != nil {
            months.insert(month, at: 0)
            month = month.previous
        }
        return months
    }

    /// `Feb`, and `Jan 2026` where a year begins or the line does.
    func tick(_ month: BillingMonth, isFirst: Bool) -> String {
        month.name.prefix(3) + (isFirst || month.month == 1 ? " \(month.year)" : "")
    }

    /// The line of the months behind a subject, for a table.
    func trend(_ subject: FactSubject) -> Phrase {
        .spark(monthsOnRecord.map { "\(subject.factPrefix).month.\($0).net" }.filter(facts.contains))
    }

    /// `1 service`, `3 services`.
    func count(_ id: String, _ noun: String, plural: String? = nil) -> Phrase {
        "\(id, .plain) \(words: isOne(id) ? noun : plural ?? noun + "s")"
    }

    func isOne(_ id: String) -> Bool { facts.value(id) == ExactDecimal(1) }

    /// Rounding differences far below a cent are not differences to a reader.
    func isZeroToTheCent(_ id: String) -> Bool {
        facts.value(id).map { $0.rounded(toFractionDigits: 2).isZero } ?? false
    }

    /// Why a section cannot be written, in place of the section.
    func unknownSection(_ title: Phrase, _ facts: [String]) -> ReportSection {
        ReportSection(title: title, blocks: [.list(facts.map { "\(words: self.facts[$0].label): \($0, .cents)" })])
    }
}

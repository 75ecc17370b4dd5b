import FinOps

/// What was and what is expected, for the pages that look ahead.
extension PageContext {
    /// The months that were forecast, in order; empty when none was.
    var monthsAhead: [BillingMonth] {
        var months: [BillingMonth] = []
        var month = book.month.next
        while facts.value("outlook.\(month).value") != nil {
            months.append(month)
            month = month.next
        }
        return months
    }

    /// The months on record, at most `back` of them, and those ahead inside their bands: the inner one alone, or both.
    func outlook(back: Int, hasOuterBand: Bool) -> ReportChart {
        let bounds = (hasOuterBand ? ["low95", "high95"] : []) + ["low80", "high80"]
        let past = monthsOnRecord.suffix(back)
        let known = past.enumerated().map { index, month in
            ReportChart.Point(
                label: .words(month.name), fact: "month.\(month).net",
                role: month == book.month ? .highlight : .context, isLabelled: index == 0 || month == book.month,
                tick: tick(month, isFirst: index == 0))
        }
        let ahead = monthsAhead.enumerated().map { index, month in
            ReportChart.Point(
                label: .words(month.name), fact: "outlook.\(month).value", role: .expected,
                others: bounds.map { "outlook.\(month).\($0)" },
                isLabelled: index == monthsAhead.count - 1, tick: tick(month, isFirst: false))
        }
        return ReportChart(
            kind: .fan,
            title:
                "From \("total.net", .moneyCompact) a month to \("outlook.\(monthsAhead.last ?? month.next).value", .moneyCompact) expected in \(monthsAhead.last ?? month.next)",
            subtitle: hasOuterBand
                ? "\(words: unit) a month; dashed what is expected: the dark band holds four times of five, the pale one nineteen of twenty"
                : "\(words: unit) a month; dashed what is expected, in a band that holds four times of five",
            points: known + ahead, valueTitle: unit,
            otherTitles: (hasOuterBand ? ["Pale band from", "to"] : []) + ["Band from", "to"])
    }

    /// With what was planned for it, where anything was.
    var landingTile: Tile {
        let light = wholeLight.flatMap { $0.word == nil ? nil : $0 }
        let range: Phrase = "\("fiscal.low80", .compact) to \("fiscal.high80", .compact) four times of five"
        return Tile(
            label: "The fiscal year lands at",
            value: figure("fiscal.landing", .moneyCompact, otherwise: Missing.forecast),
            note: facts.value("fiscal.low80") == nil ? nil : light.map(chance) ?? range,
            tone: light.map(tone) ?? .neutral)
    }

    private func chance(_ light: LightOutline) -> Phrase {
        "\(mark(light)): \("\(light.factPrefix).overrun_pct", .percent1) likely over the budget of \("\(light.factPrefix).budget", .moneyCompact)"
    }
}

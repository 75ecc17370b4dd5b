/// A drawing of facts. Its geometry is computed; every number printed in it is a fact, and a table below it lists them all.
struct ReportChart {
    enum Kind {
        /// Horizontal bars from zero, ordered; a thin mark shows what each compares with.
        case bars
        /// Bars over the track of what was planned.
        case bullets
        /// Steps that add up from one total to another.
        case waterfall
        /// Vertical columns over months.
        case columns
        /// Narrow columns over days, with a line at the typical day.
        case days
        /// A line through what was, a dashed one through what is expected, and the bands around it.
        case fan
        /// Before on the left, now on the right: the steeper, the more it moved.
        case slope
        /// Amounts that hold until the next step.
        case steps
        /// One small line for each `panel`, each from zero to its own highest.
        case multiples
        /// Columns over bands of an amount, with a line across where something is decided.
        case histogram
        /// Two dots to a row: what was said, and what came.
        case dots
    }

    struct Point {
        enum Role { case step, total, context, highlight, expected }
        let label: Phrase
        let fact: String
        var role: Role = .step
        /// Further facts of the same point, one for each of `otherTitles`: what it compares with, or the ends of its bands,
        /// the widest outside. Empty where the point has none.
        var others: [String] = []
        /// Printed beside the mark; a chart that labels everything labels nothing.
        var isLabelled = true
        /// Printed under the mark.
        var tick: String?
        /// Which small chart it belongs to.
        var panel: Phrase?
    }

    let kind: Kind
    /// The finding.
    let title: Phrase
    /// Unit and period.
    let subtitle: Phrase
    let points: [Point]
    /// Heading of the value column in the data table.
    let valueTitle: String
    var otherTitles: [String] = []
    /// A fact drawn as a line across, with the words beside it.
    var reference: (fact: String, label: String)?

    /// Everything that is drawn, as a table.
    var table: ReportTable {
        let hasPanels = points.contains { $0.panel != nil }
        let rows = points.map { point in
            ReportTable.Row(
                cells: (hasPanels ? [point.panel ?? ""] : []) + [point.label, .fact(point.fact, .exact)]
                    + otherTitles.indices.map { $0 < point.others.count ? .fact(point.others[$0], .exact) : "–" })
        }
        let across = reference.map { line in
            ReportTable.Row(
                cells: (hasPanels ? [""] : []) + [.words(line.label), .fact(line.fact, .exact)]
                    + otherTitles.map { _ in "–" })
        }
        return ReportTable(
            caption: title,
            columns: (hasPanels ? [.text("Chart")] : []) + [.text("Item"), .number(valueTitle)]
                + otherTitles.map { .number($0) }, rows: rows + [across].compactMap(\.self))
    }
}

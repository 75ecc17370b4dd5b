/// A drawing of facts. Its geometry is computed; every number printed in it is a fact, and a table below it lists them all.
struct ReportChart {
    enum Kind {
        /// Horizontal bars from zero, ordered.
        case bars
        /// Steps that add up from one total to another.
        case waterfall
        /// Vertical columns over months.
        case columns
        /// Narrow columns over days, with a line at the typical day.
        case days
    }

    struct Point {
        enum Role { case step, total, context, highlight }
        let label: Phrase
        let fact: String
        var role: Role = .step
        /// A second fact to compare with: drawn as a thin mark.
        var comparison: String?
        /// Printed beside the mark; a chart that labels everything labels nothing.
        var isLabelled = true
        /// Printed under the mark.
        var tick: String?
    }

    let kind: Kind
    /// The finding.
    let title: Phrase
    /// Unit and period.
    let subtitle: Phrase
    let points: [Point]
    /// Heading of the value column in the data table.
    let valueTitle: String
    var comparisonTitle: String?
    /// A fact drawn as a line across, with the words beside it.
    var reference: (fact: String, label: String)?
}

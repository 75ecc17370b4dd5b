import FinOps

/// A page before it has a format: what it asks, what it found, and the evidence in order.
struct ReportPage {
    /// Nil for a page that is for all.
    let persona: Persona?
    /// Who reads it, for the title: `Chief financial officer`.
    let reader: String
    /// The one question the page answers.
    let question: String
    /// The finding, one sentence.
    let headline: Phrase
    /// One or two sentences under it.
    var standfirst: Phrase?
    let tiles: [Tile]
    let sections: [ReportSection]
}

/// One figure worth a glance.
struct Tile {
    let label: String
    let value: Phrase
    let note: Phrase?
    var tone: Tone = .neutral
}

/// A finding with its evidence; the title says the finding.
struct ReportSection {
    let title: Phrase
    var blocks: [ReportBlock]
}

enum ReportBlock {
    case paragraph(Phrase)
    case list([Phrase])
    case numbered([Phrase])
    case table(ReportTable)
    case chart(ReportChart)
    case tree(ReportTree)
}

/// Parts within parts, to be opened one by one.
struct ReportTree {
    struct Node {
        let name: Phrase
        let figures: [Phrase]
        let children: [Node]
    }

    /// Names the unit too.
    let caption: Phrase
    let root: Node
}

struct ReportTable {
    struct Column {
        enum Kind: String { case text, number, date }
        let title: String
        let kind: Kind

        static func text(_ title: String) -> Column { Column(title: title, kind: .text) }
        static func number(_ title: String) -> Column { Column(title: title, kind: .number) }
        /// Never broken at its hyphens.
        static func date(_ title: String) -> Column { Column(title: title, kind: .date) }
    }

    struct Row {
        enum Weight { case normal, rest, total }
        let cells: [Phrase]
        var weight: Weight = .normal
        /// Background strength of each cell from 0 to 1, for tables that are read as a map.
        var shades: [Double]?
    }

    /// Names the unit too: `Accounts by net cost, USD`.
    let caption: Phrase
    let columns: [Column]
    let rows: [Row]
}

import FinOps

/// What is exported, before it has a format: a title, what it is about, and tables of typed cells.
///
/// Every format prints this one value, so a figure cannot differ between a spreadsheet, a page and a terminal.
public struct ExportDocument: Hashable, Sendable {
    /// What stands above the tables: `Scope`, `Period`, `Metric`, `Checked`.
    public struct Line: Hashable, Sendable {
        public let label: String
        public let text: String

        public init(_ label: String, _ text: String) {
            (self.label, self.text) = (label, text)
        }
    }

    public let title: String
    /// The one question it answers; nil for a plain list of figures.
    public let question: String?
    /// What a reader must know before any figure, such as that nothing was validated; nil when there is nothing.
    public let warning: String?
    public let about: [Line]
    /// The figures worth a glance, before the tables.
    public let headline: [ExportTable.Row]
    public let tables: [ExportTable]
    public let notes: [String]

    /// The columns of `headline`: what it is, and its value.
    public static let headlineColumns = [
        ExportTable.Column("figure", title: "Figure", .text), ExportTable.Column("value", title: "Value", .number),
    ]

    public init(
        title: String, question: String? = nil, warning: String? = nil, about: [Line], headline: [ExportTable.Row] = [],
        tables: [ExportTable], notes: [String] = []
    ) {
        self.title = title
        self.question = question
        self.warning = warning
        self.about = about
        self.headline = headline
        self.tables = tables
        self.notes = notes
    }

    /// The headline as a table like the others, for formats that know nothing but tables.
    var allTables: [ExportTable] {
        let summary = ExportTable(
            name: "headline", title: "Headline", columns: Self.headlineColumns, rows: headline, period: nil)
        return (headline.isEmpty ? [] : [summary]) + tables
    }
}

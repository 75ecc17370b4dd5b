public import FinOps

/// Rows under columns. Cells keep the exact value beside its printed text: the format chooses which one it needs.
public struct ExportTable: Hashable, Sendable {
    public struct Column: Hashable, Sendable {
        public enum Kind: Hashable, Sendable {
            case text
            /// Amounts in this currency.
            case amount(Currency)
            case percent
            /// Counts, days and rates.
            case number
            /// The shape of a series: drawn where something can be drawn, absent from data formats.
            case trend
            /// The size of the number in the column of that name, drawn as a bar.
            case bar(of: String)
        }

        /// `net`, `per_day_change_pct`: the name in JSON.
        public let key: String
        /// The name in CSV: FOCUS's own where FOCUS has one, `x_…` where it has none.
        public let focusName: String
        public let title: String
        public let kind: Kind
        /// Left out where there is little room: on a terminal.
        public let isDetail: Bool

        public init(
            _ key: String, focus focusName: String? = nil, title: String, _ kind: Kind, isDetail: Bool = false
        ) {
            self.key = key
            self.isDetail = isDetail
            self.focusName = focusName ?? "x_" + key.split(separator: "_").map(\.capitalized).joined()
            self.title = title
            self.kind = kind
        }

        /// Drawn from other cells, and no data of its own.
        public var isDrawing: Bool {
            switch kind {
            case .trend, .bar: true
            default: false
            }
        }

        var isFigure: Bool { kind != .text }
    }

    public enum Cell: Hashable, Sendable {
        case text(String)
        /// The exact value, as it is printed for people, and the id of the fact it is; nil when it is a sum of facts.
        case figure(ExactDecimal, printed: String, fact: String?)
        /// Not established, and why; printed as `unknown`, or as the word people have for it, such as `NEW`.
        case unknown(String, printed: String = "unknown")
        case trend([ExactDecimal])
        case empty
    }

    public struct Row: Hashable, Sendable {
        public enum Weight: Hashable, Sendable {
            case normal
            /// A node of a tree: the sum of the rows below it that are one level deeper.
            case group
            /// Everything that is not listed one by one.
            case rest
            case total
        }

        public let cells: [Cell]
        public let weight: Weight
        /// How deep in a tree; 0 everywhere else.
        public let depth: Int

        public init(_ cells: [Cell], weight: Weight = .normal, depth: Int = 0) {
            self.cells = cells
            self.weight = weight
            self.depth = depth
        }

        /// Adding up rows of these weights gives the whole once; sums of other rows would count twice.
        var isLeaf: Bool { weight == .normal || weight == .rest }
    }

    /// `accounts`: the name of the file, the sheet and the JSON object.
    public let name: String
    /// Names the unit too: `Accounts by net cost, USD`.
    public let title: String
    public let columns: [Column]
    public let rows: [Row]
    /// When its charges were made, the last day exclusive; nil where rows are not charges of one period.
    public let period: Range<CalendarDay>?
    /// Who charged them, in FOCUS's words; nil where rows are no charges.
    public let provider: String?
    public let isTree: Bool

    public init(
        name: String, title: String, columns: [Column], rows: [Row], period: Range<CalendarDay>?,
        provider: String? = nil, isTree: Bool = false
    ) {
        precondition(rows.allSatisfy { $0.cells.count == columns.count }, "a row of \(name) does not fit its columns")
        self.name = name
        self.title = title
        self.columns = columns
        self.rows = rows
        self.period = period
        self.provider = provider
        self.isTree = isTree
    }
}

extension Substring {
    fileprivate var capitalized: String { prefix(1).uppercased() + dropFirst() }
}

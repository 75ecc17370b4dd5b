/// What a source other than the two Cost Explorer layers says of the month, held against L3: a budget (L2), the invoices
/// (L3i), the line items of an export (L3e), a console export handed in by a person (L4). Read as an accountant reads it: the source's figure, the items that
/// differ by definition, the adjusted figure, L3's figure, the difference.
public struct LayerComparison: Hashable, Codable, Sendable {
    /// What a difference from this source may decide.
    public enum Weight: String, Codable, Sendable {
        /// A settled legal document: a difference over the limit fails the month.
        case binding
        /// Still moving, because the month is: a difference is advice.
        case provisional
        /// Of unknown filters: shown, and decides nothing.
        case informational
        /// Cost Explorer itself by another path: a difference is advice, and agreement confirms nothing outside it.
        case sameStore = "same_store"

        /// Another system than Cost Explorer, whose word counts.
        var isOutsideCostExplorer: Bool { self == .binding || self == .provisional }
    }

    public enum Agreement: String, Codable, Sendable {
        /// Equal within rounding, with nothing to explain.
        case exact
        /// Equal within rounding once the items that differ by definition are counted.
        case explained
        case unexplained
        case notCompared = "not_compared"
    }

    /// `L2`, `L3i`, `L3e`, `L4`.
    public let id: String
    public let title: String
    /// Like is compared with like: invoices are unblended whatever the policy counts by.
    public let metric: CostMetric
    public let weight: Weight
    /// Nil when the source could not be held against L3; `obstacles` then says why.
    public let figures: Figures?
    public let obstacles: [String]
    /// What a reader should know of the comparison without it deciding anything.
    public let notes: [String]
    /// The question and its pages; nil for a file and for a source that did not answer.
    public let record: QueryRecord?
    /// What it was held against; nil is L3.
    public let reference: String?
    /// Whose word it is, where one source is compared in several ways; nil when the comparison is the source's only one.
    public let source: String?

    public struct Figures: Hashable, Codable, Sendable {
        /// What the source says.
        public let opening: ExactDecimal
        /// Lines that L3 shows and the source provably leaves out.
        public let items: [ReconcilingItem]
        /// What L3 says.
        public let closing: ExactDecimal
        /// What rounding alone may leave: half a cent for each amount the source rounded, and L3's own lines.
        public let tolerance: ExactDecimal
        /// Amounts the source prints rounded to cents.
        public let roundedAmounts: Int
        /// Σ |residual| over accounts; nil when the source does not speak of accounts.
        public let residualByAccountAbsolute: ExactDecimal?
        /// Accounts beyond rounding, largest first.
        public let accountResiduals: [AccountResidual]
        /// Where a difference lies, along one dimension after the other; along each the amounts add up to it. Nil when there
        /// is none, or nothing takes it apart.
        public let causes: [RootCause]?

        public init(
            opening: ExactDecimal, items: [ReconcilingItem], closing: ExactDecimal, tolerance: ExactDecimal,
            roundedAmounts: Int, residualByAccountAbsolute: ExactDecimal? = nil,
            accountResiduals: [AccountResidual] = [], causes: [RootCause]? = nil
        ) {
            self.opening = opening
            self.items = items
            self.closing = closing
            self.tolerance = tolerance
            self.roundedAmounts = roundedAmounts
            self.residualByAccountAbsolute = residualByAccountAbsolute
            self.accountResiduals = accountResiduals
            self.causes = causes
        }

        public var adjusted: ExactDecimal { opening + items.map(\.amount).sum() }
        public var residual: ExactDecimal { adjusted - closing }
        /// Offsetting errors cancel in the residual, never in the sum over accounts: the larger one is judged.
        public var unexplained: ExactDecimal { max(residual.magnitude, residualByAccountAbsolute ?? .zero) }
    }

    public init(
        id: String, title: String, metric: CostMetric, weight: Weight, figures: Figures?, obstacles: [String],
        notes: [String] = [], record: QueryRecord?, reference: String? = nil, source: String? = nil
    ) {
        self.id = id
        self.title = title
        self.metric = metric
        self.weight = weight
        self.figures = figures
        self.obstacles = obstacles
        self.notes = notes
        self.record = record
        self.reference = reference
        self.source = source
    }

    public var sourceID: String { source ?? id }

    public var agreement: Agreement {
        guard let figures else { return .notCompared }
        let isEqual =
            figures.residual.magnitude <= figures.tolerance
            && figures.residualByAccountAbsolute ?? .zero <= figures.tolerance + figures.tolerance
        return !isEqual ? .unexplained : figures.items.isEmpty ? .exact : .explained
    }
}

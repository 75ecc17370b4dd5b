/// Phase 4: two independent layers of the same money, held against one another. This is the arithmetic; G4 judges it.
public struct CrossValidation: Hashable, Codable, Sendable {
    public let month: BillingMonth
    public let metric: CostMetric
    public let currency: Currency
    /// Sources that could not be read, or were incomplete. Not empty means that nothing below was established.
    public let missing: [Trouble]
    public let layers: [LayerTotal]
    public let identities: [IdentityCheck]
    /// |L1 − L3|, and its share of L3 in percent; nil when L3 is zero or a layer is missing.
    public let rawDifference: ExactDecimal?
    public let rawVariancePercent: ExactDecimal?
    /// What differs by definition: observed in one layer, provably excluded by the other.
    public let items: [ReconcilingItem]
    /// L1 + items − L3, and its share of L3 in percent.
    public let residual: ExactDecimal?
    public let adjustedVariancePercent: ExactDecimal?
    /// Σ |residual| over accounts, so that offsetting errors show.
    public let residualByAccountAbsolute: ExactDecimal?
    /// Accounts with a residual beyond tolerance, largest first.
    public let accountResiduals: [AccountResidual]
    /// Absolute difference that rounding alone can explain: summed lines × 10⁻¹⁰.
    public let tolerance: ExactDecimal
    /// AWS still calls the month estimated, or it is not yet the 8th of the next month.
    public let isPreliminary: Bool
    /// Where an unexplained difference lies, largest first; empty when there is none.
    public let rootCauses: [RootCause]
    /// Things that look wrong without deciding anything: a positive discount, a negative gross.
    public let warnings: [String]
    /// Sources outside these layers, held against L3; nil in a record made before any were.
    public let comparisons: [LayerComparison]?
    /// Which accounts are listed, charged, or both; nil when that could not be compared.
    public let accounts: AccountCoverage?
    /// The export that both layers were read from; nil when Cost Explorer was asked.
    public let origin: ExportOrigin?

    public init(
        month: BillingMonth, metric: CostMetric, currency: Currency, missing: [Trouble], layers: [LayerTotal],
        identities: [IdentityCheck], rawDifference: ExactDecimal?, rawVariancePercent: ExactDecimal?,
        items: [ReconcilingItem], residual: ExactDecimal?, adjustedVariancePercent: ExactDecimal?,
        residualByAccountAbsolute: ExactDecimal?, accountResiduals: [AccountResidual], tolerance: ExactDecimal,
        isPreliminary: Bool, rootCauses: [RootCause], warnings: [String], comparisons: [LayerComparison]? = nil,
        accounts: AccountCoverage? = nil, origin: ExportOrigin? = nil
    ) {
        self.month = month
        self.metric = metric
        self.currency = currency
        self.missing = missing
        self.layers = layers
        self.identities = identities
        self.rawDifference = rawDifference
        self.rawVariancePercent = rawVariancePercent
        self.items = items
        self.residual = residual
        self.adjustedVariancePercent = adjustedVariancePercent
        self.residualByAccountAbsolute = residualByAccountAbsolute
        self.accountResiduals = accountResiduals
        self.tolerance = tolerance
        self.isPreliminary = isPreliminary
        self.rootCauses = rootCauses
        self.warnings = warnings
        self.comparisons = comparisons
        self.accounts = accounts
        self.origin = origin
    }

    public func layer(_ id: String) -> LayerTotal? { layers.first { $0.id == id } }
}

public struct LayerTotal: Hashable, Codable, Sendable {
    /// `L1`, `L3`, `daily`.
    public let id: String
    /// In words: `Cost Explorer by account and service, without the partner discount`.
    public let title: String
    public let total: ExactDecimal
    public let accountCount: Int
    public let lineCount: Int
    public let excludedRecordTypes: [String]
    /// The question and every page of its answer: request ids, times, body digests.
    public let record: QueryRecord

    public init(
        id: String, title: String, total: ExactDecimal, accountCount: Int, lineCount: Int,
        excludedRecordTypes: [String], record: QueryRecord
    ) {
        self.id = id
        self.title = title
        self.total = total
        self.accountCount = accountCount
        self.lineCount = lineCount
        self.excludedRecordTypes = excludedRecordTypes
        self.record = record
    }
}

/// An equation that must hold whatever the month cost.
public struct IdentityCheck: Hashable, Codable, Sendable {
    public let id: String
    /// `Σ L3 over accounts and record types = Σ daily over services and days`.
    public let statement: String
    public let left: ExactDecimal
    public let right: ExactDecimal
    public let tolerance: ExactDecimal

    public init(id: String, statement: String, left: ExactDecimal, right: ExactDecimal, tolerance: ExactDecimal) {
        self.id = id
        self.statement = statement
        self.left = left
        self.right = right
        self.tolerance = tolerance
    }

    public var holds: Bool { (left - right).magnitude <= tolerance }
}

public struct ReconcilingItem: Hashable, Codable, Sendable {
    public let recordClass: RecordClass
    public let amount: ExactDecimal
    /// Share of L3 − L1 that this item explains, in percent; nil when there is no difference.
    public let sharePercent: ExactDecimal?
    /// The layer that shows it, and the filter of the other layer that excludes it.
    public let observedIn: String
    public let excludedBy: String

    public init(
        recordClass: RecordClass, amount: ExactDecimal, sharePercent: ExactDecimal?, observedIn: String,
        excludedBy: String
    ) {
        self.recordClass = recordClass
        self.amount = amount
        self.sharePercent = sharePercent
        self.observedIn = observedIn
        self.excludedBy = excludedBy
    }

    private enum CodingKeys: String, CodingKey {
        case recordClass = "class"
        case amount, sharePercent, observedIn, excludedBy
    }
}

public struct AccountResidual: Hashable, Codable, Sendable {
    public let account: String
    public let layer1: ExactDecimal
    public let layer3: ExactDecimal
    public let explained: ExactDecimal
    public let residual: ExactDecimal

    public init(
        account: String, layer1: ExactDecimal, layer3: ExactDecimal, explained: ExactDecimal, residual: ExactDecimal
    ) {
        self.account = account
        self.layer1 = layer1
        self.layer3 = layer3
        self.explained = explained
        self.residual = residual
    }
}

public struct RootCause: Hashable, Codable, Sendable {
    public enum Kind: String, Codable, Sendable { case account, service, invoice, recordType = "record_type" }
    public let kind: Kind
    public let name: String
    public let amount: ExactDecimal
    public let sharePercent: ExactDecimal?

    public init(kind: Kind, name: String, amount: ExactDecimal, sharePercent: ExactDecimal?) {
        self.kind = kind
        self.name = name
        self.amount = amount
        self.sharePercent = sharePercent
    }
}

/// What an organisation's own line items say of one month: AWS's data export (FOCUS or CUR) read from its files, summed
/// exactly. Another pipeline than Cost Explorer's, so that its word counts.
public struct LineItemExport: Hashable, Codable, Sendable {
    /// The column layout, recognised by its columns and never by a file's name.
    public enum Format: String, Hashable, Codable, Sendable, CaseIterable {
        case focus1_0 = "FOCUS 1.0"
        case focus1_2 = "FOCUS 1.2"
        case cur2 = "CUR 2.0"
        case curLegacy = "legacy CUR"

        public var isFOCUS: Bool { self == .focus1_0 || self == .focus1_2 }
    }

    /// The file's or folder's own name, without what it lies in.
    public let source: String
    public let format: Format
    public let month: BillingMonth
    public let currency: Currency
    /// By account, service, class and invoice; sorted.
    public let charges: [Charge]
    /// Discounts that the export itemises beside the amounts they are folded into; empty when it does not.
    public let discounts: [Discount]
    public let delivery: Delivery
    /// Cost Explorer's name for what `Charge.billed` is.
    public let billedMetric: CostMetric
    /// The same for `Charge.effective`; nil when the export does not say what commitments cover.
    public let effectiveMetric: CostMetric?
    /// The files by digest, and the queries that were asked of them.
    public let record: QueryRecord
    /// What reading it asked of AWS and cost; nil for files of this machine.
    public var usage: APIUsage?
    /// What single resources cost; nil in a record made before it was asked.
    public var resources: Observation<ResourceCosts>?
    /// Compute by the hour that nothing covers; nil in a record made before it was asked, and of a table.
    public var uncoveredCompute: Observation<UncoveredCompute>?

    public init(
        source: String, format: Format, month: BillingMonth, currency: Currency, charges: [Charge],
        discounts: [Discount], delivery: Delivery, billedMetric: CostMetric, effectiveMetric: CostMetric?,
        record: QueryRecord, resources: Observation<ResourceCosts>? = nil,
        uncoveredCompute: Observation<UncoveredCompute>? = nil
    ) {
        self.source = source
        self.format = format
        self.month = month
        self.currency = currency
        self.charges = charges
        self.discounts = discounts
        self.delivery = delivery
        self.billedMetric = billedMetric
        self.effectiveMetric = effectiveMetric
        self.record = record
        self.resources = resources
        self.uncoveredCompute = uncoveredCompute
    }

    /// The same export with the resources of these accounts and services alone; nil is all. Of a part nothing is known by the
    /// hour: commitments are shared by all.
    public func narrowed(accounts: Set<String>?, services: Set<String>?) -> LineItemExport {
        var narrow = self
        narrow.resources = resources?.map { $0.narrowed(accounts: accounts, services: services) }
        if accounts != nil || services != nil { narrow.uncoveredCompute = nil }
        return narrow
    }

    /// Line items that were added up.
    public var lineCount: Int { charges.map(\.lineCount).reduce(0, +) }
}

extension LineItemExport {
    /// Line items of one account, service, class and invoice, added up.
    public struct Charge: Hashable, Codable, Sendable {
        /// The account that used it; the payer for what belongs to no other.
        public let account: String
        /// As the export names it: not Cost Explorer's spelling for every service.
        public let service: String
        public let recordClass: RecordClass
        /// The charge's type in Cost Explorer's words; nil in a record made before it was kept.
        public let recordType: String?
        /// Nil until AWS has issued the invoice, and where the export has no such column.
        public let invoice: String?
        /// Cash.
        public let billed: ExactDecimal
        /// Commitment fees spread over what they covered.
        public let effective: ExactDecimal?
        public let lineCount: Int

        public init(
            account: String, service: String, recordClass: RecordClass, recordType: String? = nil, invoice: String?,
            billed: ExactDecimal,
            effective: ExactDecimal?, lineCount: Int
        ) {
            self.account = account
            self.service = service
            self.recordClass = recordClass
            self.recordType = recordType
            self.invoice = invoice
            self.billed = billed
            self.effective = effective
            self.lineCount = lineCount
        }
    }

    /// What one kind of discount takes off the line items of one account and class: zero or negative.
    public struct Discount: Hashable, Codable, Sendable {
        public let account: String
        /// Of the line items it was taken off; nil in a record made before it was kept.
        public let service: String?
        /// Of the line items it was taken off.
        public let charged: RecordClass
        /// Their type in Cost Explorer's words; nil in a record made before it was kept.
        public let recordType: String?
        public let kind: RecordClass
        public let amount: ExactDecimal

        public init(
            account: String, service: String? = nil, charged: RecordClass, recordType: String? = nil, kind: RecordClass,
            amount: ExactDecimal
        ) {
            self.account = account
            self.service = service
            self.charged = charged
            self.recordType = recordType
            self.kind = kind
            self.amount = amount
        }
    }

    /// What is known of whether the month is all there.
    public struct Delivery: Hashable, Codable, Sendable {
        /// A folder is what AWS delivers, and has a manifest; a single file is what somebody picked.
        public let isFolder: Bool
        /// The manifest that named the files; nil when there is none.
        public let manifest: String?
        /// Older deliveries of the month that lie beside it and were left unread.
        public let supersededDeliveries: Int
        /// Files in the folder that the manifest does not name, left unread.
        public let strayFiles: Int
        /// Line items that no invoice carries yet; nil when the format has no column for it.
        public let linesWithoutInvoice: Int?
        /// The end, exclusive, of the latest charge period.
        public let chargedUntil: CalendarDay
        /// The billing view of other prices than AWS bills, as the manifest names it.
        public let proFormaView: String?
        /// A table at AWS, for which nobody vouches; nil and false are files.
        public let isTable: Bool?

        public init(
            isFolder: Bool, manifest: String?, supersededDeliveries: Int, strayFiles: Int, linesWithoutInvoice: Int?,
            chargedUntil: CalendarDay, proFormaView: String?, isTable: Bool? = nil
        ) {
            self.isFolder = isFolder
            self.manifest = manifest
            self.supersededDeliveries = supersededDeliveries
            self.strayFiles = strayFiles
            self.linesWithoutInvoice = linesWithoutInvoice
            self.chargedUntil = chargedUntil
            self.proFormaView = proFormaView
            self.isTable = isTable
        }
    }
}

extension LineItemExport {
    /// Among the sources held against L3: the organisation's own export.
    public static let layerID = "L3e"
    /// The question what its resources cost.
    public static let resourcesID = "L3e.resources"
    /// The question what its compute by the hour costs.
    public static let computeID = "L3e.compute"
}

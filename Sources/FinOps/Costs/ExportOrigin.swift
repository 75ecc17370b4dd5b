/// Where a month comes from when Cost Explorer was not asked: the line items of one export alone. Whoever judges, shows or
/// closes such a month says so.
public struct ExportOrigin: Hashable, Codable, Sendable {
    /// The export's file or folder, by its own name.
    public let source: String
    public let format: LineItemExport.Format
    /// Who charges, as the line items say: `AWS`, `Microsoft`.
    public let provider: String
    /// Who pays, as the line items say: twelve digits at AWS, any text elsewhere.
    public let billingAccount: String
    public let month: BillingMonth
    /// Line items of the month that were added up.
    public let lineCount: Int
    public let delivery: LineItemExport.Delivery
    /// Whether the export says what discounts took off; otherwise its charges are known after them only.
    public let itemizesDiscounts: Bool
    /// The first month of the unbroken line that ends with the month.
    public let firstMonth: BillingMonth
    /// Why the month before `firstMonth` is unknown, as half a sentence; nil when nobody asked about it.
    public let historyEnd: String?

    public init(
        source: String, format: LineItemExport.Format, provider: String, billingAccount: String, month: BillingMonth,
        lineCount: Int, delivery: LineItemExport.Delivery, itemizesDiscounts: Bool, firstMonth: BillingMonth,
        historyEnd: String?
    ) {
        self.source = source
        self.format = format
        self.provider = provider
        self.billingAccount = billingAccount
        self.month = month
        self.lineCount = lineCount
        self.delivery = delivery
        self.itemizesDiscounts = itemizesDiscounts
        self.firstMonth = firstMonth
        self.historyEnd = historyEnd
    }

    /// `the line items of export (FOCUS 1.2 of AWS)`.
    public var words: String { "the line items of \(source) (\(format.rawValue) of \(provider))" }

    /// Nil where the layout has no column that could say it.
    public var isInvoiced: Bool? { delivery.linesWithoutInvoice.map { $0 == 0 } }

    /// AWS writes a manifest when all files of a delivery are there; others need not.
    public var isOfAWS: Bool { provider == "AWS" || !format.isFOCUS }

    /// What such a month does not show, in sentences.
    public var blindSpots: [String] {
        ["Accounts without charges do not show in \(words), and no organisation was asked about them."]
            + (itemizesDiscounts
                ? [] : ["\(source) shows charges after discounts and does not itemise them: no discount stands apart."])
            + (delivery.manifest == nil ? ["No manifest says whether \(source) is all of the month."] : [])
    }

    /// What a source would have said that was left alone: a month from an export asks no billing service.
    public static func notAsked(_ operation: String) -> Trouble {
        Trouble(
            .notAsked, code: "MonthFromExport", message: "the month comes from an export, and nothing else was asked",
            operation: operation)
    }
}

/// A segment of billing data that an account may be shown: `billing:ListBillingViews`.
public struct BillingView: Hashable, Codable, Sendable {
    public let arn: String
    /// AWS's word: `PRIMARY`, `BILLING_GROUP`, …
    public let type: String
    /// The account whose view it is; nil where AWS did not say.
    public let owner: String?

    public init(arn: String, type: String, owner: String?) {
        self.arn = arn
        self.type = type
        self.owner = owner
    }

    /// Whether its prices are set by whoever resells, not by AWS: those of AWS Billing Conductor.
    public var isProForma: Bool { ["BILLING_GROUP", "BILLING_TRANSFER_SHOWBACK"].contains(type) }
}

public struct BillingViewListing: Hashable, Codable, Sendable {
    public let views: [BillingView]
    public let record: QueryRecord

    public init(views: [BillingView], record: QueryRecord) {
        self.views = views
        self.record = record
    }

    /// The pro-forma views that somebody else made for `account`. Whoever resells has such views too, of its own making, and
    /// is shown real costs all the same.
    public func proForma(shownTo account: String) -> [BillingView] {
        views.filter { $0.isProForma && $0.owner != account }
    }
}

/// Throws `Trouble`.
public protocol BillingViewSource: Sendable {
    func billingViews(in month: BillingMonth) async throws -> BillingViewListing
}

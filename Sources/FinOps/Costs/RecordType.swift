/// What kind of charge a line is (Cost Explorer's RECORD_TYPE, "charge type" in the console).
///
/// AWS spells these differently between accounts, ages and APIs, so they are classified by normalised pattern. An unknown
/// spelling is kept in the total, in class `other`, and never dropped.
public enum RecordClass: String, Hashable, Codable, Sendable, CaseIterable {
    case usage
    case commitmentFee = "commitment_fee"
    case savingsPlanNegation = "savings_plan_negation"
    /// Solution Provider Program discount, the partner discount.
    case spp
    case enterpriseDiscount = "enterprise_discount"
    case privateRateDiscount = "private_rate_discount"
    case bundledDiscount = "bundled_discount"
    case otherDiscount = "other_discount"
    case credit
    case refund
    case tax
    case support
    case other

    public var isDiscount: Bool {
        switch self {
        case .spp, .enterpriseDiscount, .privateRateDiscount, .bundledDiscount, .otherDiscount: true
        default: false
        }
    }

    /// The order of the tests matters: `DiscountedUsage` is usage, not a discount.
    public init(recordType: String) {
        let letters = recordType.utf8.filter { !Self.separators.contains($0) }
        let name = String(decoding: letters, as: UTF8.self).lowercased()
        self =
            if name.contains("solutionprovider") || name.hasPrefix("spp") {
                .spp
            } else if name.contains("enterprisediscount") || name.hasPrefix("edp") {
                .enterpriseDiscount
            } else if name.contains("privaterate") {
                .privateRateDiscount
            } else if name.contains("bundled") {
                .bundledDiscount
            } else if name.contains("distributor") || name.contains("rivolume") || name.hasSuffix("discount") {
                .otherDiscount
            } else if name.hasPrefix("credit") {
                .credit
            } else if name.hasPrefix("refund") {
                .refund
            } else if name.contains("tax") {
                .tax
            } else if name.contains("support") {
                .support
            } else if name.contains("savingsplannegation") {
                .savingsPlanNegation
            } else if name.contains("savingsplan") && name.hasSuffix("fee") {
                .commitmentFee
            } else if (name.contains("reservation") && name.hasSuffix("fee")) || name == "rifee" || name == "fee"
                || name == "recurringfee"
            {
                .commitmentFee
            } else if name.hasSuffix("usage") {
                .usage
            } else {
                .other
            }
    }

    private static let separators = Array(" _-".utf8)

    /// A fee for a commitment that is charged by the hour, as a ledger that was read from line items spells it.
    public static let recurringFee = "Recurring Fee"

    /// As a ledger that was read from line items spells it; `init(recordType:)` reads it back.
    public var recordType: String {
        switch self {
        case .usage: "Usage"
        case .commitmentFee: "Fee"
        case .savingsPlanNegation: "SavingsPlanNegation"
        case .spp: Self.sppSpellings[0]
        case .enterpriseDiscount: "Enterprise Discount Program Discount"
        case .privateRateDiscount: "Private Rate Discount"
        case .bundledDiscount: "Bundled Discount"
        case .otherDiscount: "Other Discount"
        case .credit: "Credit"
        case .refund: "Refund"
        case .tax: "Tax"
        case .support: "Support"
        case .other: "Other"
        }
    }

    /// The spellings of the partner discount that AWS is known to use, for a filter that must name exact values.
    public static let sppSpellings = ["Solution Provider Program Discount", "SppDiscount"]

    /// Record types of usage that AWS charges at its list price: what a savings plan covers is charged, and taken back by a
    /// negation. Hours of reservations (`DiscountedUsage`) cost nothing and would make the rest look cheap.
    public static let listPricedSpellings = ["Usage", "SavingsPlanCoveredUsage"]
}

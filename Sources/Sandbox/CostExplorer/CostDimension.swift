/// What costs can be grouped and filtered by. Values are small numbers while adding up and become text at the end.
enum CostDimension: Hashable {
    case linkedAccount, linkedAccountName, payerAccount, service, recordType, region, usageType, purchaseType
    case billingEntity, legalEntity, invoicingEntity
    /// A dimension the estate keeps no detail of: every line has this value.
    case constant(String)
    case tag(String)
    case costCategory(String)

    init?(key: String) {
        switch key {
        case "LINKED_ACCOUNT": self = .linkedAccount
        case "LINKED_ACCOUNT_NAME": self = .linkedAccountName
        case "PAYER_ACCOUNT": self = .payerAccount
        case "SERVICE": self = .service
        case "RECORD_TYPE": self = .recordType
        case "REGION": self = .region
        case "USAGE_TYPE": self = .usageType
        case "PURCHASE_TYPE": self = .purchaseType
        case "BILLING_ENTITY": self = .billingEntity
        case "LEGAL_ENTITY_NAME": self = .legalEntity
        case "INVOICING_ENTITY": self = .invoicingEntity
        case "AZ": self = .constant("NoAZ")
        case "INSTANCE_TYPE": self = .constant("NoInstanceType")
        case "INSTANCE_TYPE_FAMILY": self = .constant("NoInstanceTypeFamily")
        case "OPERATION": self = .constant("NoOperation")
        case "PLATFORM", "OPERATING_SYSTEM": self = .constant("NoOperatingSystem")
        case "TENANCY": self = .constant("NoTenancy")
        case "DATABASE_ENGINE": self = .constant("NoDatabaseEngine")
        case "CACHE_ENGINE": self = .constant("NoCacheEngine")
        default: return nil
        }
    }

    /// Account names and the payer may be filtered by but not grouped by.
    var isGroupable: Bool { self != .linkedAccountName && self != .payerAccount }

    static let taggedShare: Int64 = 70
    static let providerName = "Amazon Web Services New Zealand Limited"
    static let marketplaceSeller = "Datadog, Inc."
}

/// Reads dimensions of rows of one estate.
struct DimensionReader {
    let estate: SampleEstate
    /// The first account with the same tag value: one code per text, so that equal texts are one group.
    private let costCenterCodes: [Int]
    private let environmentCodes: [Int]

    private static let marketplace = EstateService.index(of: EstateService.marketplace)
    private static let tax = EstateService.index(of: EstateService.tax)

    init(estate: SampleEstate) {
        self.estate = estate
        func firsts(_ value: (EstateAccount) -> String) -> [Int] {
            var seen: [String: Int] = [:]
            return estate.accounts.enumerated().map { index, account in
                if let first = seen[value(account)] { return first }
                seen[value(account)] = index
                return index
            }
        }
        costCenterCodes = firsts(\.costCenter)
        environmentCodes = firsts(\.environment.rawValue)
    }

    func code(_ dimension: CostDimension, _ row: CostRow) -> Int {
        switch dimension {
        case .linkedAccount, .linkedAccountName: row.account
        case .service: row.service
        case .recordType: row.recordType.rawValue
        case .region: region(row)
        case .usageType:
            row.recordType == .partnerDiscount || row.service == Self.tax ? -1 : row.service * 8 + min(region(row), 3)
        case .purchaseType: purchaseType(row)
        case .billingEntity, .legalEntity, .invoicingEntity: row.service == Self.marketplace ? 1 : 0
        case .tag("CostCenter"): isTagged(row) ? costCenterCodes[row.account] : -1
        case .tag("Environment"): isTagged(row) ? environmentCodes[row.account] : -1
        case .tag: -1
        case .payerAccount, .constant, .costCategory: 0
        }
    }

    func value(_ dimension: CostDimension, _ code: Int) -> String {
        switch dimension {
        case .linkedAccount: estate.accounts[code].id
        case .linkedAccountName: estate.accounts[code].name
        case .payerAccount: estate.payer.id
        case .service: EstateService.catalog[code].name
        case .recordType: EstateRecordType(rawValue: code)!.name
        case .region: Self.regionName(code)
        case .usageType: usageType(code)
        case .purchaseType: ["On Demand Instances", "Savings Plans", "Standard Reserved Instances"][code]
        case .billingEntity: code == 1 ? "AWS Marketplace" : "AWS"
        case .legalEntity, .invoicingEntity:
            code == 1 ? CostDimension.marketplaceSeller : CostDimension.providerName
        case .constant(let value): value
        case .tag(let key): tagValue(key, code)
        case .costCategory: ""
        }
    }

    /// As a group's key: tags and cost categories carry their name before a dollar sign.
    func groupKey(_ dimension: CostDimension, _ code: Int) -> String {
        switch dimension {
        case .tag(let key), .costCategory(let key): "\(key)$\(value(dimension, code))"
        default: value(dimension, code)
        }
    }

    private func region(_ row: CostRow) -> Int {
        switch row.recordType {
        case .tax, .support, .credit, .refund, .partnerDiscount: 4
        default: EstateService.catalog[row.service].isGlobal ? 3 : estate.accounts[row.account].homeRegion
        }
    }

    private static func regionName(_ code: Int) -> String {
        switch code {
        case 3: "global"
        case 4: "NoRegion"
        default: EstateAccount.regions[code]
        }
    }

    private func usageType(_ code: Int) -> String {
        guard code >= 0 else { return "NoUsageType" }
        let (service, region) = code.quotientAndRemainder(dividingBy: 8)
        let name = EstateService.catalog[service].usageType
        return region < 3 ? "\(EstateAccount.regionPrefixes[region])-\(name)" : name
    }

    private func purchaseType(_ row: CostRow) -> Int {
        switch row.recordType {
        case .savingsPlanCoveredUsage, .savingsPlanNegation, .savingsPlanRecurringFee: 1
        case .discountedUsage, .recurringReservationFee: 2
        default: 0
        }
    }

    private func isTagged(_ row: CostRow) -> Bool {
        switch row.recordType {
        case .tax, .support, .credit, .refund, .partnerDiscount, .savingsPlanRecurringFee: return false
        default:
            var draw = SplitMix64(estate.seed, 4, UInt64(row.account), UInt64(row.service))
            return draw.below(100) < CostDimension.taggedShare
        }
    }

    private func tagValue(_ key: String, _ account: Int) -> String {
        guard account >= 0 else { return "" }
        return switch key {
        case "CostCenter": estate.accounts[account].costCenter
        case "Environment": estate.accounts[account].environment.rawValue
        default: ""
        }
    }
}

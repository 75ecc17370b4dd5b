import FinOps

/// One line of the estate as Cost Explorer sees it: a charge, or the partner discount on one.
struct CostRow {
    let account: Int
    let service: Int
    let recordType: EstateRecordType
}

/// Sums of every metric, in micro-dollars (quantities in millionths of a unit).
struct MetricSums: Sendable {
    var unblended: Int64 = 0
    var netUnblended: Int64 = 0
    var amortized: Int64 = 0
    var netAmortized: Int64 = 0
    var quantity: Int64 = 0

    /// The charge's own line, discount folded into the net metrics.
    init(charge: ChargeAmounts) {
        unblended = charge.unblended
        netUnblended = charge.unblended - charge.discount
        amortized = charge.amortized
        netAmortized = charge.amortized - charge.amortizedDiscount
        quantity = charge.quantity
    }

    /// The discount's line: negative in gross view, nothing in net view.
    init(discountOf charge: ChargeAmounts) {
        unblended = -charge.discount
        amortized = -charge.discount
    }

    init() {}

    var isZero: Bool {
        unblended == 0 && netUnblended == 0 && amortized == 0 && netAmortized == 0 && quantity == 0
    }

    static func += (left: inout MetricSums, right: MetricSums) {
        left.unblended += right.unblended
        left.netUnblended += right.netUnblended
        left.amortized += right.amortized
        left.netAmortized += right.netAmortized
        left.quantity += right.quantity
    }
}

/// The metrics `GetCostAndUsage` accepts.
enum CostExplorerMetric: String, CaseIterable {
    case unblended = "UnblendedCost"
    case netUnblended = "NetUnblendedCost"
    case amortized = "AmortizedCost"
    case netAmortized = "NetAmortizedCost"
    case blended = "BlendedCost"
    case usageQuantity = "UsageQuantity"
    case normalizedUsage = "NormalizedUsageAmount"

    func micros(_ sums: MetricSums) -> Int64 {
        switch self {
        // Nothing in the estate is blended over accounts, so the average rate is each account's own.
        case .unblended, .blended: sums.unblended
        case .netUnblended: sums.netUnblended
        case .amortized: sums.amortized
        case .netAmortized: sums.netAmortized
        case .usageQuantity: sums.quantity
        // Only instances have a normalised size, and the estate keeps none.
        case .normalizedUsage: 0
        }
    }

    /// - Parameter quantityUnit: Of the one usage type that is added up; sums over different ones have no unit.
    func json(_ sums: MetricSums, quantityUnit: String? = nil) -> JSONValue {
        let unit =
            switch self {
            case .usageQuantity: quantityUnit ?? "N/A"
            case .normalizedUsage: "N/A"
            default: "USD"
            }
        return ["Amount": .string(BoundedText.amount(micros(sums))), "Unit": .string(unit)]
    }
}

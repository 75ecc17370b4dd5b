import FinOps

/// One page of `ce:GetCostAndUsage`. Members are named as AWS names them; amounts stay text.
struct CostPage: Decodable, Sendable {
    let ResultsByTime: [Period]
    let NextPageToken: String?

    struct Period: Decodable, Sendable {
        let TimePeriod: Interval
        let Total: Metrics?
        let Groups: [Group]?
        let Estimated: Bool?
    }

    struct Interval: Decodable, Sendable {
        let Start: String
        let End: String
    }

    struct Group: Decodable, Sendable {
        let Keys: [String]
        let Metrics: Metrics
    }

    /// Members instead of a dictionary by name: decoding is half as long again with one.
    struct Metrics: Decodable, Sendable {
        private var UnblendedCost: Amount?
        private var NetUnblendedCost: Amount?
        private var AmortizedCost: Amount?
        private var NetAmortizedCost: Amount?
        private var BlendedCost: Amount?
        /// Only where quantities were asked for.
        private(set) var UsageQuantity: Amount?

        subscript(metric: CostMetric) -> Amount? {
            switch metric {
            case .unblended: UnblendedCost
            case .netUnblended: NetUnblendedCost
            case .amortized: AmortizedCost
            case .netAmortized: NetAmortizedCost
            case .blended: BlendedCost
            }
        }
    }

    struct Amount: Decodable, Sendable, Hashable {
        let Amount: String?
        let Unit: String?
    }
}

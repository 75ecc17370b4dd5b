/// One page of `ce:GetCostAndUsage`. Members are named as AWS names them; amounts stay text.
struct CostPage: Decodable, Sendable {
    let ResultsByTime: [Period]
    let NextPageToken: String?

    struct Period: Decodable, Sendable {
        let TimePeriod: Interval
        let Total: [String: Amount]?
        let Groups: [Group]?
        let Estimated: Bool?
    }

    struct Interval: Decodable, Sendable {
        let Start: String
        let End: String
    }

    struct Group: Decodable, Sendable {
        let Keys: [String]
        let Metrics: [String: Amount]
    }

    struct Amount: Decodable, Sendable, Hashable {
        let Amount: String?
        let Unit: String?
    }
}

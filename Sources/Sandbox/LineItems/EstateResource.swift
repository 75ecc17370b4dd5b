import FinOps

/// What an account runs a service on, as line items name it. The same in every month.
struct EstateResource {
    let id: String
    let type: String
    /// How much of a charge it is, in tenths: over the resources of a charge they add up to ten.
    let tenths: Int64

    /// One to three; none for services that AWS bills without naming a resource, and for fees, tax and credits.
    static func of(_ charge: EstateCharge, in estate: SampleEstate) -> [EstateResource] {
        let service = EstateService.catalog[charge.service]
        guard let kind = kinds[service.name], charge.recordType.isOfResources else { return [] }
        let account = estate.accounts[charge.account]
        var random = SplitMix64(UInt64(account.id) ?? 0, UInt64(charge.service))
        let parts = [[10], [7, 3], [5, 3, 2]][Int(random.below(3))]
        return parts.map { tenths in
            let name = kind.prefix + String(random.next(), radix: 16).leftPadded(to: 16)
            let region = service.isGlobal ? "" : EstateAccount.regions[account.homeRegion]
            let id = kind.code.map { "arn:aws:\($0):\(region):\(account.id):\(name)" } ?? name
            return EstateResource(id: id, type: kind.type, tenths: Int64(tenths))
        }
    }

    /// Nil codes are of services whose line items name a bare id.
    private static let kinds: [String: (type: String, code: String?, prefix: String)] = [
        EstateService.compute: ("Instance", nil, "i-0"),
        EstateService.computeOther: ("Volume", nil, "vol-0"),
        EstateService.database: ("DB instance", "rds", "db:"),
        "Amazon Simple Storage Service": ("Bucket", nil, "bucket-"),
        "Amazon Elastic Load Balancing": ("Load balancer", "elasticloadbalancing", "loadbalancer/app/"),
        "Amazon Redshift": ("Cluster", "redshift", "cluster:"),
        "Amazon Elastic Kubernetes Service": ("Cluster", "eks", "cluster/"),
        "Amazon DynamoDB": ("Table", "dynamodb", "table/"),
        "AWS Lambda": ("Function", "lambda", "function:"),
        "Amazon ElastiCache": ("Cluster", "elasticache", "cluster:"),
        "Amazon OpenSearch Service": ("Domain", "es", "domain/"),
    ]
}

extension EstateRecordType {
    fileprivate var isOfResources: Bool { [.usage, .savingsPlanCoveredUsage, .discountedUsage].contains(self) }
}

extension String {
    fileprivate func leftPadded(to width: Int) -> String {
        String(repeating: "0", count: max(0, width - count)) + self
    }
}

extension ChargeAmounts {
    /// Cut along the resources; the first takes what rounding leaves.
    func cut(_ tenths: [Int64]) -> [ChargeAmounts] {
        let others = tenths.dropFirst().map { share in map { $0 / 10 * share } }
        return [others.reduce(self, -)] + others
    }
}

/// A service as Cost Explorer names it, with its usual share of a bill.
struct EstateService: Sendable {
    enum Kind: Sendable {
        /// In every account that spends at all.
        case baseline
        /// In most accounts with real workloads.
        case common
        /// In about a third of them.
        case occasional
        /// Charged by a rule of its own: fees, tax, support, marketplace, planted services.
        case special
    }

    let name: String
    /// Relative share of an account's usage.
    let share: Int64
    let kind: Kind
    let usageType: String
    /// What quantities are counted in; nil where AWS gives none (`N/A`).
    var unit: String?
    /// Storage hardly sleeps at weekends; compute does.
    var followsWeekdays = true
    /// Micro-dollars per unit, for `UsageQuantity`.
    var unitPrice: Int64 = 100_000
    /// The list price before the focus month, where it changed with it.
    var earlierUnitPrice: Int64?
    var isGlobal = false

    /// Millionths of a unit that `micros` dollars bought.
    func quantity(_ micros: Int64, isBeforeFocus: Bool) -> Int64 {
        Int64(Int128(micros) * 1_000_000 / Int128(isBeforeFocus ? earlierUnitPrice ?? unitPrice : unitPrice))
    }

    /// `APS2-BoxUsage:m6i.large` is `BoxUsage:m6i.large` with the prefix of its region.
    static func unit(ofUsageType name: String) -> String? {
        let prefix = EstateAccount.regionPrefixes.first { name.hasPrefix($0 + "-") }
        return unitsByUsageType[prefix.map { String(name.dropFirst($0.count + 1)) } ?? name]
    }
    private static let unitsByUsageType = Dictionary(
        catalog.compactMap { entry in entry.unit.map { (entry.usageType, $0) } }
    ) { first, _ in first }

    static func index(of name: String) -> Int { indexByName[name]! }
    private static let indexByName = Dictionary(uniqueKeysWithValues: catalog.enumerated().map { ($1.name, $0) })

    static let compute = "Amazon Elastic Compute Cloud - Compute"
    static let computeOther = "EC2 - Other"
    static let database = "Amazon Relational Database Service"
    static let savingsPlans = "Savings Plans for AWS Compute usage"
    static let support = "AWS Support (Business)"
    static let tax = "Tax"
    static let marketplace = "Datadog Pro"
    static let newService = "Amazon Bedrock"
    static let vanishedService = "Amazon Kendra"

    static let catalog: [EstateService] = [
        EstateService(
            name: compute, share: 300, kind: .common, usageType: "BoxUsage:m6i.large", unit: "Hrs", unitPrice: 120_000),
        EstateService(name: database, share: 215, kind: .common, usageType: "InstanceUsage:db.r6g.large", unit: "Hrs"),
        EstateService(
            name: computeOther, share: 130, kind: .baseline, usageType: "EBS:VolumeUsage.gp3", unit: "GB-Mo",
            followsWeekdays: false),
        EstateService(
            name: "Amazon Simple Storage Service", share: 68, kind: .baseline, usageType: "TimedStorage-ByteHrs",
            unit: "GB-Mo",
            followsWeekdays: false, unitPrice: 25_000),
        EstateService(
            name: "Amazon Elastic Load Balancing", share: 35, kind: .common, usageType: "LoadBalancerUsage", unit: "Hrs"
        ),
        EstateService(
            name: "AmazonCloudWatch", share: 25, kind: .baseline, usageType: "CW:MetricMonitorUsage", unit: "Metrics"),
        EstateService(
            name: "Amazon Virtual Private Cloud", share: 22, kind: .baseline, usageType: "PublicIPv4:InUse",
            unit: "Hrs",
            unitPrice: 5_000, earlierUnitPrice: 4_000),
        EstateService(name: "Amazon Redshift", share: 20, kind: .occasional, usageType: "Node:ra3.xlplus", unit: "Hrs"),
        EstateService(
            name: "Amazon Elastic Container Service", share: 20, kind: .occasional, usageType: "Fargate-vCPU",
            unit: "vCPU-Hours"),
        EstateService(
            name: "Amazon DynamoDB", share: 18, kind: .common, usageType: "WriteRequestUnits", unit: "WriteRequestUnits"
        ),
        EstateService(
            name: "Amazon CloudFront", share: 18, kind: .occasional, usageType: "DataTransfer-Out-Bytes", unit: "GB",
            isGlobal: true
        ),
        EstateService(
            name: "Amazon Elastic Kubernetes Service", share: 16, kind: .occasional, usageType: "AmazonEKS-Hours",
            unit: "Hours"),
        EstateService(
            name: "AWS Lambda", share: 15, kind: .common, usageType: "Lambda-GB-Second", unit: "Lambda-GB-Second"),
        EstateService(
            name: "Amazon ElastiCache", share: 15, kind: .occasional, usageType: "NodeUsage:cache.r6g.large",
            unit: "Hrs"),
        EstateService(
            name: "Amazon OpenSearch Service", share: 14, kind: .occasional, usageType: "ESInstance:r6g.large",
            unit: "Hrs"),
        EstateService(name: "AWS Glue", share: 8, kind: .occasional, usageType: "ETL-DPU-Hour", unit: "DPU-Hour"),
        EstateService(
            name: "Amazon GuardDuty", share: 7, kind: .baseline, usageType: "PaidEventsAnalyzed", unit: "Events"),
        EstateService(name: "AWS Config", share: 6, kind: .baseline, usageType: "ConfigurationItemRecorded"),
        EstateService(
            name: "Amazon WorkSpaces", share: 6, kind: .occasional, usageType: "AutoStop:Standard", unit: "Hrs"),
        EstateService(
            name: "Amazon API Gateway", share: 5, kind: .occasional, usageType: "ApiGatewayRequest", unit: "Requests"),
        EstateService(
            name: "Amazon Athena", share: 5, kind: .occasional, usageType: "DataScannedInTB", unit: "Terabytes"),
        EstateService(
            name: "AWS Security Hub", share: 4, kind: .baseline, usageType: "PaidComplianceCheck", unit: "Checks"),
        EstateService(
            name: "Amazon Route 53", share: 3, kind: .common, usageType: "DNS-Queries", unit: "Queries", isGlobal: true),
        EstateService(
            name: "AWS Key Management Service", share: 3, kind: .baseline, usageType: "KMS-Requests", unit: "Requests"),
        EstateService(
            name: "AWS CloudTrail", share: 3, kind: .baseline, usageType: "PaidEventsRecorded", unit: "Events"),
        EstateService(
            name: "AWS Secrets Manager", share: 2, kind: .common, usageType: "AWSSecretsManager-Secrets",
            unit: "Secrets"),
        EstateService(
            name: "Amazon Simple Queue Service", share: 2, kind: .common, usageType: "Requests-Tier1", unit: "Requests"),
        EstateService(name: newService, share: 0, kind: .special, usageType: "InputTokenCount", unit: "1K tokens"),
        EstateService(
            name: vanishedService, share: 0, kind: .special, usageType: "KendraDeveloperEdition", unit: "Hrs"),
        EstateService(
            name: savingsPlans, share: 0, kind: .special, usageType: "ComputeSP:1yrNoUpfront", isGlobal: true),
        EstateService(name: support, share: 0, kind: .special, usageType: "Dollar", isGlobal: true),
        EstateService(name: tax, share: 0, kind: .special, usageType: "NoUsageType", isGlobal: true),
        EstateService(
            name: marketplace, share: 0, kind: .special, usageType: "MP:hosts", unit: "Hosts", isGlobal: true),
    ]
}

/// What a service is for, by AWS's own product families; the commonest services of other clouds stand among them. A name that is
/// not in the table is `other`, never guessed.
enum ServiceCategory: String, CaseIterable {
    case compute, database, storage, network, analytics, security, management, marketplace, support, other

    init(service: String) {
        // Bytes, since a text search builds its tables anew for each of the ninety words.
        let name = Array(service.lowercased().utf8)
        self = Self.wordBytes.first { $0.words.contains { name.contains(run: $0) } }?.category ?? .other
    }

    /// Charged by the month, whatever its length.
    var isFixed: Bool { self == .support }

    var label: String {
        switch self {
        case .compute: "Compute"
        case .database: "Database"
        case .storage: "Storage"
        case .network: "Network and delivery"
        case .analytics: "Analytics, streaming and AI"
        case .security: "Security and identity"
        case .management: "Management and monitoring"
        case .marketplace: "Marketplace"
        case .support: "Support and tax"
        case .other: "Not categorised"
        }
    }

    private static let wordBytes = words.map { (category: $0.category, words: $0.words.map { Array($0.utf8) }) }

    /// First match wins, so the narrower words stand first. `EC2 - Other` holds volumes, NAT gateways and transfer: AWS does
    /// not separate them at this level, and it is counted as compute.
    private static let words: [(category: Self, words: [String])] = [
        (.support, ["support", "tax", "refund", "credit"]),
        (.marketplace, ["marketplace"]),
        (
            .analytics,
            [
                "redshift", "athena", "glue", "kinesis", "emr", "elastic mapreduce", "opensearch", "quicksight",
                "kafka",
                "sagemaker", "bedrock", "comprehend", "textract", "rekognition", "flink", "lake formation",
                "bigquery", "synapse", "data factory", "databricks", "event hubs", "dataflow", "dataproc", "pub/sub",
                "vertex", "machine learning", "openai",
            ]
        ),
        (
            .database,
            [
                "relational database", "rds", "dynamodb", "elasticache", "documentdb", "neptune", "memorydb",
                "timestream", "cosmos", "sql database", "cloud sql", "spanner", "bigtable", "firestore",
                "cache for redis",
                "database for", "autonomous database",
            ]
        ),
        (
            .storage,
            [
                "simple storage", "elastic file", "glacier", "backup", "fsx", "storage gateway", "elastic block",
                "blob storage", "cloud storage", "object storage", "file storage", "managed disks", "filestore",
                "block volume",
            ]
        ),
        (
            .network,
            [
                "virtual private cloud", "vpc", "load balancing", "cloudfront", "route 53", "api gateway",
                "direct connect",
                "transit", "global accelerator", "data transfer", "network firewall", "virtual network",
                "load balancer", "expressroute", "application gateway", "front door", "bandwidth", "cloud nat",
                "cloud dns", "cloud cdn",
            ]
        ),
        (
            .security,
            [
                "guardduty", "security hub", "waf", "shield", "key management", "secrets manager", "inspector", "macie",
                "cognito", "certificate", "detective", "identity", "key vault", "defender", "sentinel", "cloud armor",
            ]
        ),
        (
            .management,
            [
                "cloudwatch", "cloudtrail", "config", "systems manager", "cost explorer", "organizations", "x-ray",
                "grafana", "azure monitor", "cloud monitoring", "cloud logging", "log analytics",
            ]
        ),
        (
            .compute,
            [
                "elastic compute", "ec2", "lambda", "container", "kubernetes", "fargate", "lightsail", "batch",
                "savings plan", "workspaces", "app runner", "simple queue", "simple notification", "step functions",
                "virtual machine", "compute engine", "azure functions", "cloud functions", "cloud run", "app service",
                "app engine",
            ]
        ),
    ]
}

extension [UInt8] {
    fileprivate func contains(run bytes: [UInt8]) -> Bool {
        guard count >= bytes.count else { return false }
        return (0...count - bytes.count).contains { self[$0..<$0 + bytes.count].elementsEqual(bytes) }
    }
}

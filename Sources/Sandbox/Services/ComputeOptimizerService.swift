import FinOps

/// Compute Optimizer: answers for the caller's own account. The planted idle volume and database of a member, which the Hub
/// knows as well, and of every paying account an old volume that the Hub does not carry yet.
struct ComputeOptimizerService {
    let estate: SampleEstate

    private static let members = [
        "GetEC2InstanceRecommendations": "instanceRecommendations",
        "GetEBSVolumeRecommendations": "volumeRecommendations",
        "GetLambdaFunctionRecommendations": "lambdaFunctionRecommendations",
        "GetRDSDatabaseRecommendations": "rdsDBRecommendations",
    ]
    /// What a volume of the last generation costs more than one of this.
    static let oldVolumeMicros: Int64 = 38_400_000

    func answer(_ request: SandboxRequest) throws -> JSONValue {
        guard let member = Self.members[request.operation] else {
            throw ServiceError.unknownOperation("compute-optimizer:\(request.operation)")
        }
        let parameters = try request.parameters([
            "accountIds", "filters", "maxResults", "nextToken", "recommendationPreferences", "instanceArns",
            "volumeArns",
            "functionArns", "resourceArns",
        ])
        guard (1...1000).contains(parameters["maxResults"]?.number ?? 100) else {
            throw ServiceError.validation("maxResults must be between 1 and 1000")
        }
        // No list here is longer than a page, so no token was ever issued.
        if parameters["nextToken"]?.text != nil { throw ServiceError.validation("nextToken is invalid") }
        let account = estate.indexByAccountID[request.caller.accountID] ?? 0
        return [member: .array(resources(request.operation, account)), "errors": []]
    }

    private func resources(_ operation: String, _ index: Int) -> [JSONValue] {
        let account = estate.accounts[index]
        let region = EstateAccount.regions[account.homeRegion]
        func idle(_ kind: String) -> [(resource: String, micros: Int64)] {
            PlantedCharges.idle.filter { $0.account == index && $0.kind == kind }.map { ($0.resource, $0.micros) }
        }
        switch operation {
        case "GetEBSVolumeRecommendations":
            let old = [(resource: "vol-0c0d1e2f3a4b5c6d7", micros: Self.oldVolumeMicros)]
            return (idle("unattached-volume") + old).map { volume in
                [
                    "volumeArn": .string("arn:aws:ec2:\(region):\(account.id):volume/\(volume.resource)"),
                    "accountId": .string(account.id), "finding": "NotOptimized",
                    "volumeRecommendationOptions": [Self.option(volume.micros)],
                ]
            }
        case "GetRDSDatabaseRecommendations":
            return idle("idle-database").map { database in
                [
                    "resourceArn": .string("arn:aws:rds:\(region):\(account.id):\(database.resource)"),
                    "accountId": .string(account.id), "instanceFinding": "Overprovisioned",
                    "instanceRecommendationOptions": [Self.option(database.micros / 2)],
                ]
            }
        default: return []
        }
    }

    private static func option(_ micros: Int64) -> JSONValue {
        [
            "rank": 1,
            "savingsOpportunity": [
                "savingsOpportunityPercentage": 50,
                "estimatedMonthlySavings": ["currency": "USD", "value": .dollars(micros)],
            ],
        ]
    }
}

import FinOps
import Foundation

/// What Compute Optimizer advises for the caller's own account in the run's region: machines, volumes, functions, databases.
/// Free, and refused with `OptInRequiredException` where nobody switched it on.
struct ComputeOptimizer {
    let caller: any AWSCaller
    let hashing: any Hashing

    private typealias Kind = (operation: ReadOperation, id: String, resourceType: String)

    private static let kinds: [Kind] = [
        (.getInstanceRecommendations, "rightsizing.instances", "Ec2Instance"),
        (.getVolumeRecommendations, "rightsizing.volumes", "EbsVolume"),
        (.getFunctionRecommendations, "rightsizing.functions", "LambdaFunction"),
        (.getDatabaseRecommendations, "rightsizing.databases", "RdsDbInstance"),
    ]

    /// The first alone: where it is refused, the others are not asked.
    func rightsizing() async throws -> RightsizingListing {
        let machines = try await listing(of: Self.kinds[0])
        let others = try await withThrowingTaskGroup(of: (Int, RightsizingListing).self) { group in
            for (index, kind) in Self.kinds.enumerated().dropFirst() {
                group.addTask { (index, try await listing(of: kind)) }
            }
            return try await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
        }
        let all = [machines] + others
        return RightsizingListing(all.flatMap(\.recommendations), records: all.flatMap(\.records))
    }

    private func listing(of kind: Kind) async throws -> RightsizingListing {
        let body: RequestJSON = ["maxResults": 100]
        let pages = try await Paging.drain(kind.operation, token: \OptimizerPage.nextToken) { token in
            try await caller.call(
                kind.operation, body: body.adding("nextToken", token).data,
                decode: AnswerJSON.decoder(OptimizerPage.self))
        }
        let resources = pages.flatMap(\.value.resources)
        return RightsizingListing(
            try resources.compactMap {
                try Self.recommendation($0, kind.operation, kind.resourceType, pages.last?.requestID)
            },
            records: [
                QueryRecord(
                    id: kind.id, kind.operation, body: body.data, pages: pages, rows: resources.count, hashing: hashing)
            ])
    }

    /// Nil where AWS finds nothing to save. It gives no id: the resource's ARN names the advice.
    private static func recommendation(
        _ resource: OptimizerPage.Resource, _ operation: ReadOperation, _ type: String, _ requestID: String?
    ) throws -> SavingsRecommendation? {
        guard let arn = resource.arn else {
            throw Trouble(
                .inconsistent, code: "UnreadableRecommendation", message: "a recommendation names no resource",
                operation: operation.rawValue, requestID: requestID)
        }
        let best = resource.options.min { ($0.rank ?? .max) < ($1.rank ?? .max) }
        guard let savings = best?.savingsOpportunity?.estimatedMonthlySavings, let amount = savings.value?.value,
            amount > .zero
        else { return nil }
        guard let currency = Currency(savings.currency ?? Currency.usd.code) else {
            throw Trouble(
                .inconsistent, code: "UnreadableRecommendation", message: "advice on \(arn) is in no currency",
                operation: operation.rawValue, requestID: requestID)
        }
        let parts = arn.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        return SavingsRecommendation(
            id: arn, account: resource.accountId ?? (parts.count > 4 ? parts[4] : nil),
            region: parts.count > 3 ? parts[3] : nil, resource: arn, resourceType: type, action: "Rightsize",
            effort: nil, source: "ComputeOptimizer", monthlySavings: Money(amount, currency), monthlyCost: nil)
    }
}

/// A page of any of the four; members are named as AWS names them, each for one kind of resource.
private struct OptimizerPage: Decodable, Sendable {
    let nextToken: String?
    private let instanceRecommendations: [Resource]?
    private let volumeRecommendations: [Resource]?
    private let lambdaFunctionRecommendations: [Resource]?
    private let rdsDBRecommendations: [Resource]?

    var resources: [Resource] {
        [instanceRecommendations, volumeRecommendations, lambdaFunctionRecommendations, rdsDBRecommendations]
            .compactMap { $0 }.flatMap { $0 }
    }

    struct Resource: Decodable, Sendable {
        let accountId: String?
        private let instanceArn: String?
        private let volumeArn: String?
        private let functionArn: String?
        private let resourceArn: String?
        private let recommendationOptions: [Option]?
        private let volumeRecommendationOptions: [Option]?
        private let memorySizeRecommendationOptions: [Option]?
        private let instanceRecommendationOptions: [Option]?

        var arn: String? { instanceArn ?? volumeArn ?? functionArn ?? resourceArn }
        var options: [Option] {
            [
                recommendationOptions, volumeRecommendationOptions, memorySizeRecommendationOptions,
                instanceRecommendationOptions,
            ].compactMap { $0 }.flatMap { $0 }
        }
    }

    struct Option: Decodable, Sendable {
        let rank: Int?
        let savingsOpportunity: Opportunity?
    }

    struct Opportunity: Decodable, Sendable {
        let estimatedMonthlySavings: Savings?
    }

    struct Savings: Decodable, Sendable {
        let currency: String?
        let value: JSONAmount?
    }
}

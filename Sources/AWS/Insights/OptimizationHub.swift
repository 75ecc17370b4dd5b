import FinOps
import Foundation

/// What Cost Optimization Hub advises, over all regions and accounts that are enrolled, and how efficient it finds them.
struct OptimizationHub {
    let caller: any AWSCaller
    let hashing: any Hashing

    /// Without `includeAllRecommendations` AWS keeps one advice for a resource; `RecommendationListing` makes sure.
    func recommendations() async throws -> RecommendationListing {
        let body: RequestJSON = ["maxResults": 1000]
        let pages = try await drain(.listRecommendations, body, RecommendationPage.self, \.nextToken)
        let items = try pages.flatMap { page in
            try page.value.items.map { try Self.recommendation($0, requestID: page.requestID) }
        }
        return RecommendationListing(
            items,
            record: QueryRecord(
                id: "recommendations", .listRecommendations, body: body.data, pages: pages, rows: items.count,
                hashing: hashing))
    }

    func efficiency(in month: BillingMonth) async throws -> CostEfficiency {
        let body: RequestJSON = [
            "granularity": "Monthly",
            "timePeriod": ["start": .text(month.firstDay.description), "end": .text(month.firstDayAfter.description)],
        ]
        let pages = try await drain(.listEfficiencyMetrics, body, EfficiencyPage.self, \.nextToken)
        let groups = pages.flatMap(\.value.efficiencyMetricsByGroup)
        let metrics = groups.flatMap { $0.metricsByTime ?? [] }
        guard metrics.count == 1, let metric = metrics.first else {
            throw Trouble(
                .noData, code: "NoEfficiency",
                message: groups.lazy.compactMap(\.message).first ?? "there is no score for \(month)",
                operation: ReadOperation.listEfficiencyMetrics.rawValue, requestID: pages[0].requestID)
        }
        return CostEfficiency(
            score: metric.score?.value, savings: metric.savings?.value, spend: metric.spend?.value,
            record: QueryRecord(
                id: "efficiency", .listEfficiencyMetrics, body: body.data, pages: pages, rows: 1, hashing: hashing))
    }

    private func drain<Page: Decodable & Sendable & SendableMetatype>(
        _ operation: ReadOperation, _ body: RequestJSON, _ page: Page.Type, _ token: (Page) -> String?
    ) async throws -> [ServiceAnswer<Page>] {
        try await Paging.drain(operation, token: token) { token in
            try await caller.call(
                operation, body: body.adding("nextToken", token).data, decode: AnswerJSON.decoder(page))
        }
    }

    private static func recommendation(
        _ item: RecommendationPage.Item, requestID: String?
    ) throws -> SavingsRecommendation {
        guard let id = item.recommendationId, let savings = item.estimatedMonthlySavings,
            let currency = Currency(item.currencyCode ?? Currency.usd.code)
        else {
            throw Trouble(
                .inconsistent, code: "UnreadableRecommendation",
                message: "a recommendation has no id, no savings or no currency",
                operation: ReadOperation.listRecommendations.rawValue, requestID: requestID)
        }
        func text(_ value: String?) -> String? { value.flatMap { $0.isEmpty ? nil : $0 } }
        return SavingsRecommendation(
            id: id, account: text(item.accountId), region: text(item.region),
            resource: text(item.resourceArn) ?? text(item.resourceId),
            resourceType: item.currentResourceType ?? "unknown", action: item.actionType ?? "unknown",
            effort: text(item.implementationEffort), source: text(item.source),
            monthlySavings: Money(savings.value, currency),
            monthlyCost: item.estimatedMonthlyCost.map { Money($0.value, currency) })
    }
}

private struct RecommendationPage: Decodable, Sendable {
    let items: [Item]
    let nextToken: String?

    struct Item: Decodable, Sendable {
        let recommendationId: String?
        let accountId: String?
        let region: String?
        let resourceId: String?
        let resourceArn: String?
        let currentResourceType: String?
        let actionType: String?
        let implementationEffort: String?
        let source: String?
        let estimatedMonthlySavings: JSONAmount?
        let estimatedMonthlyCost: JSONAmount?
        let currencyCode: String?
    }
}

private struct EfficiencyPage: Decodable, Sendable {
    let efficiencyMetricsByGroup: [Group]
    let nextToken: String?

    struct Group: Decodable, Sendable {
        let metricsByTime: [Metric]?
        let message: String?
    }

    struct Metric: Decodable, Sendable {
        let score: JSONAmount?
        let savings: JSONAmount?
        let spend: JSONAmount?
    }
}

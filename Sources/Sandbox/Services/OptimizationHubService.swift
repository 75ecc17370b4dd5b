import FinOps

/// Cost Optimization Hub: what could be saved. The planted idle resources of kinds it knows, a smaller database where one is
/// hardly used, and a savings plan for what still runs on demand. With `includeAllRecommendations` the idle database comes a
/// second time, to be made smaller instead of deleted.
struct OptimizationHubService {
    let estate: SampleEstate
    let book: EstateBook
    let tokens: PageToken

    private static let actions: [String: (type: String, action: String, effort: String)] = [
        "unattached-volume": ("EbsVolume", "Delete", "VeryLow"),
        "idle-database": ("RdsDbInstance", "Delete", "Low"),
        "idle-nat-gateway": ("NatGateway", "Delete", "Low"),
    ]

    func answer(_ request: SandboxRequest) async throws -> JSONValue {
        switch request.operation {
        case "ListRecommendations": return try await recommendations(request)
        case "ListEfficiencyMetrics": return try await efficiency(request)
        default: throw ServiceError.unknownOperation("cost-optimization-hub:\(request.operation)")
        }
    }

    private func recommendations(_ request: SandboxRequest) async throws -> JSONValue {
        let parameters = try request.parameters([
            "filter", "orderBy", "includeAllRecommendations", "maxResults", "nextToken",
        ])
        let size = parameters["maxResults"]?.number ?? 100
        guard (1...1000).contains(size) else { throw ServiceError.validation("maxResults must be between 1 and 1000") }
        var items = await self.items(everything: parameters["includeAllRecommendations"] == .bool(true))
        if !request.caller.isPayer { items.removeAll { $0["accountId"]?.text != request.caller.accountID } }
        let fingerprint = PageToken.fingerprint(request, parameters, tokenMember: "nextToken")
        var start = 0
        if let token = parameters["nextToken"]?.text {
            guard case .position(let position) = tokens.read(token, fingerprint: fingerprint) else {
                throw ServiceError.validation("nextToken is invalid")
            }
            start = position
        }
        let end = min(start + size, items.count)
        var answer: [String: JSONValue] = ["items": .array(Array(items[min(start, end)..<end]))]
        if end < items.count { answer["nextToken"] = .string(tokens.make(position: end, fingerprint: fingerprint)) }
        return .object(answer)
    }

    private func items(everything: Bool) async -> [JSONValue] {
        let month = estate.focusMonth
        let commitments = EstateCommitments(estate, month, await book.charges(in: month))
        var items = PlantedCharges.idle.enumerated().compactMap { number, plant -> JSONValue? in
            Self.actions[plant.kind].map { advice in
                item(
                    number, plant.account, plant.resource, advice.type, advice.action, advice.effort,
                    savings: plant.micros, cost: plant.micros, source: "ComputeOptimizer")
            }
        }
        if everything, let database = PlantedCharges.idle.enumerated().first(where: { $1.kind == "idle-database" }) {
            items.append(
                item(
                    70, database.element.account, database.element.resource, "RdsDbInstance", "Rightsize", "Medium",
                    savings: database.element.micros / 2, cost: database.element.micros, source: "ComputeOptimizer"))
        }
        // Half of what runs on demand, at the plan's discount of 28 %.
        let half = commitments.eligibleOnDemand / 2
        items.append(
            item(
                80, 0, "", "ComputeSavingsPlans", "PurchaseSavingsPlans", "VeryLow", savings: half * 28 / 100,
                cost: half, source: "CostExplorer"))
        return items
    }

    private func item(
        _ number: Int, _ account: Int, _ resource: String, _ type: String, _ action: String, _ effort: String,
        savings: Int64, cost: Int64, source: String
    ) -> JSONValue {
        let owner = estate.accounts[account]
        return [
            "recommendationId": .string("rec-\(BoundedText.padded(number + 1, 6))"), "accountId": .string(owner.id),
            "region": .string(EstateAccount.regions[owner.homeRegion]), "resourceId": .string(resource),
            "currentResourceType": .string(type), "actionType": .string(action),
            "implementationEffort": .string(effort), "source": .string(source),
            "estimatedMonthlySavings": .dollars(savings), "estimatedMonthlyCost": .dollars(cost),
            "currencyCode": "USD", "restartNeeded": .bool(action == "Rightsize"),
            "lastRefreshTimestamp": .integer(estate.today.daysSinceEpoch * 86_400),
        ]
    }

    private func efficiency(_ request: SandboxRequest) async throws -> JSONValue {
        let parameters = try request.parameters([
            "groupBy", "granularity", "timePeriod", "maxResults", "orderBy", "nextToken",
        ])
        guard parameters["granularity"]?.text == "Monthly",
            let start = parameters["timePeriod"]?["start"]?.text.flatMap(CalendarDay.init),
            let end = parameters["timePeriod"]?["end"]?.text.flatMap(CalendarDay.init),
            start == start.billingMonth.firstDay, end == start.billingMonth.firstDayAfter
        else { throw ServiceError.validation("timePeriod must be a whole month by Monthly granularity") }
        let month = start.billingMonth
        let charges = await book.charges(in: month)
        guard request.caller.isPayer, month < estate.today.billingMonth, !charges.isEmpty else {
            return [
                "efficiencyMetricsByGroup": [["group": "", "message": "Insufficient cost and usage data."]]
            ]
        }
        let savings = await items(everything: false).compactMap { item -> Double? in
            if case .fraction(let dollars)? = item["estimatedMonthlySavings"] { dollars } else { nil }
        }.reduce(0, +)
        let spend = Double(charges.filter { $0.recordType == .usage }.map(\.amounts.unblended).sum()) / 1_000_000
        return [
            "efficiencyMetricsByGroup": [
                [
                    "group": "",
                    "metricsByTime": [
                        [
                            "score": .fraction((1 - savings / spend) * 100), "savings": .fraction(savings),
                            "spend": .fraction(spend), "timestamp": .string(month.description),
                        ]
                    ],
                ]
            ]
        ]
    }
}

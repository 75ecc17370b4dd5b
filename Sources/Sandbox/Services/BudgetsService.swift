import FinOps

/// Budgets: one for the whole organisation, one for production databases, with what the running month has spent so far.
struct BudgetsService {
    let estate: SampleEstate
    let book: EstateBook
    let tokens: PageToken

    private struct Plan {
        let name: String
        let dollars: Int
        let service: String?
    }

    private static let plans = [
        Plan(name: "organisation-monthly", dollars: 5_075, service: nil),
        Plan(name: "databases-monthly", dollars: 850, service: EstateService.database),
    ]

    func answer(_ request: SandboxRequest) async throws -> JSONValue {
        guard request.operation == "DescribeBudgets" else {
            throw ServiceError.unknownOperation("budgets:\(request.operation)")
        }
        let parameters = try request.parameters(["AccountId", "MaxResults", "NextToken", "ShowFilterExpression"])
        guard let account = parameters["AccountId"]?.text else {
            throw ServiceError(code: "InvalidParameterException", message: "AccountId is required")
        }
        guard account == request.caller.accountID else {
            throw ServiceError.denied(request.caller, "budgets:ViewBudget")
        }
        // A member account has no budgets of its own here.
        guard request.caller.isPayer else { return ["Budgets": []] }
        let size = parameters["MaxResults"]?.number ?? 100
        guard (1...1000).contains(size) else {
            throw ServiceError(code: "InvalidParameterException", message: "MaxResults must be between 1 and 1000")
        }
        let fingerprint = PageToken.fingerprint(request, parameters, tokenMember: "NextToken")
        var start = 0
        if let token = parameters["NextToken"]?.text {
            guard case .position(let position) = tokens.read(token, fingerprint: fingerprint) else {
                throw ServiceError(code: "InvalidNextTokenException", message: "The pagination token is invalid.")
            }
            start = position
        }
        let end = min(start + size, Self.plans.count)
        var budgets: [JSONValue] = []
        for plan in Self.plans[min(start, end)..<end] { budgets.append(await budget(plan)) }
        var answer: [String: JSONValue] = ["Budgets": .array(budgets)]
        if end < Self.plans.count {
            answer["NextToken"] = .string(tokens.make(position: end, fingerprint: fingerprint))
        }
        return .object(answer)
    }

    private func budget(_ plan: Plan) async -> JSONValue {
        let actual = await spent(plan.service)
        let month = estate.today.billingMonth
        // Budgets projects the running month by its own pace; on the first there is no pace yet.
        let days = Int64(estate.today.day - 1)
        var spend: [String: JSONValue] = ["ActualSpend": money(actual)]
        if days > 0 { spend["ForecastedSpend"] = money(actual / days * Int64(month.days)) }
        return [
            "BudgetName": .string(plan.name), "BudgetType": "COST", "TimeUnit": "MONTHLY",
            "BudgetLimit": ["Amount": .string("\(plan.dollars * estate.activeAccounts).0"), "Unit": "USD"],
            "CalculatedSpend": .object(spend),
            "CostFilters": plan.service.map { ["Service": [.string($0)]] } ?? [:],
            "CostTypes": [
                "IncludeTax": true, "IncludeSubscription": true, "UseBlended": false, "IncludeRefund": true,
                "IncludeCredit": true, "IncludeUpfront": true, "IncludeRecurring": true,
                "IncludeOtherSubscription": true, "IncludeSupport": true, "IncludeDiscount": true,
                "UseAmortized": false,
            ],
            "TimePeriod": [
                "Start": .integer(estate.firstMonth.firstDay.daysSinceEpoch * 86_400), "End": 3_706_473_600,
            ],
            "LastUpdatedTime": .integer(estate.today.daysSinceEpoch * 86_400),
        ]
    }

    private func spent(_ service: String?) async -> Int64 {
        let month = estate.today.billingMonth
        var cube = CostCube(
            estate: estate, scope: nil, groupBy: [],
            filter: service.map { .leaf(.service, values: [$0], isAbsent: false, ignoresCase: false) } ?? .all)
        let period = CostPeriod(start: month.firstDay, end: month.firstDayAfter)
        let sums = cube.sums(of: await book.charges(in: month), month: month, periods: [period])
        return sums[0][CostCube.Group()]?.unblended ?? 0
    }

    private func money(_ micros: Int64) -> JSONValue { ["Amount": .string(BoundedText.cents(micros)), "Unit": "USD"] }
}

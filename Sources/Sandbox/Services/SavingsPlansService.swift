import FinOps

/// Savings Plans, a REST service: which plans the caller's account owns.
struct SavingsPlansService {
    let estate: SampleEstate
    let book: EstateBook

    func answer(_ request: SandboxRequest) async throws -> JSONValue {
        let parameters = try request.parameters([
            "savingsPlanArns", "savingsPlanIds", "nextToken", "maxResults", "states", "filters",
        ])
        if let states = parameters["states"]?.elements, !states.contains("active") { return ["savingsPlans": []] }
        guard request.caller.isPayer else { return ["savingsPlans": []] }
        let month = estate.focusMonth
        let plans = EstateCommitments(estate, month, await book.charges(in: month)).plans.filter {
            $0.endDay > estate.today
        }
        return [
            "savingsPlans": .array(
                plans.map { plan in
                    [
                        "savingsPlanArn": .string(plan.arn),
                        "savingsPlanId": .string(String(plan.arn.split(separator: "/").last!)),
                        "start": .string("\(plan.firstDay)T00:00:00.000Z"),
                        "end": .string("\(plan.endDay)T00:00:00.000Z"), "state": "active",
                        "savingsPlanType": "Compute", "paymentOption": "No Upfront", "currency": "USD",
                        "commitment": .string(BoundedText.amount(plan.hourlyCents * 10_000)),
                        "productTypes": ["EC2", "Fargate", "Lambda"],
                    ]
                })
        ]
    }
}

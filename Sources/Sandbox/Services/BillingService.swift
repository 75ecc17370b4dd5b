import FinOps

/// Billing: which views of billing data an account has. Its own, and a pro-forma one where somebody else sets its prices.
struct BillingService {
    let reseller: String?

    func answer(_ request: SandboxRequest) throws -> JSONValue {
        guard request.operation == "ListBillingViews" else {
            throw ServiceError.unknownOperation("billing:\(request.operation)")
        }
        let parameters = try request.parameters([
            "activeTimeRange", "arns", "billingViewTypes", "names", "ownerAccountId", "sourceAccountId", "maxResults",
            "nextToken",
        ])
        if let range = parameters["activeTimeRange"] {
            guard let start = range["activeAfterInclusive"]?.number, let end = range["activeBeforeInclusive"]?.number,
                Timestamp(secondsSinceEpoch: start).day.billingMonth
                    == Timestamp(secondsSinceEpoch: end).day.billingMonth
            else { throw ServiceError.validation("activeTimeRange must lie within one calendar month") }
        }
        let own = request.caller.accountID
        let views = [view("primary", "PRIMARY", owner: own)]
        return [
            "billingViews": .array(
                views + (reseller.map { [view("billing-group-\(own)", "BILLING_GROUP", owner: $0)] } ?? []))
        ]
    }

    private func view(_ name: String, _ type: String, owner: String) -> JSONValue {
        [
            "arn": .string("arn:aws:billing::\(owner):billingview/\(name)"), "name": .string(name),
            "billingViewType": .string(type), "ownerAccountId": .string(owner),
        ]
    }
}

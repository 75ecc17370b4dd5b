import FinOps
import Foundation

/// The monthly cost budgets an account has set itself. Budgets of hours or of reservations are not about money and are left
/// out; `rows` of the record counts what AWS returned.
struct BudgetsService: BudgetSource {
    let caller: any AWSCaller
    let hashing: any Hashing

    func budgets(of account: String) async throws -> BudgetListing {
        let body: RequestJSON = ["AccountId": .text(account), "MaxResults": 100]
        let pages = try await Paging.drain(.describeBudgets, token: \BudgetPage.NextToken) { token in
            try await caller.call(
                .describeBudgets, body: body.adding("NextToken", token).data,
                decode: AnswerJSON.decoder(BudgetPage.self))
        }
        let items = pages.flatMap { page in (page.value.Budgets ?? []).map { (item: $0, requestID: page.requestID) } }
        let budgets = try items.filter { $0.item.BudgetType == "COST" && $0.item.TimeUnit == "MONTHLY" }
            .map { try Self.budget($0.item, requestID: $0.requestID) }
        return BudgetListing(
            budgets: budgets.sorted { $0.name < $1.name },
            record: QueryRecord(
                id: "budgets", .describeBudgets, body: body.data, pages: pages, rows: items.count, hashing: hashing))
    }

    private static func budget(_ item: BudgetPage.Item, requestID: String?) throws -> Budget {
        func money(_ amount: CostPage.Amount?, _ what: String) throws -> Money? {
            guard let amount else { return nil }
            guard let value = ExactDecimal(amount.Amount ?? ""), let currency = Currency(amount.Unit ?? "") else {
                throw refused("\(what) of budget \(item.BudgetName) is not an amount of money", requestID)
            }
            return Money(value, currency)
        }
        guard let limit = try money(item.BudgetLimit, "the limit") else {
            throw refused("budget \(item.BudgetName) has no limit", requestID)
        }
        return Budget(
            name: item.BudgetName, limit: limit, actual: try money(item.CalculatedSpend?.ActualSpend, "the spend"),
            forecast: try money(item.CalculatedSpend?.ForecastedSpend, "the forecast"),
            coversEverything: item.hasNoFilter, basis: item.basis)
    }

    private static func refused(_ message: String, _ requestID: String?) -> Trouble {
        Trouble(
            .inconsistent, code: "UnreadableBudget", message: message,
            operation: ReadOperation.describeBudgets.rawValue, requestID: requestID)
    }
}

private struct BudgetPage: Decodable, Sendable {
    let Budgets: [Item]?
    let NextToken: String?

    struct Item: Decodable, Sendable {
        let BudgetName: String
        let BudgetType: String
        let TimeUnit: String
        let BudgetLimit: CostPage.Amount?
        let CalculatedSpend: Spend?
        let CostFilters: [String: [String]]?
        let FilterExpression: Presence?
        let BillingViewArn: String?
        let CostTypes: BudgetCostTypes?
        let Metrics: [String]?

        var basis: BudgetBasis? { BudgetBasis(CostTypes, metrics: Metrics) }

        var hasNoFilter: Bool {
            (CostFilters ?? [:]).isEmpty && FilterExpression?.isEmpty ?? true
                && BillingViewArn?.hasSuffix("/primary") ?? true
        }
    }

    struct Spend: Decodable, Sendable {
        let ActualSpend: CostPage.Amount?
        let ForecastedSpend: CostPage.Amount?
    }

    /// Some object, whatever is in it.
    struct Presence: Decodable, Sendable {
        let isEmpty: Bool

        init(from decoder: any Decoder) throws {
            isEmpty = try decoder.container(keyedBy: AnyKey.self).allKeys.isEmpty
        }

        private struct AnyKey: CodingKey {
            let stringValue: String
            var intValue: Int? { nil }
            init?(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }
    }
}

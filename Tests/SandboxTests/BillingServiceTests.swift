import FinOps
import Testing

@testable import Sandbox

/// Invoices, budgets and forecasts tell of the same costs as Cost Explorer.
@Suite struct BillingServiceTests {
    let client = DeskClient()
    private var payer: String { client.estate.payer.id }

    private func invoices(_ filter: String = #"{"BillingPeriod":{"Month":2,"Year":2026}}"#) async throws -> [JSONValue]
    {
        let body = #"{"Selector":{"ResourceType":"ACCOUNT_ID","Value":"\#(payer)"},"Filter":\#(filter)}"#
        return try await client.value("Invoicing.ListInvoiceSummaries", body)["InvoiceSummaries"]?.elements ?? []
    }

    private func decimal(_ value: JSONValue?) throws -> ExactDecimal { try #require(ExactDecimal(value?.text ?? "")) }

    @Test func `two invoices of a month add up to its costs within their rounding`() async throws {
        let invoices = try await invoices()
        #expect(invoices.map { $0["Entity"]?["BillingEntity"] } == ["AWS", "AWS_MARKETPLACE"])
        let billed = try invoices.map { try decimal($0["BaseCurrencyAmount"]?["TotalAmount"]) }.sum()
        let costs = try await client.costs(CostBody.make()).sum("UnblendedCost")
        #expect((billed - costs).magnitude <= "0.015")
    }

    @Test func `an invoice adds up line by line in either currency`() async throws {
        for invoice in try await invoices() {
            for currency in ["BaseCurrencyAmount", "PaymentCurrencyAmount"] {
                let amount = invoice[currency]
                let breakdown = amount?["AmountBreakdown"]
                let discount = try breakdown?["Discounts"].map { try decimal($0["TotalAmount"]) } ?? .zero
                let tax = try breakdown?["Taxes"].map { try decimal($0["TotalAmount"]) } ?? .zero
                let subtotal = try decimal(breakdown?["SubTotalAmount"])
                #expect(try decimal(amount?["TotalAmount"]) == subtotal + discount + tax)
                #expect(try decimal(amount?["TotalAmountBeforeTax"]) == subtotal + discount)
            }
            let exchange = invoice["PaymentCurrencyAmount"]?["CurrencyExchangeDetails"]
            #expect(exchange?["TargetCurrencyCode"] == "NZD")
            let converted = try decimal(invoice["BaseCurrencyAmount"]?["TotalAmount"]) * decimal(exchange?["Rate"])
            let paid = try decimal(invoice["PaymentCurrencyAmount"]?["TotalAmount"])
            #expect((converted - paid).magnitude <= "0.02")
        }
    }

    @Test func `a month is invoiced on the third of the next, and only closed months are`() async throws {
        #expect(try await invoices(#"{"BillingPeriod":{"Month":3,"Year":2026}}"#).isEmpty)
        let early = DeskClient(.with { $0.today = CalendarDay("2026-03-02")! })
        let body =
            #"{"Selector":{"ResourceType":"ACCOUNT_ID","Value":"\#(payer)"},"Filter":{"BillingPeriod":{"Month":2,"Year":2026}}}"#
        #expect(try await early.value("Invoicing.ListInvoiceSummaries", body)["InvoiceSummaries"] == [])
        #expect(try await invoices("{}").count == 26)
    }

    @Test func `invoices are paged, and a member sees none of the payer's`() async throws {
        let selector = #""Selector":{"ResourceType":"ACCOUNT_ID","Value":"\#(payer)"}"#
        let first = try await client.value("Invoicing.ListInvoiceSummaries", "{\(selector),\"MaxResults\":20}")
        let token = try #require(first["NextToken"]?.text)
        let second = try await client.value(
            "Invoicing.ListInvoiceSummaries", "{\(selector),\"MaxResults\":20,\"NextToken\":\"\(token)\"}")
        #expect(first["InvoiceSummaries"]?.elements?.count == 20)
        #expect(second["InvoiceSummaries"]?.elements?.count == 6)
        #expect(second["NextToken"] == nil)
        #expect(
            await client.refusal("Invoicing.ListInvoiceSummaries", "{\(selector)}", as: .member)
                == "AccessDeniedException")
    }

    @Test func `the organisation's budget shows what the running month has spent`() async throws {
        let answer = try await client.value("AWSBudgetServiceGateway.DescribeBudgets", #"{"AccountId":"\#(payer)"}"#)
        let budget = try #require(answer["Budgets"]?.elements?.first)
        let running = #""TimePeriod":{"Start":"2026-03-01","End":"2026-04-01"},"Granularity":"MONTHLY""#
        let costs = try await client.costs(CostBody.make(running)).sum("UnblendedCost")
        let actual = try decimal(budget["CalculatedSpend"]?["ActualSpend"]?["Amount"])
        #expect(actual == costs.rounded(toFractionDigits: 2))
        #expect(budget["CostFilters"] == [:])
        #expect(try decimal(budget["BudgetLimit"]?["Amount"]) > actual)
    }

    @Test func `nobody reads another account's budgets`() async {
        let body = #"{"AccountId":"\#(payer)"}"#
        #expect(
            await client.refusal("AWSBudgetServiceGateway.DescribeBudgets", body, as: .member)
                == "AccessDeniedException")
    }

    private func forecast(_ start: String, _ end: String, _ more: String = "") -> String {
        #"{"TimePeriod":{"Start":"\#(start)","End":"\#(end)"},"Granularity":"MONTHLY","Metric":"UNBLENDED_COST"\#(more)}"#
    }

    @Test func `a forecast lies near the last months, inside its interval, and widens with the level`() async throws {
        var widths: [ExactDecimal] = []
        for level in [51, 80, 99] {
            let answer = try await client.value(
                "AWSInsightsIndexService.GetCostForecast",
                forecast("2026-03-10", "2026-05-01", #","PredictionIntervalLevel":\#(level)"#))
            let results = answer["ForecastResultsByTime"]?.elements ?? []
            #expect(results.map { $0["TimePeriod"]?["Start"] } == ["2026-03-10", "2026-04-01"])
            #expect(try results.map { try decimal($0["MeanValue"]) }.sum() == decimal(answer["Total"]?["Amount"]))
            let april = results[1]
            let (low, mean, high) = (
                try decimal(april["PredictionIntervalLowerBound"]), try decimal(april["MeanValue"]),
                try decimal(april["PredictionIntervalUpperBound"])
            )
            #expect(low < mean && mean < high)
            widths.append(high - low)
            #expect(("280000"..."400000").contains(mean), "\(mean)")
        }
        #expect(widths == widths.sorted() && Set(widths).count == 3)
    }

    @Test func `a forecast starts today and reaches twelve months`() async {
        for (start, end) in [("2026-03-09", "2026-04-01"), ("2026-03-11", "2026-04-01"), ("2026-03-10", "2027-05-01")] {
            let code = await client.refusal("AWSInsightsIndexService.GetCostForecast", forecast(start, end))
            #expect(code == "ValidationException")
        }
    }

    @Test func `accounts among the dimension values carry their names`() async throws {
        let body = #"{"TimePeriod":{"Start":"2026-02-01","End":"2026-03-01"},"Dimension":"LINKED_ACCOUNT"}"#
        let values = try await client.value("AWSInsightsIndexService.GetDimensionValues", body)["DimensionValues"]
        let costs = try await client.costs(CostBody.make(groupBy: ["LINKED_ACCOUNT"]))
        #expect(values?.elements?.compactMap { $0["Value"]?.text } == costs.map { $0.keys[0] })
        let payerValue = values?.elements?.first { $0["Value"]?.text == payer }
        #expect(payerValue?["Attributes"]?["description"]?.text == client.estate.payer.name)
    }
}

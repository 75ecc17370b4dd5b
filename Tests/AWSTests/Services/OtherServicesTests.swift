import FinOps
import Foundation
import HTTP
import Testing

@testable import AWS

@Suite struct CostExplorerForecastsTests {
    private func forecast(_ answer: String) async throws -> (CostForecast, ScriptedWire) {
        let wire = ScriptedWire([.identity, .json(answer)])
        let forecasts = try services(wire).forecasts
        return (try await forecasts.forecast(from: CalendarDay("2026-03-10")!, to: CalendarDay("2026-04-01")!), wire)
    }

    @Test func `mean and bounds are taken as sent`() async throws {
        let (forecast, wire) = try await forecast(
            #"{"Total":{"Amount":"100.5","Unit":"USD"},"ForecastResultsByTime":[{"TimePeriod":{"Start":"a","End":"b"},"MeanValue":"100.5","PredictionIntervalLowerBound":"90.1","PredictionIntervalUpperBound":"110.9"}]}"#
        )
        #expect(forecast.mean == Money("100.5", .usd))
        #expect(forecast.low == Money("90.1", .usd) && forecast.high == Money("110.9", .usd))
        #expect(
            wire.requests[1].bodyText
                == #"{"Granularity":"MONTHLY","Metric":"NET_UNBLENDED_COST","PredictionIntervalLevel":80,"TimePeriod":{"End":"2026-04-01","Start":"2026-03-10"}}"#
        )
    }

    @Test func `too little history is no data`() async {
        let trouble = await trouble {
            try await services(ScriptedWire([.identity, .refusal("DataUnavailableException")])).forecasts
                .forecast(from: CalendarDay("2026-03-10")!, to: CalendarDay("2026-04-01")!)
        }
        #expect(trouble?.kind == .noData)
        #expect(trouble?.operation == "ce:GetCostForecast")
    }

    @Test func `a forecast without bounds is not made up`() async {
        let trouble = await trouble {
            try await forecast(#"{"Total":{"Amount":"1","Unit":"USD"},"ForecastResultsByTime":[{"MeanValue":"1"}]}"#)
        }
        #expect(trouble?.kind == .inconsistent)
    }
}

@Suite struct BudgetsServiceTests {
    @Test func `monthly cost budgets are read with what narrows them`() async throws {
        let page = #"""
            {"Budgets":[
            {"BudgetName":"b","BudgetType":"COST","TimeUnit":"MONTHLY","BudgetLimit":{"Amount":"100","Unit":"USD"},
             "CostFilters":{"Service":["x"]},"CalculatedSpend":{"ActualSpend":{"Amount":"7.25","Unit":"USD"}},
             "TimePeriod":{"Start":1.5E9}},
            {"BudgetName":"a","BudgetType":"COST","TimeUnit":"MONTHLY","BudgetLimit":{"Amount":"9","Unit":"USD"},"CostFilters":{}},
            {"BudgetName":"e","BudgetType":"COST","TimeUnit":"MONTHLY","BudgetLimit":{"Amount":"9","Unit":"USD"},
             "FilterExpression":{"Dimensions":{"Key":"SERVICE","Values":["x"]}}},
            {"BudgetName":"hours","BudgetType":"USAGE","TimeUnit":"MONTHLY","BudgetLimit":{"Amount":"9","Unit":"Hrs"}},
            {"BudgetName":"year","BudgetType":"COST","TimeUnit":"ANNUALLY","BudgetLimit":{"Amount":"9","Unit":"USD"}}]}
            """#
        let wire = ScriptedWire([.json(#"{"Budgets":[],"NextToken":"t"}"#), .json(page)])
        let listing = try await services(wire).budgets.budgets(of: "111122223333")
        #expect(listing.budgets.map(\.name) == ["a", "b", "e"])
        #expect(listing.budgets.map(\.coversEverything) == [true, false, false])
        #expect(listing.budgets[1].actual == Money("7.25", .usd) && listing.budgets[1].forecast == nil)
        #expect(listing.record.rows == 5 && listing.record.pages.count == 2)
        #expect(wire.requests[1].bodyText == #"{"AccountId":"111122223333","MaxResults":100,"NextToken":"t"}"#)
    }

    @Test func `an account without budgets has an empty listing`() async throws {
        let listing = try await services(ScriptedWire([.json("{}")])).budgets.budgets(of: "111122223333")
        #expect(listing.budgets.isEmpty)
    }
}

@Suite struct InvoicingServiceTests {
    private func invoices(_ step: ScriptedWire.Step) async throws -> (InvoiceListing, ScriptedWire) {
        let wire = ScriptedWire([step])
        return (
            try await services(wire).invoices.invoices(of: "111122223333", in: BillingMonth("2026-02")!), wire
        )
    }

    @Test func `an invoice carries AWS's own rate`() async throws {
        let (listing, wire) = try await invoices(
            .json(
                #"""
                {"InvoiceSummaries":[{"AccountId":"111122223333","InvoiceId":"NZ-1","IssuedDate":1772500000,
                "BaseCurrencyAmount":{"TotalAmount":"100.00","CurrencyCode":"USD"},
                "PaymentCurrencyAmount":{"TotalAmount":"164.50","CurrencyCode":"NZD","CurrencyExchangeDetails":
                {"SourceCurrencyCode":"USD","TargetCurrencyCode":"NZD","Rate":"1.645"}}}]}
                """#))
        let invoice = try #require(listing.invoices.first)
        #expect(invoice.base == Money("100", .usd))
        #expect(invoice.payment == Money("164.5", Currency("NZD")!))
        #expect(invoice.exchangeRate?.rate == "1.645" && invoice.exchangeRate?.kind == "invoice")
        #expect(
            wire.requests[0].bodyText
                == #"{"Filter":{"BillingPeriod":{"Month":2,"Year":2026}},"MaxResults":100,"Selector":{"ResourceType":"ACCOUNT_ID","Value":"111122223333"}}"#
        )
        #expect(wire.requests[0].headers["X-Amz-Target"] == "Invoicing.ListInvoiceSummaries")
        #expect(wire.requests[0].headers["Content-Type"] == "application/x-amz-json-1.0")
    }

    /// Members as the service's model in botocore 1.43 names them.
    @Test func `each tax is an amount rounded to cents, and the words of the invoice are kept`() async throws {
        let breakdown = #"""
            "AmountBreakdown":{"SubTotalAmount":"90.00","Taxes":{"TotalAmount":"10.00","Breakdown":[
            {"Description":"GST","Amount":"6.00","Rate":"15"},{"Description":"VAT","Amount":"4.00","Rate":"4.4"}]}}
            """#
        let (listing, _) = try await invoices(
            .json(
                #"""
                {"InvoiceSummaries":[
                {"AccountId":"1","InvoiceId":"a","InvoiceType":"INVOICE",
                "BaseCurrencyAmount":{"TotalAmount":"100.00","CurrencyCode":"USD",\#(breakdown)},
                "PaymentCurrencyAmount":{"TotalAmount":"100.00","CurrencyCode":"USD"}},
                {"AccountId":"1","InvoiceId":"b","InvoiceType":"CREDIT_MEMO",
                "BaseCurrencyAmount":{"TotalAmount":"5.00","CurrencyCode":"USD","AmountBreakdown":{"Taxes":null}},
                "PaymentCurrencyAmount":{"TotalAmount":"5.00","CurrencyCode":"USD"}}],"NextToken":null}
                """#))
        #expect(listing.invoices.map(\.roundedAmounts) == [3, 1])
        #expect(listing.invoices.map(\.type) == ["INVOICE", "CREDIT_MEMO"])
        // The total has the taxes in it already.
        #expect(listing.invoices.map(\.owed) == ["100", "-5"])
    }

    @Test func `two currencies without a rate are refused`() async {
        let trouble = await trouble {
            try await invoices(
                .json(
                    #"{"InvoiceSummaries":[{"AccountId":"1","InvoiceId":"i","BaseCurrencyAmount":{"TotalAmount":"1","CurrencyCode":"USD"},"PaymentCurrencyAmount":{"TotalAmount":"2","CurrencyCode":"NZD"}}]}"#
                ))
        }
        #expect(trouble?.code == "UnreadableInvoice")
    }

    @Test(arguments: [
        ScriptedWire.Step.refusal("UnknownOperationException", status: 404), .refusal("UnknownOperationException"),
        .json("<html>Not Found</html>", status: 404), .json("", status: 501), .json("<html>hello</html>"), .json("{}"),
    ])
    func `an endpoint without invoices says so`(step: ScriptedWire.Step) async {
        let trouble = await trouble { try await invoices(step) }
        #expect(trouble?.kind == .notOffered)
    }
}

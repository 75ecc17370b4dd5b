import FinOps
import Foundation
import Sandbox
import TestSupport
import Testing

@testable import AWS

/// boto3 reads the same wire; whoever decodes otherwise is wrong.
@Suite(.serialized) struct BotocoreWitnessTests {
    /// Prints what our own values hold, in our words, with every amount as the text that came.
    private static let script = """
        import boto3, datetime, decimal, json, sys
        account, today = sys.argv[2], "2026-03-10"
        def amount(value):
            return [value["Amount"], value["Unit"]]
        accounts = [a for page in boto3.client("organizations").get_paginator("list_accounts").paginate()
            for a in page["Accounts"]]
        budgets = [b for page in boto3.client("budgets").get_paginator("describe_budgets").paginate(AccountId=account)
            for b in page["Budgets"] if b["BudgetType"] == "COST" and b["TimeUnit"] == "MONTHLY"]
        invoices = [i for page in boto3.client("invoicing").get_paginator("list_invoice_summaries").paginate(
            Selector={"ResourceType": "ACCOUNT_ID", "Value": account},
            Filter={"BillingPeriod": {"Month": 2, "Year": 2026}}) for i in page["InvoiceSummaries"]]
        ce, token, costs = boto3.client("ce"), {}, {}
        while True:
            page = ce.get_cost_and_usage(TimePeriod={"Start": "2026-02-01", "End": "2026-03-01"}, Granularity="MONTHLY",
                Metrics=["UnblendedCost", "NetAmortizedCost"], GroupBy=[
                    {"Type": "DIMENSION", "Key": "LINKED_ACCOUNT"}, {"Type": "DIMENSION", "Key": "RECORD_TYPE"}], **token)
            for group in page["ResultsByTime"][0]["Groups"]:
                costs["/".join(group["Keys"])] = [
                    group["Metrics"][metric]["Amount"] for metric in ["UnblendedCost", "NetAmortizedCost"]]
            if not page.get("NextPageToken"):
                break
            token = {"NextPageToken": page["NextPageToken"]}
        print(json.dumps({
            "caller": boto3.client("sts").get_caller_identity()["Arn"],
            "accounts": [[a["Id"], a["Name"], a["State"]] for a in accounts],
            "budgets": [[b["BudgetName"], *amount(b["BudgetLimit"]), *amount(b["CalculatedSpend"]["ActualSpend"])]
                for b in budgets],
            "invoices": [[i["InvoiceId"], i["AccountId"], i["BaseCurrencyAmount"]["TotalAmount"],
                i["PaymentCurrencyAmount"]["TotalAmount"], i["PaymentCurrencyAmount"]["CurrencyCode"],
                i["PaymentCurrencyAmount"]["CurrencyExchangeDetails"]["Rate"]] for i in invoices],
            "costs": costs,
        }))
        """

    private struct Witness: Decodable {
        let caller: String
        let accounts: [[String]]
        let budgets: [[String]]
        let invoices: [[String]]
        let costs: [String: [String]]
    }

    @Test func `boto3 and this client decode the same answers to the same values`() async throws {
        var options = SandboxOptions()
        options.pageSizeGroups = 150
        let sandbox = try await SandboxServer.start(options)
        do {
            try await compare(sandbox)
        } catch {
            await sandbox.stop()
            throw error
        }
        await sandbox.stop()
    }

    private func compare(_ sandbox: SandboxServer) async throws {
        let key = sandbox.credentials.payer
        let environment = [
            "AWS_ENDPOINT_URL": sandbox.url.absoluteString, "AWS_ACCESS_KEY_ID": key.accessKeyID,
            "AWS_SECRET_ACCESS_KEY": key.secretAccessKey,
        ]
        let payer = sandbox.estate.payer.id
        let said = try await PythonProgram.run(Self.script, ["", payer], environment: environment)
        try #require(said.status == 0, "\(said.errors)")
        let witness = try JSONDecoder().decode(Witness.self, from: Data(said.output.utf8))
        let february = BillingMonth("2026-02")!
        try await withHTTP { http in
            let ours = try services(http, environment: environment, clock: RealTimeClock())
            #expect(try await ours.identity.callerIdentity().arn == witness.caller)

            let accounts = try await ours.accounts.accounts().accounts
            #expect(accounts.count == 69)
            #expect(
                accounts.map { [$0.id, $0.name, $0.state.rawValue] } == witness.accounts.sorted { $0[0] < $1[0] })

            let budgets = try await ours.budgets.budgets(of: payer).budgets
            #expect(!budgets.isEmpty)
            #expect(budgets.count == witness.budgets.count)
            for (budget, words) in zip(budgets, witness.budgets.sorted { $0[0] < $1[0] }) {
                #expect(budget.name == words[0])
                #expect(budget.limit == Money(try decimal(words[1]), try currency(words[2])))
                #expect(budget.actual == Money(try decimal(words[3]), try currency(words[4])))
            }

            let invoices = try await ours.invoices.invoices(of: payer, in: february).invoices
            #expect(invoices.count == 2)
            #expect(invoices.count == witness.invoices.count)
            for (invoice, words) in zip(invoices, witness.invoices.sorted { $0[0] < $1[0] }) {
                #expect([invoice.id, invoice.account] == Array(words[0...1]))
                #expect(invoice.base.amount == (try decimal(words[2])))
                #expect(invoice.payment == Money(try decimal(words[3]), try currency(words[4])))
                #expect(invoice.exchangeRate?.rate == (try decimal(words[5])))
            }

            let ledger = try await ours.costs.ledger(
                for: CostQuery(
                    id: "x", firstDay: february.firstDay, endDay: february.firstDayAfter, granularity: .monthly,
                    groupBy: [.account, .recordType]))
            #expect(ledger.record.pages.count > 1)
            #expect(ledger.lines.count == witness.costs.count)
            for line in ledger.lines {
                let amounts = try #require(witness.costs[line.keys.joined(separator: "/")])
                #expect(line.amount(.unblended) == (try decimal(amounts[0])))
                #expect(line.amount(.netAmortized) == (try decimal(amounts[1])))
            }
        }
    }

    private func decimal(_ text: String) throws -> ExactDecimal { try #require(ExactDecimal(text), "\(text)") }
    private func currency(_ code: String) throws -> Currency { try #require(Currency(code), "\(code)") }
}

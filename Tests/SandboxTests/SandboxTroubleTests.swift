import FinOps
import Testing

@testable import Sandbox

@Suite struct SandboxTroubleTests {
    private let target = "AWSInsightsIndexService.GetCostAndUsage"

    private func client(_ troubles: String...) throws -> DeskClient {
        let parsed = try troubles.map { try SandboxTrouble(parsing: $0) }
        return DeskClient(.with { $0.troubles = parsed })
    }

    @Test func `the table describes every kind once`() {
        #expect(Set(SandboxTrouble.table.map(\.kind)) == Set(SandboxTrouble.Kind.allCases))
        #expect(SandboxTrouble.table.count == SandboxTrouble.Kind.allCases.count)
        for line in SandboxTrouble.table { #expect(line.syntax.hasPrefix(line.kind.rawValue)) }
    }

    @Test(arguments: [
        ("throtle=3", "unknown_trouble", "did you mean throttle?"), ("deny", "malformed_trouble", "write deny=SERVICE"),
        ("deny=cf", "unknown_service", "did you mean ce?"),
        ("throttle=0", "malformed_trouble", "write throttle=N[@SERVICE]"),
        ("latency=soon", "malformed_trouble", "write latency=MS"),
        ("account-leaves=1", "malformed_trouble", "write account-leaves"),
        ("discrepancy=1,000", "malformed_trouble", "write discrepancy=AMOUNT[@ACCOUNT]"),
    ])
    func `a misspelt trouble names the remedy`(text: String, code: String, hint: String) {
        #expect {
            try SandboxTrouble(parsing: text)
        } throws: { error in
            let error = error as? InputError
            return error?.code == code && error?.hint == hint
        }
    }

    @Test func `values are read`() throws {
        #expect(try SandboxTrouble(parsing: "throttle=5@ce") == SandboxTrouble(.throttle, service: "ce", number: 5))
        #expect(
            try SandboxTrouble(parsing: "discrepancy=-19000.5@012345678901")
                == SandboxTrouble(.discrepancy, discrepancy: .init(amount: "-19000.5", account: "012345678901")))
    }

    @Test(arguments: [
        ("deny=ce", "AccessDeniedException"), ("unsupported=ce", "UnknownOperationException"),
        ("expired-token", "ExpiredTokenException"), ("expired-token=ce", "ExpiredTokenException"),
        ("server-error=1", "InternalServerException"),
    ])
    func `a trouble refuses in AWS's words and is not billed`(trouble: String, code: String) async throws {
        let client = try client(trouble)
        #expect(await client.costRefusal(CostBody.make()) == code)
        #expect(await client.meter.billedCostExplorerRequests == 0)
    }

    @Test func `a trouble of one service leaves the others alone`() async throws {
        let client = try client("deny=organizations", "truncated=ce")
        #expect(await client.refusal("AWSOrganizationsV20161128.ListAccounts", "{}") == "AccessDeniedException")
        #expect(await client.ask(target, CostBody.make()).isTruncated)
        let budgets = await client.ask(
            "AWSBudgetServiceGateway.DescribeBudgets", #"{"AccountId":"\#(client.estate.payer.id)"}"#)
        #expect(budgets.status == 200 && !budgets.isTruncated)
    }

    @Test func `only the first requests meet a server error`() async throws {
        let client = try client("server-error=2")
        var statuses: [Int] = []
        for _ in 0..<3 { statuses.append(await client.ask(target, CostBody.make()).status) }
        #expect(statuses == [500, 500, 200])
    }

    @Test func `requests beyond the rate are refused with Cost Explorer's own code`() async throws {
        let client = try client("throttle=2@ce")
        // All at once, so that they fall into one second however slow the machine is.
        let codes = await withTaskGroup(of: String?.self) { group in
            for _ in 0..<8 { group.addTask { await client.refusal("AWSInsightsIndexService.Unknown", "{}") } }
            return await group.reduce(into: [String?]()) { $0.append($1) }
        }
        #expect(codes.contains("LimitExceededException"))
        #expect(codes.count { $0 == "UnknownOperationException" } >= 2)
    }

    @Test func `bodies are spoilt as named`() async throws {
        #expect(try await client("empty-200").ask(target, CostBody.make()).body.isEmpty)
        #expect(try await client("html-200").ask(target, CostBody.make()).contentType == "text/html")
        let malformed = try await client("malformed").ask(target, CostBody.make())
        #expect(malformed.status == 200)
        #expect(throws: JSONParser.Malformed.self) { try JSONValue(parsing: malformed.body) }
    }

    @Test func `an account leaves after the first page`() async throws {
        let client = try client("account-leaves")
        var ids: [String] = []
        var body = "{}"
        while true {
            let page = try await client.value("AWSOrganizationsV20161128.ListAccounts", body)
            ids += (page["Accounts"]?.elements ?? []).compactMap { $0["Id"]?.text }
            guard let token = page["NextToken"]?.text else { break }
            body = #"{"NextToken":"\#(token)"}"#
        }
        #expect(ids.count == 68)
        #expect(!ids.contains(client.estate.accounts[66].id))
    }

    @Test func `refreshed data break the control identity`() async throws {
        let client = try client("data-refreshed")
        let before = try await client.costs(CostBody.make(groupBy: ["LINKED_ACCOUNT", "RECORD_TYPE"]))
        let after = try await client.costs(CostBody.make())
        #expect(after.sum("UnblendedCost") - before.sum("UnblendedCost") == "37.21")
    }

    @Test func `a discrepancy shows in answers by service alone`() async throws {
        let plain = DeskClient()
        let account = plain.estate.accounts[12].id
        let client = try client("discrepancy=19000.25@\(account)")
        let byService = CostBody.make(groupBy: ["LINKED_ACCOUNT", "SERVICE"], filter: CostBody.withoutDiscount)
        let (before, after) = (try await plain.costs(byService), try await client.costs(byService))
        let (old, new) = (before.sums("UnblendedCost", by: 0), after.sums("UnblendedCost", by: 0))
        #expect(new.filter { $0.value != old[$0.key] }.keys.sorted() == [account])
        #expect(after.sum("UnblendedCost") - before.sum("UnblendedCost") == "19000.25")
        let byType = CostBody.make(groupBy: ["LINKED_ACCOUNT", "RECORD_TYPE"])
        #expect(await plain.ask(target, byType).body == client.ask(target, byType).body)
    }
}

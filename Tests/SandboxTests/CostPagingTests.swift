import FinOps
import Testing

@testable import Sandbox

@Suite struct CostPagingTests {
    private let body = CostBody.make(groupBy: ["LINKED_ACCOUNT", "RECORD_TYPE"])
    private let target = "AWSInsightsIndexService.GetCostAndUsage"

    private func withToken(_ token: String, _ body: String) -> String {
        "{\"NextPageToken\":\"\(token)\"," + body.dropFirst()
    }

    @Test(arguments: [13, 50, 1000])
    func `pages of any size hold the same groups once`(size: Int) async throws {
        let whole = try await DeskClient().costs(body)
        let client = DeskClient(.with { $0.pageSizeGroups = size })
        var seen: [[String]] = []
        var request = body
        var pages = 0
        while true {
            let page = try await client.value(target, request)
            pages += 1
            let groups = try CostResult.read(page)
            #expect(groups.count <= size)
            seen += groups.map(\.keys)
            guard let token = page["NextPageToken"]?.text else { break }
            request = withToken(token, body)
        }
        #expect(seen == whole.map(\.keys))
        #expect(pages == (whole.count + size - 1) / size)
        #expect(await client.meter.billedCostExplorerRequests == pages)
    }

    @Test func `a period is split over two pages`() async throws {
        let twoMonths = CostBody.make(
            #""TimePeriod":{"Start":"2026-01-01","End":"2026-03-01"},"Granularity":"MONTHLY""#,
            groupBy: ["LINKED_ACCOUNT", "RECORD_TYPE"])
        let client = DeskClient(.with { $0.pageSizeGroups = 100 })
        let first = try await client.value(target, twoMonths)
        let token = try #require(first["NextPageToken"]?.text)
        let second = try await client.value(target, withToken(token, twoMonths))
        func starts(_ page: JSONValue) -> [String] {
            (page["ResultsByTime"]?.elements ?? []).compactMap { $0["TimePeriod"]?["Start"]?.text }
        }
        #expect(starts(first).last == starts(second).first)
    }

    @Test func `a token serves the request it was issued for and no other`() async throws {
        let client = DeskClient(.with { $0.pageSizeGroups = 10 })
        let token = try #require(try await client.value(target, body)["NextPageToken"]?.text)
        let other = CostBody.make(groupBy: ["LINKED_ACCOUNT", "SERVICE"])
        #expect(await client.costRefusal(withToken(token, other)) == "RequestChangedException")
        #expect(await client.costRefusal(withToken(token, body), as: .member) == "RequestChangedException")
        #expect(await client.costRefusal(withToken(String(token.dropLast(4)), body)) == "InvalidNextTokenException")
        #expect(await client.costRefusal(withToken("made up", body)) == "InvalidNextTokenException")
        #expect(await client.costRefusal(withToken(token, body)) == nil)
    }

    @Test func `the same request is answered with the same bytes by another server`() async {
        let first = await DeskClient().ask(target, body)
        let second = await DeskClient().ask(target, body)
        #expect(first.body == second.body)
        #expect(first.body.count > 10_000)
    }

    @Test func `ListAccounts has an empty page that carries a token`() async throws {
        let client = DeskClient()
        var sizes: [Int] = []
        var body = "{}"
        while true {
            let page = try await client.value("AWSOrganizationsV20161128.ListAccounts", body)
            sizes.append(page["Accounts"]?.elements?.count ?? -1)
            guard let token = page["NextToken"]?.text else { break }
            body = #"{"NextToken":"\#(token)"}"#
        }
        #expect(sizes == [20, 20, 0, 20, 9])
    }
}

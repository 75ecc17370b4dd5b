import FinOps
import Foundation
import Testing

@testable import Sandbox

/// Every planted truth can be seen in the answers, and nothing else looks like one.
@Suite struct PlantedTruthTests {
    let client = DeskClient()
    var truths: PlantedTruths { client.estate.truths }
    private let twoMonths = #""TimePeriod":{"Start":"2026-01-01","End":"2026-03-01"},"Granularity":"MONTHLY""#

    private func accounts() async throws -> [JSONValue] {
        var accounts: [JSONValue] = []
        var body = "{}"
        while true {
            let page = try await client.value("AWSOrganizationsV20161128.ListAccounts", body)
            accounts += page["Accounts"]?.elements ?? []
            guard let token = page["NextToken"]?.text else { return accounts }
            body = #"{"NextToken":"\#(token)"}"#
        }
    }

    @Test func `the departed account costs money and is not listed`() async throws {
        let costs = try await client.costs(CostBody.make(groupBy: ["LINKED_ACCOUNT"]))
        let listed = Set(try await accounts().compactMap { $0["Id"]?.text })
        let unlisted = Set(costs.map { $0.keys[0] }).subtracting(listed)
        #expect(unlisted == [truths.departedAccount])
        #expect(costs.contains { $0.keys[0] == truths.chargedSuspendedAccount && $0.sum > .zero })
    }

    @Test func `three active accounts and one suspended have no cost`() async throws {
        let charged = Set(try await client.costs(CostBody.make(groupBy: ["LINKED_ACCOUNT"])).map { $0.keys[0] })
        let listed = try await accounts().compactMap { $0["Id"]?.text }
        let silent = listed.filter { !charged.contains($0) }.sorted()
        #expect(silent == truths.accountsWithoutCost)
        #expect(silent.count == 4)
    }

    @Test func `one account alone has a negative month`() async throws {
        let costs = try await client.costs(CostBody.make(groupBy: ["LINKED_ACCOUNT"]))
        #expect(costs.filter { $0.sum < .zero }.map { $0.keys[0] } == [truths.negativeAccount])
    }

    @Test func `one service is new and one has vanished`() async throws {
        let costs = try await client.costs(CostBody.make(twoMonths, groupBy: ["LINKED_ACCOUNT", "SERVICE"]))
        func services(_ start: String) -> Set<[String]> { Set(costs.filter { $0.start == start }.map(\.keys)) }
        let (january, february) = (services("2026-01-01"), services("2026-02-01"))
        let names = { (keys: Set<[String]>) in Set(keys.map { $0[1] }) }
        #expect(names(february).subtracting(names(january)) == [truths.newService.name])
        #expect(names(january).subtracting(names(february)) == [truths.vanishedService.name])
        #expect(february.contains([truths.newService.account, truths.newService.name]))
        #expect(january.contains([truths.vanishedService.account, truths.vanishedService.name]))
    }

    @Test func `the anomalies stand out on their days`() async throws {
        let daily = #""TimePeriod":{"Start":"2026-02-01","End":"2026-03-01"},"Granularity":"DAILY""#
        #expect(truths.anomalies.count == 3)
        for anomaly in truths.anomalies {
            let filter =
                #"{"And":[{"Dimensions":{"Key":"LINKED_ACCOUNT","Values":["\#(anomaly.account)"]}},"#
                + #"{"Dimensions":{"Key":"SERVICE","Values":["\#(anomaly.service)"]}}]}"#
            let days = try await client.costs(CostBody.make(daily, filter: filter))
            let onDays = days.filter { (anomaly.firstDay.description...anomaly.lastDay.description).contains($0.start) }
            let others = days.filter { day in !onDays.contains { $0.start == day.start } }
            let quietest = try #require(onDays.map(\.sum).min())
            let loudest = try #require(others.map(\.sum).max())
            #expect(quietest > loudest, "\(anomaly.service)")
        }
    }

    @Test func `idle resources are part of their account's bill`() async throws {
        let costs = try await client.costs(
            CostBody.make(groupBy: ["LINKED_ACCOUNT", "SERVICE"], filter: CostBody.withoutDiscount))
        for idle in truths.idleResources {
            let bill = costs.first { $0.keys == [idle.account, idle.service] }
            #expect(bill.map { $0.sum >= idle.monthlyCost } == true, "\(idle.resource)")
        }
    }

    @Test func `account names that break careless renderers are among the accounts`() async throws {
        let names = try await accounts().compactMap { $0["Name"]?.text }.joined(separator: "\n")
        for awkward in ["&", "\"", "<", "'", "ā", "🚀", ",", "|", "%", "="] { #expect(names.contains(awkward)) }
        #expect(client.estate.accounts.contains { $0.id.hasPrefix("0") })
    }

    @Test func `units are nested four deep and every listed account hangs in the tree`() async throws {
        var found: [String] = []
        var deepest = 0
        var queue = [(OrganizationalUnit.rootID, 0)]
        while let (parent, depth) = queue.popLast() {
            deepest = max(deepest, depth)
            let body = #"{"ParentId":"\#(parent)"}"#
            let units = try await client.value("AWSOrganizationsV20161128.ListOrganizationalUnitsForParent", body)
            queue += (units["OrganizationalUnits"]?.elements ?? []).compactMap { $0["Id"]?.text }.map {
                ($0, depth + 1)
            }
            let members = try await client.value("AWSOrganizationsV20161128.ListAccountsForParent", body)
            found += (members["Accounts"]?.elements ?? []).compactMap { $0["Id"]?.text }
            #expect(members["NextToken"] == nil)
        }
        #expect(deepest == 4)
        #expect(try await found.sorted() == accounts().compactMap { $0["Id"]?.text }.sorted())
    }
}

extension CostResult {
    fileprivate var sum: ExactDecimal { amounts["UnblendedCost"] ?? .zero }
}

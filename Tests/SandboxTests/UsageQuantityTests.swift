import FinOps
import Testing

@testable import Sandbox

/// The question by service and usage type tells of the same money as all others, and of quantities in units.
@Suite struct UsageQuantityTests {
    let client = DeskClient()

    private func ask(_ groupBy: [String]) async throws -> [JSONValue] {
        let groups = groupBy.map { #"{"Type":"DIMENSION","Key":"\#($0)"}"# }.joined(separator: ",")
        let page = try await client.value(
            "AWSInsightsIndexService.GetCostAndUsage",
            #"""
            {"TimePeriod":{"Start":"2026-01-01","End":"2026-03-01"},"Granularity":"MONTHLY","GroupBy":[\#(groups)],
            "Metrics":["UnblendedCost","UsageQuantity"],
            "Filter":{"Dimensions":{"Key":"RECORD_TYPE","Values":["Usage","SavingsPlanCoveredUsage"]}}}
            """#)
        #expect(page["NextPageToken"] == nil)
        return (page["ResultsByTime"]?.elements ?? []).flatMap { period in
            (period["Groups"]?.elements ?? []).map { group -> JSONValue in
                [
                    "start": period["TimePeriod"]?["Start"] ?? .null, "keys": group["Keys"] ?? .null,
                    "metrics": group["Metrics"] ?? .null,
                ]
            }
        }
    }

    private func sums(_ lines: [JSONValue], service index: Int) throws -> [[String]: ExactDecimal] {
        try lines.reduce(into: [:]) { sums, line in
            let key = [line["start"]?.text ?? "", line["keys"]?.elements?[index].text ?? ""]
            let text = try #require(line["metrics"]?["UnblendedCost"]?["Amount"]?.text)
            sums[key, default: .zero] += try #require(ExactDecimal(text))
        }
    }

    @Test func `services cost the same by usage type as by account`() async throws {
        let byType = try sums(try await ask(["SERVICE", "USAGE_TYPE"]), service: 0)
        let byAccount = try sums(try await ask(["LINKED_ACCOUNT", "SERVICE"]), service: 1)
        #expect(byType == byAccount && byType.count > 40)
    }

    @Test func `a usage type has its unit, a service of many has none, and one type has none either`() async throws {
        func units(_ lines: [JSONValue]) -> Set<String> {
            Set(lines.compactMap { $0["metrics"]?["UsageQuantity"]?["Unit"]?.text })
        }
        #expect(units(try await ask(["SERVICE"])) == ["N/A"])
        let lines = try await ask(["SERVICE", "USAGE_TYPE"])
        #expect(units(lines).isSuperset(of: ["Hrs", "GB-Mo", "Requests"]))
        let unitless = lines.filter { $0["metrics"]?["UsageQuantity"]?["Unit"] == "N/A" }
        #expect(Set(unitless.compactMap { $0["keys"]?.elements?[0].text }) == ["AWS Config"])
    }

    @Test func `one list price rose with the month, and no other changed`() async throws {
        let truth = client.estate.truths.dearerUsageType
        var prices: [String: [String: ExactDecimal]] = [:]
        for line in try await ask(["SERVICE", "USAGE_TYPE"]) {
            func amount(_ metric: String) throws -> ExactDecimal {
                try #require(line["metrics"]?[metric]?["Amount"]?.text.flatMap { ExactDecimal($0) })
            }
            let price = try amount("UnblendedCost").divided(by: amount("UsageQuantity"), fractionDigits: 4)
            prices[line["keys"]?.elements?[1].text ?? "", default: [:]][line["start"]?.text ?? ""] = price
        }
        let changed = prices.filter { $0.value.count == 2 && Set($0.value.values).count == 2 }
        #expect(!changed.isEmpty && changed.keys.allSatisfy { $0.hasSuffix(truth.name) })
        for price in changed.values {
            #expect(price["2026-01-01"] == truth.before && price["2026-02-01"] == truth.after)
        }
    }
}

import FinOps
import Foundation
import HTTP
import Testing

@testable import AWS

@Suite struct UsageReaderTests {
    private static let query = CostQuery(
        id: "usage", firstDay: CalendarDay("2026-02-01")!, endDay: CalendarDay("2026-03-01")!, granularity: .monthly,
        groupBy: [.service, .usageType], onlyRecordTypes: RecordClass.listPricedSpellings)

    private func ask(_ pages: [String]) async throws -> (UsageListing, ScriptedWire) {
        let wire = ScriptedWire([.identity] + pages.map { .json($0) })
        return (try await services(wire).insights.usage(for: Self.query), wire)
    }

    private func group(_ usageType: String, _ amount: String, _ quantity: String?) -> String {
        let metric = quantity.map { #","UsageQuantity":\#($0)"# } ?? ""
        return #"{"Keys":["EC2","\#(usageType)"],"Metrics":{\#(CostJSON.amounts(amount))\#(metric)}}"#
    }

    private func page(_ groups: [String], token: String? = nil) -> String {
        let next = token.map { #","NextPageToken":"\#($0)""# } ?? ""
        return #"{"ResultsByTime":[\#(CostJSON.february(groups))]\#(next)}"#
    }

    @Test func `each line has its quantity, over all pages, and none has a unit where AWS gives none`() async throws {
        let (listing, wire) = try await ask([
            page([group("Box", "7.2", #"{"Amount":"672.0","Unit":"Hrs"}"#)], token: "t"),
            page([
                group("Bytes", "1", #"{"Amount":"0.12345678901234567","Unit":"GB"}"#),
                group("Mixed", "2", #"{"Amount":"3E-2","Unit":"N/A"}"#),
            ]),
        ])
        #expect(listing.costs.lines.map { $0.keys[1] } == ["Box", "Bytes", "Mixed"])
        #expect(
            listing.quantities == [
                UsageQuantity("672", "Hrs"), UsageQuantity("0.123456789012", "GB"), UsageQuantity("0.03", nil),
            ])
        let body = wire.requests[1].bodyText
        #expect(body.contains(#""BlendedCost","UsageQuantity"]"#))
        #expect(body.contains(#""Values":["Usage","SavingsPlanCoveredUsage"]"#))
        let kept = try JSONDecoder().decode(UsageListing.self, from: JSONEncoder().encode(listing))
        #expect(kept == listing)
    }

    @Test(arguments: [
        (nil, "MissingMetric"), (#"{"Amount":"much","Unit":"Hrs"}"#, "UnreadableAmount"),
        (#"{"Amount":"1.0000000000000x","Unit":"Hrs"}"#, "UnreadableAmount"),
    ])
    func `a line without a number is refused`(quantity: String?, code: String) async {
        let trouble = await trouble { try await ask([page([group("Box", "7.2", quantity)])]) }
        #expect(trouble?.code == code)
    }

    @Test func `two quantities for one line are refused`() async {
        let (one, two) = (#"{"Amount":"1","Unit":"Hrs"}"#, #"{"Amount":"2","Unit":"Hrs"}"#)
        let trouble = await trouble { try await ask([page([group("Box", "7", one), group("Box", "7", two)])]) }
        #expect(trouble?.code == "ContradictingLines")
    }
}

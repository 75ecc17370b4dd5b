import FinOps
import Foundation
import Testing

@testable import AWS

@Suite("What a budget counts") struct BudgetCostTypesTests {
    private func basis(_ types: String?, metrics: [String]? = nil) throws -> BudgetBasis? {
        let types = try types.map { try JSONDecoder().decode(BudgetCostTypes.self, from: Data($0.utf8)) }
        return BudgetBasis(types, metrics: metrics)
    }

    /// As `budgets:DescribeBudgets` sends them for a budget nobody has changed.
    private static let untouched = #"""
        {"IncludeTax":true,"IncludeSubscription":true,"UseBlended":false,"IncludeRefund":true,"IncludeCredit":true,
        "IncludeUpfront":true,"IncludeRecurring":true,"IncludeOtherSubscription":true,"IncludeSupport":true,
        "IncludeDiscount":true,"UseAmortized":false}
        """#

    @Test(arguments: [untouched, "{}"])
    func `an untouched budget counts everything, unblended`(types: String) throws {
        let basis = try #require(try basis(types))
        #expect(basis.metric == .unblended)
        #expect(basis.exclusions.isEmpty && basis.unclearExclusions.isEmpty)
    }

    @Test(arguments: [
        (#"{"UseBlended":true}"#, CostMetric.blended), (#"{"UseAmortized":true}"#, .amortized),
        (#"{"UseAmortized":false,"UseBlended":false}"#, .unblended),
    ])
    func `two flags say by which metric it counts`(types: String, metric: CostMetric) throws {
        #expect(try basis(types)?.metric == metric)
    }

    @Test(arguments: [
        ("IncludeTax", [RecordClass.tax]), ("IncludeSupport", [.support]), ("IncludeCredit", [.credit]),
        ("IncludeRefund", [.refund]), ("IncludeDiscount", RecordClass.allCases.filter(\.isDiscount)),
    ])
    func `a flag that is false leaves its class of charges out`(flag: String, classes: [RecordClass]) throws {
        let basis = try #require(try basis(#"{"\#(flag)":false}"#))
        #expect(basis.exclusions == [.init(flag: flag, classes: classes)])
        #expect(!classes.isEmpty && basis.unclearExclusions.isEmpty)
    }

    @Test(arguments: ["IncludeSubscription", "IncludeUpfront", "IncludeRecurring", "IncludeOtherSubscription"])
    func `what leaves out a part of the commitment fees is named as unclear`(flag: String) throws {
        let basis = try #require(try basis(#"{"\#(flag)":false}"#))
        #expect(basis.exclusions.isEmpty)
        #expect(basis.unclearExclusions == [flag])
    }

    @Test func `the newer list of metrics counts before the flags`() throws {
        let basis = try #require(try basis(#"{"UseBlended":true,"IncludeTax":false}"#, metrics: ["NetUnblendedCost"]))
        #expect(basis.metric == .netUnblended)
        #expect(basis.exclusions.map(\.flag) == ["IncludeTax"])
        #expect(try self.basis(nil, metrics: ["AmortizedCost"])?.metric == .amortized)
    }

    @Test(arguments: [["UnblendedCost", "BlendedCost"], ["Hours"]])
    func `several metrics, or one nobody knows, are no basis`(metrics: [String]) throws {
        #expect(try basis(Self.untouched, metrics: metrics) == nil)
    }

    @Test func `a budget that says nothing of what it counts has no basis`() throws {
        #expect(try basis(nil) == nil)
        #expect(try basis(nil, metrics: []) == nil)
    }
}

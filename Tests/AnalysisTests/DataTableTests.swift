import FinOps
import Foundation
import Testing

@testable import Analysis

@Suite struct `Tables of a user's own figures` {
    private func table(_ text: String) throws -> DataTable { try DataTable(Data(text.utf8), file: "costs") }

    private func complaint(_ text: String, _ read: (DataTable) throws -> Void = { _ in }) throws -> String {
        try #require(#expect(throws: InputError.self) { try read(table(text)) }).summary
    }

    @Test func `comma-separated text and JSON say the same`() throws {
        let text = "date,amount,series\n2026-02-01,1.10,EC2\n2026-02-02,-0.5,EC2\n"
        let json =
            #"[{"date":"2026-02-01","amount":1.10,"series":"EC2"},"#
            + #"{"date":"2026-02-02","amount":"-0.5","series":"EC2"}]"#
        let expected = [DailySeries(name: "EC2", firstDay: CalendarDay("2026-02-01")!, amounts: [1.1, -0.5])]
        #expect(try table(text).dailySeries() == expected)
        #expect(try table(json).dailySeries() == expected)
        #expect(try table("{\"rows\": \(json)}").dailySeries() == expected)
    }

    @Test func `a number in JSON never passes through a binary float`() throws {
        let table = try table(#"[{"month":"2026-01","amount":100000000000000.000000000001}]"#)
        #expect(try table.amount("amount", table.rows[0]) == "100000000000000.000000000001")
    }

    @Test func `series are told apart and ordered by name`() throws {
        let series = try table("month,amount,series\n2026-01,1,b\n2026-01,2,a\n2026-02,3,a\n").monthlySeries()
        #expect(series.map(\.name) == ["a", "b"])
        #expect(series[0].amounts == ["2", "3"])
    }

    @Test(arguments: [
        ("", "costs is empty"),
        ("date,amount\n", "costs holds no rows"),
        ("date,date\n1,2\n", "costs line 1: two columns are called `date`"),
        ("date,amount\n2026-02-01\n", "costs line 2: 1 cells under 2 columns"),
        ("date,amount\n2026-02-01,\"1\n", "costs line 2: a quote is never closed"),
        ("[{\"date\": [1]}]", "costs is not an array of flat JSON objects: row 1, date"),
        ("[1]", "costs is not an array of flat JSON objects: row 1"),
        ("{}", "costs holds no rows"),
    ])
    func `what is no table is refused with its place`(text: String, sentence: String) throws {
        #expect(try complaint(text) == sentence)
    }

    @Test(arguments: [
        ("day,amount\n2026-02-01,1\n", "costs has no column `date`"),
        ("date,amount\n2026-02-30,1\n", "costs line 2: date `2026-02-30` is not a day such as 2026-02-28"),
        ("date,amount\n2026-02-01,1.2.3\n", "costs line 2: amount `1.2.3` is not an amount such as -12.34"),
        ("date,amount\n2026-02-01,\n", "costs line 2: amount `` is not an amount such as -12.34"),
        ("date,amount\n2026-02-01,1\n2026-02-01,2\n", "costs line 3: a second amount for 2026-02-01"),
        ("date,amount\n2026-02-01,1\n2026-02-03,2\n", "costs has no row for 2026-02-02"),
        (
            "date,amount,series\n2026-02-01,1,x\n2026-02-03,2,x\n",
            "costs has no row for 2026-02-02 of series `x`"
        ),
    ])
    func `neither zero nor a sum is guessed for a series`(text: String, sentence: String) throws {
        #expect(try complaint(text) { _ = try $0.dailySeries() } == sentence)
    }

    @Test func `every other column is a dimension of a change`() throws {
        let (dimensions, leaves) = try table("account,service,before,after\na,s,1,2\n").leaves()
        #expect(dimensions == ["account", "service"])
        #expect(leaves == [RippleSearch.Leaf(values: ["a", "s"], before: "1", after: "2")])
        #expect(try complaint("before,after\n1,2\n") { _ = try $0.leaves() }.contains("no dimension"))
    }

    @Test func `pairs of columns are factors, and a bar's empty factors are one`() throws {
        let (factors, items) = try table(
            "item,bar,days_before,days_after,price_before,price_after\nEC2,,28,31,2,3\nGST,tax,,,10,12\n"
        ).bridgeItems()
        #expect(factors == ["days", "price"])
        #expect(items[0] == FactorBridge.Item(name: "EC2", before: ["28", "2"], after: ["31", "3"]))
        #expect(items[1] == FactorBridge.Item(name: "GST", before: ["1", "10"], after: ["1", "12"], ownBar: "tax"))
    }

    @Test(arguments: [
        ("item\nEC2\n", "costs has no factor"),
        ("item,days_before\nEC2,1\n", "costs has no column `days_after`"),
        ("item,days_before,days_after,colour\nEC2,1,2,red\n", "costs has a column `colour`"),
        ("item,days_before,days_after\nEC2,,2\n", "costs line 2: days_before `` is not an amount such as -12.34"),
    ])
    func `a bridge without whole factors is refused`(text: String, sentence: String) throws {
        #expect(try complaint(text) { _ = try $0.bridgeItems() }.hasPrefix(sentence))
    }
}

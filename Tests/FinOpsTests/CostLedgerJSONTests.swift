import FinOps
import Foundation
import TestSupport
import Testing

@Suite struct `Cost ledgers as JSON` {
    private func ledger(_ lines: [CostLine]) -> CostLedger {
        SampleLedger.ledger(
            SampleLedger.query("L1", groupBy: [.account, .service]), lines,
            estimatedPeriods: [CalendarDay("2026-02-01")!])
    }

    private func members(_ ledger: CostLedger) throws -> [String: Any] {
        try #require(JSONSerialization.jsonObject(with: JSONText.line(ledger)) as? [String: Any])
    }

    @Test func `lines are comma-separated rows under the names of their columns`() throws {
        let members = try members(ledger([SampleLedger.line(["111111111111", "Amazon EC2"], "-0.05")]))
        #expect(
            members["columns"] as? String
                == "day,linked_account,service,unblended,net-unblended,amortized,net-amortized,blended")
        #expect(
            members["rows"] as? [String] == ["2026-02-01,111111111111,Amazon EC2,-0.05,-0.05,-0.05,-0.05,-0.05"])
    }

    @Test func `what a metric does not say stays unknown`() throws {
        let partial = ledger([SampleLedger.line(["111111111111", "Tax"], [.unblended: "1", .blended: "0"])])
        #expect(try members(partial)["rows"] as? [String] == ["2026-02-01,111111111111,Tax,1,,,,0"])
        #expect(try JSONText.decode(CostLedger.self, from: JSONText.line(partial)) == partial)
    }

    @Test(arguments: ["a, b", "the \"blue\" one", "two\nlines", "", " ", "Tāmaki", "\r\n", "\""])
    func `any service name comes back as it went`(name: String) throws {
        let written = ledger([
            SampleLedger.line(["111111111111", name], "1.000000000001"), SampleLedger.line(["", name], "0"),
        ])
        #expect(try JSONText.decode(CostLedger.self, from: JSONText.line(written)) == written)
    }

    @Test(arguments: ["2026-02-01,1,S,1,1,1,1", "2026-02-30,1,S,1,1,1,1,1", "2026-02-01,1,S,1,1,x,1,1", "", "\"open"])
    func `a row that is not a cost line is refused, by its number`(row: String) throws {
        let text = String(decoding: try JSONText.line(ledger([SampleLedger.line(["1", "S"], "1")])), as: UTF8.self)
        let escaped = row.replacing("\"", with: "\\\"")
        let broken = text.replacing("2026-02-01,1,S,1,1,1,1,1", with: escaped)
        #expect(broken != text)
        let error = #expect(throws: DecodingError.self) {
            try JSONText.decode(CostLedger.self, from: Data(broken.utf8))
        }
        #expect("\(error as Any)".contains("row 1"))
    }
}

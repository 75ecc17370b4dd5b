import Evidence
import FinOps
import Pipeline
import Simulation
import TestSupport
import Testing

/// The scripted month is 100,000.00 USD.
@Suite struct `Sources outside Cost Explorer, in a whole run` {
    private func invoice(_ amount: ExactDecimal) -> Observation<[Invoice]> {
        .known([
            Invoice(
                id: "A", account: "111111111111", base: Money(amount, .usd), payment: Money(amount, .usd),
                exchangeRate: nil, type: "INVOICE", roundedAmounts: 1)
        ])
    }

    @Test func `invoices that agree confirm the month and are in the statement`() async throws {
        let workshop = try Workshop()
        workshop.cloud.invoices = invoice("100000")
        let end = try await workshop.start()
        let gate = try #require(end.result.gates.first { $0.id == .g4 })
        #expect(gate.verdict == .passed)
        #expect(gate.reasons.last?.hasPrefix("L3i confirms L3") == true)
        #expect(end.result.deliverables.filter { $0.hasPrefix("reports/reconciliation.") }.count == 3)
    }

    @Test func `settled invoices that differ stop the month before any report`() async throws {
        let workshop = try Workshop()
        workshop.cloud.invoices = invoice("90000")
        let end = try await workshop.start()
        #expect(end.result.exitStatus == 14)
        #expect(end.result.totals == nil && end.result.deliverables.isEmpty)
        #expect(end.stop?.reasons.first?.hasPrefix("L3i differs from L3 by 10000.00 USD (10.00 % of L3)") == true)
    }

    @Test func `a member account learns who pays, and its month is not held against invoices`() async throws {
        let workshop = try Workshop()
        workshop.cloud.directory = .unknown(ScriptedCloud.denied)
        workshop.cloud.managementAccount = .known("999999999999")
        workshop.cloud.invoices = invoice("1")
        let end = try await workshop.start()
        let gate = try #require(end.result.gates.first { $0.id == .g4 })
        #expect(end.result.accounts?.scope == .singleAccount)
        #expect(gate.verdict == .passed)
        #expect(gate.reasons.last?.contains("L3i: it speaks for the whole bill") == true)
    }
}

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

    private func request(_ reread: MemberReread? = nil, tags: [String]? = nil) -> RunRequest {
        let sample = SampleMonth.request()
        return RunRequest(
            month: sample.month, project: sample.project, scope: sample.scope, profile: sample.profile,
            personas: sample.personas, requestedBy: sample.requestedBy, isSample: false, today: sample.today,
            memberReread: reread, requiredAccountTags: tags)
    }

    private func run(_ workshop: Workshop, _ request: RunRequest) async throws -> RunEnd {
        try await workshop.engine().start(
            RunOrder(
                request: request, policy: workshop.policy, acceptanceCriteria: ["The total matches L3 to the cent"],
                restates: false))
    }

    @Test func `a member's own view costs a request, and agrees`() async throws {
        let workshop = try Workshop()
        let end = try await run(workshop, request(MemberReread(role: "Reader", accounts: 2)))
        #expect(end.result.status == .complete)
        // The caller is the payer, so one member is left.
        #expect(workshop.cloud.paidRequests == 4)
        let gate = try #require(end.result.gates.first { $0.id == .g4 })
        #expect(gate.verdict == .passed)
        #expect(gate.reasons.contains { $0.hasPrefix("L1d.222222222222 confirms L3 within rounding") })
    }

    @Test func `a discount hidden from members explains the difference`() async throws {
        let workshop = try Workshop()
        workshop.cloud.hiddenFromMembers = ["Solution Provider Program Discount"]
        let end = try await run(workshop, request(MemberReread(role: "Reader", accounts: 1)))
        let gate = try #require(end.result.gates.first { $0.id == .g4 })
        #expect(gate.verdict == .passed)
        #expect(gate.reasons.contains { $0.hasPrefix("L1d.222222222222 confirms L3 after spp") })
    }

    @Test func `usage that a member is not shown is advice, and stops nothing`() async throws {
        let workshop = try Workshop()
        workshop.cloud.hiddenFromMembers = ["Usage"]
        let end = try await run(workshop, request(MemberReread(role: "Reader", accounts: 1)))
        let gate = try #require(end.result.gates.first { $0.id == .g4 })
        #expect(gate.verdict == .advised)
        #expect(gate.reasons.first?.hasPrefix("L1d.222222222222 differs from L3 by 35310.00 USD") == true)
        #expect(end.result.status == .complete)
    }

    @Test func `pro-forma figures are never a month`() async throws {
        let workshop = try Workshop()
        workshop.cloud.billingViews = .known([
            BillingView(arn: "arn:aws:billing::5:billingview/group", type: "BILLING_GROUP", owner: "555555555555")
        ])
        let end = try await workshop.start()
        let gate = try #require(end.result.gates.first { $0.id == .g4 })
        #expect(gate.verdict == .undetermined)
        #expect(gate.reasons.first?.contains("pro-forma figures of AWS Billing Conductor") == true)
        #expect(end.result.totals == nil && end.result.deliverables.isEmpty)
    }

    @Test(arguments: [(nil, "2 accounts"), (["Owner"], "The organisation was read only in part")])
    func `tags are asked only when some are required, and their trouble is told`(
        required: [String]?, reason: String
    ) async throws {
        let workshop = try Workshop()
        workshop.cloud.tags = ["111111111111": ["Owner": "ann", "Salary": "1"]]
        let end = try await run(workshop, request(tags: required))
        let gate = try #require(end.result.gates.first { $0.id == .g3 })
        #expect(gate.reasons.first?.hasPrefix(reason) == true)
        #expect(end.result.status == .complete)
    }
}

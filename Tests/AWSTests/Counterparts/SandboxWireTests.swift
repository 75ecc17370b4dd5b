import FinOps
import Foundation
import Sandbox
import Testing

@testable import AWS

/// The whole client against the sample estate over HTTP, signatures checked.
@Suite struct SandboxWireTests {
    private func withSandbox<Value>(
        _ shape: (inout SandboxOptions) -> Void = { _ in }, key: (SandboxCredentials) -> SandboxKey = { $0.payer },
        _ body: (AWSServices, SandboxServer) async throws -> Value
    ) async throws -> Value {
        var options = SandboxOptions()
        shape(&options)
        let sandbox = try await SandboxServer.start(options)
        let key = key(sandbox.credentials)
        var environment = [
            "AWS_ENDPOINT_URL": sandbox.url.absoluteString, "AWS_ACCESS_KEY_ID": key.accessKeyID,
            "AWS_SECRET_ACCESS_KEY": key.secretAccessKey,
        ]
        environment["AWS_SESSION_TOKEN"] = key.sessionToken
        let outcome: Result<Value, any Error>
        do {
            outcome = .success(
                try await withHTTP { http in
                    try await body(services(http, environment: environment, clock: RealTimeClock()), sandbox)
                })
        } catch { outcome = .failure(error) }
        await sandbox.stop()
        return try outcome.get()
    }

    private static let february = BillingMonth("2026-02")!

    private static func query(_ groupBy: [CostQuery.Dimension], account: String? = nil) -> CostQuery {
        CostQuery(
            id: "x", firstDay: february.previous.firstDay, endDay: february.firstDayAfter, granularity: .monthly,
            groupBy: groupBy, onlyAccount: account)
    }

    @Test func `who, which accounts, where in the tree`() async throws {
        try await withSandbox { services, sandbox in
            let identity = try await services.identity.callerIdentity()
            let listing = try await services.accounts.accounts()
            #expect(listing.managementAccountID == identity.account)
            #expect(listing.accounts.filter { $0.state == .active }.count == 67)
            #expect(listing.accounts.filter { $0.state == .suspended }.count == 2)
            #expect(listing.treeTrouble == nil)
            #expect(listing.accounts.allSatisfy { $0.organizationalUnits != nil })
            #expect(listing.accounts.contains { $0.organizationalUnits?.first == "Workloads" })
            #expect(await sandbox.meter.refusedSignatures == 0)
            #expect(abs(services.clockSkewSeconds() ?? 0) < 60)
        }
    }

    @Test func `groups add up to the control total, over as many pages as it takes`() async throws {
        try await withSandbox({ $0.pageSizeGroups = 150 }) { services, sandbox in
            let lines = try await services.costs.ledger(for: Self.query([.account, .service]))
            let control = try await services.costs.ledger(for: Self.query([]))
            for month in [Self.february.previous, Self.february] {
                for metric in CostMetric.allCases {
                    #expect(lines.total(metric, in: month) == control.total(metric, in: month))
                }
            }
            #expect(lines.record.pages.count > 5)
            let billed = await sandbox.meter.billedCostExplorerRequests
            #expect(billed == lines.record.pages.count + control.record.pages.count)
            #expect(services.meter.usage().costUSD == ExactDecimal(billed) * "0.01")
        }
    }

    @Test func `one account of the organisation is its share of the whole`() async throws {
        try await withSandbox { services, _ in
            let all = try await services.costs.ledger(for: Self.query([.account]))
            let largest = try #require(all.lines.max { $0.amount(.unblended) < $1.amount(.unblended) }?.keys[0])
            let one = try await services.costs.ledger(for: Self.query([], account: largest))
            #expect(
                one.total(.unblended, in: Self.february)
                    == all.totals(.unblended, in: Self.february, by: .account)[largest])
        }
    }

    @Test func `a member asked through its role sees what the payer sees of it`() async throws {
        try await withSandbox { services, sandbox in
            let all = try await services.costs.ledger(for: Self.query([.account, .recordType]))
            let payer = sandbox.estate.payer.id
            let member = try #require(
                all.totals(.unblended, in: Self.february, by: .account).keys.sorted().first { $0 != payer })
            let own = try await services.memberCosts.ledger(
                for: Self.query([.recordType], account: member), as: member, role: "FinOpsReadOnly")
            #expect(!own.lines.isEmpty)
            #expect(
                own.total(.unblended, in: Self.february)
                    == all.totals(.unblended, in: Self.february, by: .account)[member])
            #expect(services.meter.usage().calls["sts:AssumeRole"] == 1)
            #expect(await sandbox.meter.billedCostExplorerRequests == 2)

            // A role that is not there, and a member that may not hand out others.
            let refusal = await trouble {
                try await services.memberCosts.ledger(for: Self.query([]), as: "000000000000", role: "FinOpsReadOnly")
            }
            #expect(refusal?.kind == .accessDenied && refusal?.operation == "sts:AssumeRole")
        }
    }

    @Test func `real figures have a primary view, and pro-forma ones one that somebody else made`() async throws {
        try await withSandbox { services, sandbox in
            let listing = try await services.billingViews.billingViews(in: Self.february)
            #expect(listing.views.map(\.type) == ["PRIMARY"])
            #expect(listing.proForma(shownTo: sandbox.estate.payer.id).isEmpty)
        }
        try await withSandbox({ $0.reseller = "999988887777" }, key: { $0.member }) { services, _ in
            let caller = try await services.identity.callerIdentity().account
            let listing = try await services.billingViews.billingViews(in: Self.february)
            #expect(listing.proForma(shownTo: caller).map(\.owner) == ["999988887777"])
            #expect(listing.record.operation == "billing:ListBillingViews")
        }
    }

    @Test func `an expired token and a denied Cost Explorer are told apart`() async throws {
        try await withSandbox(key: { $0.expired }) { services, _ in
            #expect(await trouble { try await services.identity.callerIdentity() }?.kind == .notSignedIn)
        }
        try await withSandbox(key: { $0.withoutCostExplorer }) { services, _ in
            #expect(await trouble { try await services.costs.ledger(for: Self.query([])) }?.kind == .accessDenied)
            let listing = try await services.accounts.accounts()
            #expect(listing.accounts.count > 60)
        }
    }

    @Test(arguments: ["server-error=3", "throttle=4@ce"])
    func `passing trouble passes`(name: String) async throws {
        let trouble = try SandboxTrouble(parsing: name)
        try await withSandbox({ $0.troubles = [trouble] }) { services, _ in
            let ledger = try await services.costs.ledger(for: Self.query([.account]))
            #expect(!ledger.lines.isEmpty)
        }
    }

    @Test(arguments: [
        ("empty-200=ce", "EmptyAnswer"), ("html-200=ce", "UnreadableAnswer"), ("malformed=ce", "UnreadableAnswer"),
        ("truncated=ce", "truncated"),
    ])
    func `an answer that never comes whole is trouble and never zero`(name: String, code: String) async throws {
        let injected = try SandboxTrouble(parsing: name)
        try await withSandbox({ $0.troubles = [injected] }) { services, _ in
            let trouble = await trouble { try await services.costs.ledger(for: Self.query([])) }
            #expect(trouble?.kind == .unreachable)
            #expect(trouble?.code == code)
            #expect(services.meter.usage().costUSD == .zero)
        }
    }

    @Test func `a service the endpoint lacks is not offered`() async throws {
        try await withSandbox({ $0.troubles = [SandboxTrouble(.unsupported, service: "invoicing")] }) { services, _ in
            let trouble = await trouble {
                try await services.invoices.invoices(of: "111122223333", in: Self.february)
            }
            #expect(trouble?.kind == .notOffered)
        }
    }

    @Test func `AWS's own view agrees with the bill of the sample estate`() async throws {
        try await withSandbox { services, sandbox in
            let (first, end) = (Self.february.firstDay, Self.february.firstDayAfter)
            let bill = try await services.costs.ledger(for: Self.query([.recordType]))
            let amortized = bill.totals(.amortized, in: Self.february, by: .recordType)
            let unblended = bill.totals(.unblended, in: Self.february, by: .recordType)

            let plans = try await services.insights.utilization(of: .savingsPlans, from: first, to: end)
            #expect(plans.used.amount == amortized["SavingsPlanCoveredUsage"])
            #expect(plans.unused.amount == amortized["SavingsPlanRecurringFee"])
            #expect(plans.committed.amount == unblended["SavingsPlanRecurringFee"])
            #expect(plans.onDemandEquivalent.amount == unblended["SavingsPlanCoveredUsage"])
            #expect(plans.commitments.compactMap(\.committed?.amount).sum() == plans.committed.amount)
            let owned = try await services.insights.savingsPlans().plans
            #expect(owned.map(\.id) == plans.commitments.map(\.id))
            #expect(owned.map(\.endDay) == plans.commitments.map(\.endDay))

            let databases = try await services.insights.utilization(of: .databaseReservations, from: first, to: end)
            #expect(databases.used.amount == amortized["DiscountedUsage"])
            #expect(databases.unused.amount == amortized["RIFee"])
            for family in [CommitmentFamily.savingsPlans, .databaseReservations] {
                let coverage = try await services.insights.coverage(of: family, from: first, to: end)
                #expect(coverage.covered > .zero && coverage.covered < coverage.eligible)
            }
            // No EC2 instance is reserved: that is no data, and not billed.
            let trouble = await trouble {
                try await services.insights.utilization(of: .computeReservations, from: first, to: end)
            }
            #expect(trouble?.kind == .noData)
            #expect(await sandbox.meter.billedCostExplorerRequests == 5)
        }
    }

    @Test func `AWS finds the planted bursts that last, and advises what is idle`() async throws {
        try await withSandbox { services, sandbox in
            let truths = sandbox.estate.truths
            let found = try await services.insights.anomalies(from: Self.february.firstDay, to: sandbox.estate.today)
            let lasting = truths.anomalies.filter { $0.firstDay < $0.lastDay }
            #expect(Set(found.anomalies.map(\.firstDay)) == Set(lasting.map(\.firstDay)))
            #expect(Set(found.anomalies.compactMap(\.account)) == Set(lasting.map(\.account)))
            let advice = try await services.insights.recommendations()
            let resources = Set(advice.recommendations.compactMap(\.resource))
            #expect(resources.isSubset(of: Set(truths.idleResources.map(\.resource))) && resources.count >= 3)
            let efficiency = try await services.insights.efficiency(in: Self.february)
            #expect(try #require(efficiency.percent) > "50")
        }
    }
}

import FinOps
import Foundation
import HTTP
import Sandbox
import TestSupport
import Testing

@testable import AWS

/// What leaves this machine is in the table, and the printed policy is enough for it and for nothing else.
@Suite(.serialized) struct LeastPrivilegeTests {
    /// An organisation; a user with exactly the policy of the second argument, and one without any.
    /// Prints `keyID secret` of each.
    private static let fill = """
        import boto3, sys
        organizations = boto3.client("organizations")
        organizations.create_organization(FeatureSet="ALL")
        for number in range(3):
            organizations.create_account(Email=f"a{number}@example.com", AccountName=f"account {number}")
        iam = boto3.client("iam")
        for name in ["finops", "nobody"]:
            iam.create_user(UserName=name)
            key = iam.create_access_key(UserName=name)["AccessKey"]
            print(key["AccessKeyId"], key["SecretAccessKey"])
        iam.put_user_policy(UserName="finops", PolicyName="finops-monthly", PolicyDocument=sys.argv[2])
        """
    /// Tries writes and prints the code of each refusal, or `done`.
    private static let write = """
        import boto3, botocore
        tries = [
            lambda: boto3.client("organizations").create_account(Email="x@example.com", AccountName="x"),
            lambda: boto3.client("iam").create_user(UserName="x"),
            lambda: boto3.client("iam").create_access_key(UserName="finops"),
            lambda: boto3.client("s3").create_bucket(Bucket="finops-monthly-was-here"),
            lambda: boto3.client("ce").create_cost_category_definition(
                Name="x", RuleVersion="CostCategoryExpression.v1",
                Rules=[{"Value": "x", "Rule": {"Dimensions": {"Key": "SERVICE", "Values": ["x"]}}}]),
            lambda: boto3.client("budgets").create_budget(AccountId="123456789012", Budget={
                "BudgetName": "x", "BudgetType": "COST", "TimeUnit": "MONTHLY"}),
        ]
        for attempt in tries:
            try:
                attempt()
                print("done")
            except botocore.exceptions.ClientError as error:
                print(error.response["Error"]["Code"])
        """

    @Test func `exactly the printed policy reads the organisation, and writes nothing`() async throws {
        let policy = String(decoding: try LeastPrivilegePolicy().document(), as: UTF8.self)
        try await withMoto { moto in
            let filled = try await moto.python(Self.fill, [policy])
            let words = filled.output.split(whereSeparator: \.isWhitespace).map(String.init)
            try #require(words.count == 4, "\(filled.errors)")
            try await moto.checkKeys()
            func environment(_ id: String, _ secret: String) -> [String: String] {
                ["AWS_ENDPOINT_URL": moto.url, "AWS_ACCESS_KEY_ID": id, "AWS_SECRET_ACCESS_KEY": secret]
            }
            try await withHTTP { http in
                let reader = try services(
                    http, environment: environment(words[0], words[1]), clock: RealTimeClock())
                #expect(try await reader.identity.callerIdentity().arn.hasSuffix(":user/finops"))
                let listing = try await reader.accounts.accounts()
                #expect(listing.accounts.count == 4)
                #expect(listing.managementAccountID == MotoServer.account)
                #expect(listing.treeTrouble == nil)

                let nobody = try services(
                    http, environment: environment(words[2], words[3]), clock: RealTimeClock())
                let identity = try await nobody.identity.callerIdentity()
                #expect(identity.arn.hasSuffix(":user/nobody"))
                let refusals = [
                    await trouble { try await nobody.accounts.accounts() },
                    await trouble { try await nobody.costs.ledger(for: Self.question) },
                    await trouble { try await nobody.budgets.budgets(of: MotoServer.account) },
                    await trouble { try await nobody.writeAccess.allowedWrites(of: identity) },
                ]
                #expect(refusals[2]?.hint?.contains("budgets:ViewBudget") == true)
                #expect(refusals.map { $0?.kind } == Array(repeating: .accessDenied, count: 4))
                #expect(
                    refusals.map { $0?.operation } == [
                        "organizations:ListAccounts", "ce:GetCostAndUsage", "budgets:DescribeBudgets",
                        "iam:SimulatePrincipalPolicy",
                    ])
            }
            let writes = try await moto.python(Self.write, keyID: words[0], secret: words[1])
            let codes = writes.output.split(separator: "\n").map(String.init)
            // moto refuses JSON services in XML, of which botocore reads the status alone.
            #expect(codes == ["403", "AccessDenied", "AccessDenied", "AccessDenied", "403", "403"], "\(writes.errors)")
        }
    }

    private static let question = CostQuery(
        id: "x", firstDay: CalendarDay("2026-02-01")!, endDay: CalendarDay("2026-03-01")!, granularity: .monthly,
        groupBy: [])

    @Test func `every request that leaves is in the table`() async throws {
        let sandbox = try await SandboxServer.start()
        let outcome: Result<Set<String>, any Error>
        do { outcome = .success(try await askEverything(sandbox)) } catch { outcome = .failure(error) }
        await sandbox.stop()
        let seen = try outcome.get()
        let table = Set(ReadOperation.allCases.map(\.call.action))
        #expect(seen.isSubset(of: table), "\(seen.subtracting(table))")
        // Asked only where accounts do not carry their paths, of sessions, and of buckets.
        let others = ["ListRoots", "ListAccountsForParent", "GetRole", "ListObjectsV2", "HeadObject", "GetObject"]
        #expect(table.subtracting(seen) == Set(others))
    }

    /// The operations of the requests behind every port there is; what each answers is judged elsewhere.
    private func askEverything(_ sandbox: SandboxServer) async throws -> Set<String> {
        let key = sandbox.credentials.payer
        return try await withHTTP { http in
            let wire = RecordingWire(http)
            let services = try services(
                wire,
                environment: [
                    "AWS_ENDPOINT_URL": sandbox.url.absoluteString, "AWS_ACCESS_KEY_ID": key.accessKeyID,
                    "AWS_SECRET_ACCESS_KEY": key.secretAccessKey,
                ], clock: RealTimeClock())
            let identity = try await services.identity.callerIdentity()
            _ = try await services.accounts.accounts()
            _ = try await services.costs.ledger(for: Self.question)
            _ = try await services.forecasts.forecast(
                from: CalendarDay("2026-03-10")!, to: CalendarDay("2026-04-01")!)
            _ = try await services.budgets.budgets(of: identity.account)
            _ = try await services.invoices.invoices(of: identity.account, in: BillingMonth("2026-02")!)
            _ = try await services.billingViews.billingViews(in: BillingMonth("2026-02")!)
            try await askInsights(services.insights)
            _ = try await services.accounts.tags(of: [identity.account])
            _ = try await services.writeAccess.allowedWrites(of: identity)
            return wire.operations
        }
    }
}

private func askInsights(_ insights: any InsightSource) async throws {
    let (first, end) = (CalendarDay("2026-02-01")!, CalendarDay("2026-03-01")!)
    _ = try await insights.anomalies(from: first, to: end)
    _ = try await insights.savingsPlans()
    for family in [CommitmentFamily.savingsPlans, .databaseReservations] {
        _ = try await insights.utilization(of: family, from: first, to: end)
        _ = try await insights.coverage(of: family, from: first, to: end)
    }
    _ = try await insights.recommendations()
    _ = try await insights.efficiency(in: first.billingMonth)
    _ = try await insights.rightsizing()
    _ = try await insights.usage(
        for: CostQuery(
            id: "usage", firstDay: first, endDay: end, granularity: .monthly, groupBy: [.service, .usageType]))
}

/// Passes requests on and keeps the operation of each.
private final class RecordingWire: HTTPSending, @unchecked Sendable {
    private let wire: any HTTPSending
    private let lock = NSLock()
    private var names: Set<String> = []

    init(_ wire: any HTTPSending) { self.wire = wire }

    var operations: Set<String> { lock.withLock { names } }

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        let target = request.headers["X-Amz-Target"]?.split(separator: ".").last.map(String.init)
        let action = request.bodyText.split(separator: "&").first { $0.hasPrefix("Action=") }?.dropFirst(7)
        lock.withLock { _ = names.insert(target ?? action.map(String.init) ?? path(of: request)) }
        return try await wire.send(request)
    }

    /// Of a REST service the last part of the path is the operation.
    private func path(of request: HTTPRequest) -> String {
        request.url.split(separator: "/").last.map(String.init) ?? "\(request.method) \(request.url)"
    }
}

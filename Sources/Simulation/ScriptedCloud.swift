import Evidence
public import FinOps
import Foundation
public import Pipeline
import TestSupport

/// A cloud that answers from tables, keeps to the rules of the ports (paid answers go through the memo) and counts what was
/// really asked. What goes wrong is a setting.
public final class ScriptedCloud: @unchecked Sendable {
    public var identity: Observation<CallerIdentity> = .known(caller)
    public var directory: Observation<[Account]> = .known([
        Account(id: "111111111111", name: "Billing", state: .active, organizationalUnits: []),
        Account(id: "222222222222", name: "Shop <Prod>", state: .active, organizationalUnits: ["Workloads", "Prod"]),
    ])
    public var managementAccount: Observation<String> = .known("111111111111")
    public var invoices: Observation<[Invoice]> = .unknown(SampleCollection.notOffered)
    public var billingViews: Observation<[BillingView]> = .known([
        BillingView(arn: "arn:aws:billing::111111111111:billingview/primary", type: "PRIMARY", owner: "111111111111")
    ])
    /// Account id → its tags; an account that is not here refuses.
    public var tags: [String: [String: String]] = [:]
    /// Record types that members are not shown.
    public var hiddenFromMembers: [String] = []
    /// Trouble by query id.
    public var costTroubles: [String: Trouble] = [:]
    /// Trouble by query id that comes when the question has been paid for: what was answered is lost.
    public var lostAnswers: [String: Trouble] = [:]
    /// Lets the time pass that an answer takes; true when that is too long.
    public var isLate: @Sendable (_ query: String) -> Bool = { _ in false }
    public var clockSkewSeconds: Int?
    /// Added to L1 alone: what G4 must find.
    public var discrepancy: ExactDecimal = .zero
    /// What the data have grown by when the nth request is paid, counted from 0: a refresh between two requests.
    public var growth: @Sendable (_ paidBefore: Int) -> Int = { _ in 0 }
    public private(set) var paidRequests = 0
    private let lock = NSLock()

    public init() {}

    /// What the data have grown by for this request.
    func pay() -> Int {
        lock.withLock {
            defer { paidRequests += 1 }
            return growth(paidRequests)
        }
    }

    public func services(_ memo: any AnswerMemo) -> CloudServices {
        CloudServices(
            identity: Identity(cloud: self), directory: Directory(cloud: self), costs: Costs(cloud: self, memo: memo),
            forecasts: NotOffered(), budgets: NotOffered(), invoices: Invoices(cloud: self),
            billingViews: Views(cloud: self), memberCosts: Members(cloud: self, memo: memo),
            insights: NoInsights(), meter: Meter(),
            clockSkewSeconds: { [self] in clockSkewSeconds })
    }

    public static let caller = CallerIdentity(
        account: "111111111111", arn: "arn:aws:iam::111111111111:user/finops", userID: "AIDA", requestID: "r-1")
    public static let throttled = Trouble(
        .throttled, code: "ThrottlingException", message: "rate exceeded", operation: "ce:GetCostAndUsage",
        requestID: "r-8", hint: "resume later")
    public static let late = Trouble(
        .unreachable, code: "PhaseDeadline", message: "no answer came in time", operation: "ce:GetCostAndUsage",
        requestID: nil, hint: "resume later")
    /// The connection was cut, or half of the body came.
    public static let cut = Trouble(
        .unreachable, code: "ConnectionClosed", message: "the answer ended after 512 of 2048 bytes",
        operation: "ce:GetCostAndUsage", requestID: nil, hint: "resume later")
    public static let denied = Trouble(
        .accessDenied, code: "AccessDeniedException", message: "not allowed", operation: "ce:GetCostAndUsage",
        requestID: "r-9", hint: "allow ce:GetCostAndUsage")
    public static let expired = Trouble(
        .notSignedIn, code: "ExpiredToken", message: "the token has expired", operation: "sts:GetCallerIdentity",
        requestID: "r-2", hint: "run `aws sso login --profile billing`")
}

private struct Identity: IdentityService {
    let cloud: ScriptedCloud
    func callerIdentity() async throws -> CallerIdentity { try cloud.identity.get() }
}

private struct Directory: AccountDirectory {
    let cloud: ScriptedCloud
    func accounts() async throws -> AccountListing {
        AccountListing(
            accounts: try cloud.directory.get(), managementAccountID: "111111111111", pages: 1, requestIDs: ["r-3"])
    }
}

extension Directory {
    func managementAccountID() async throws -> String { try cloud.managementAccount.get() }

    func tags(of accounts: [String]) async throws -> AccountTags {
        let found = cloud.tags.filter { accounts.contains($0.key) }
        return AccountTags(byAccount: found, trouble: found.count == accounts.count ? nil : ScriptedCloud.throttled)
    }
}

private struct Costs: CostSource {
    let cloud: ScriptedCloud
    let memo: any AnswerMemo

    func ledger(for query: CostQuery) async throws -> CostLedger {
        if let trouble = cloud.costTroubles[query.id] { throw trouble }
        let key = SystemHashing().sha256(Data("\(query.id) \(query.onlyAccount ?? "all")".utf8))
        let growth: Int
        if let remembered = try await memo.answer(to: key) {
            growth = try JSONDecoder().decode(Body.self, from: remembered.body).growth
        } else {
            try await memo.begin(key, operation: "ce:GetCostAndUsage")
            growth = cloud.pay()
            if cloud.isLate(query.id) { throw ScriptedCloud.late }
            if let trouble = cloud.lostAnswers[query.id] { throw trouble }
            try await memo.remember(
                RememberedAnswer(
                    operation: "ce:GetCostAndUsage", requestID: "r-\(query.id)",
                    receivedAt: Timestamp("2026-03-15T00:00:00Z")!,
                    body: JSONText.line(Body(query: query.id, growth: growth))),
                for: key)
        }
        return SampleLedger.ledger(query, lines(query, growth: ExactDecimal(growth)))
    }

    /// A remembered answer must say what was true when it was given.
    private struct Body: Codable {
        let query: String
        let growth: Int
    }

    private func lines(_ query: CostQuery, growth: ExactDecimal) -> [CostLine] {
        let rows = Self.rows(discrepancy: growth + (query.id == "L1" ? cloud.discrepancy : .zero))
            .filter { row in !query.excludedRecordTypes.contains(row.recordType) }
            .filter { row in query.onlyAccount == nil || row.account == query.onlyAccount }
        var month = query.firstDay.billingMonth
        var lines: [CostLine] = []
        while month.firstDay < query.endDay {
            var sums: [[String]: ExactDecimal] = [:]
            for row in rows {
                let keys = query.groupBy.map { dimension in
                    switch dimension {
                    case .account: row.account
                    case .service: row.service
                    case .recordType: row.recordType
                    case .usageType: row.service
                    }
                }
                sums[keys, default: .zero] += row.amount
            }
            lines += sums.sorted { $0.key.lexicographicallyPrecedes($1.key) }
                .map { SampleLedger.line($0.key, $0.value, in: month) }
            month = month.next
        }
        return lines
    }

    struct Row {
        let account: String
        let service: String
        let recordType: String
        let amount: ExactDecimal
    }

    static func rows(discrepancy: ExactDecimal) -> [Row] {
        [
            Row(account: "111111111111", service: "Amazon EC2", recordType: "Usage", amount: "70590"),
            Row(account: "222222222222", service: "Amazon RDS", recordType: "Usage", amount: "35310" + discrepancy),
            Row(
                account: "111111111111", service: "Amazon EC2", recordType: "Solution Provider Program Discount",
                amount: "-3933"),
            Row(
                account: "222222222222", service: "Amazon RDS", recordType: "Solution Provider Program Discount",
                amount: "-1967"),
        ]
    }
}

private struct Invoices: InvoiceSource {
    let cloud: ScriptedCloud
    func invoices(of account: String, in month: BillingMonth) async throws -> InvoiceListing {
        let invoices = try cloud.invoices.get()
        return InvoiceListing(
            invoices: invoices, record: SampleLedger.record("invoices", rows: invoices.count))
    }
}

private struct Views: BillingViewSource {
    let cloud: ScriptedCloud
    func billingViews(in month: BillingMonth) async throws -> BillingViewListing {
        let views = try cloud.billingViews.get()
        return BillingViewListing(views: views, record: SampleLedger.record("billing-views", rows: views.count))
    }
}

/// A member sees its own rows, unless they are hidden from it.
private struct Members: MemberCostSource {
    let cloud: ScriptedCloud
    let memo: any AnswerMemo

    func ledger(for query: CostQuery, as account: String, role: String) async throws -> CostLedger {
        let own = try await Costs(cloud: cloud, memo: memo).ledger(for: query)
        let shown = own.lines.filter { !cloud.hiddenFromMembers.contains(own.key(.recordType, of: $0) ?? "") }
        return SampleLedger.ledger(query, shown)
    }
}

private struct NotOffered: ForecastSource, BudgetSource {
    func forecast(from firstDay: CalendarDay, to endDay: CalendarDay) async throws -> CostForecast {
        throw SampleCollection.notOffered
    }
    func budgets(of account: String) async throws -> BudgetListing { throw SampleCollection.notOffered }
}

private struct Meter: APIMeter {
    func usage() -> APIUsage { APIUsage() }
}

extension Observation {
    fileprivate func get() throws -> Value {
        switch self {
        case .known(let value): return value
        case .unknown(let trouble): throw trouble
        }
    }
}

import FinOps
import Foundation
import TestSupport
import Testing

@Suite struct BudgetTargetTests {
    private static let inventory = AccountInventory(
        scope: .organization,
        accounts: [
            Account(id: "111111111111", name: "a", state: .active, organizationalUnits: ["Workloads", "Prod"]),
            Account(id: "222222222222", name: "b", state: .active, organizationalUnits: ["Security"]),
        ], managementAccountID: nil, citation: "", requestIDs: [], troubles: [])

    @Test(arguments: [
        ("organization=350000.00", BudgetTarget(.organization, monthly: Money("350000", .usd))),
        ("ou:Workloads / Prod=1.5", BudgetTarget(.unit(["Workloads", "Prod"]), monthly: Money("1.5", .usd))),
        ("ou:a=b=7 NZD", BudgetTarget(.unit(["a=b"]), monthly: Money("7", Currency("NZD")!))),
        ("account:111122223333=5000", BudgetTarget(.account("111122223333"), monthly: Money("5000", .usd))),
    ])
    func `is written as whose and how much`(text: String, expected: BudgetTarget) throws {
        #expect(BudgetTarget(text) == expected)
        let bytes = try JSONEncoder().encode(expected)
        #expect(try JSONDecoder().decode(BudgetTarget.self, from: bytes) == expected)
    }

    @Test(arguments: [
        "", "organization", "organization=", "organization=-1", "organization=1,000", "organization=1 usd", "ou:=1",
        "ou:a//b=1", "account:1=1", "account:11112222333x=1", "team:x=1", "organization=1 USD NZD",
    ])
    func `is refused otherwise`(text: String) { #expect(BudgetTarget(text) == nil) }

    @Test func `a unit counts everything below it`() {
        let accounts = Self.inventory.accounts
        func counted(_ text: String) -> [String] { accounts.filter(BudgetTarget(text)!.counts).map(\.id) }
        #expect(counted("organization=1").count == 2)
        #expect(counted("ou:Workloads=1") == ["111111111111"])
        #expect(counted("ou:Workloads/Prod=1") == ["111111111111"])
        #expect(counted("ou:Prod=1").isEmpty, "names are read from the root down")
        #expect(counted("account:222222222222=1") == ["222222222222"])
    }

    @Test(arguments: [
        ("ou:Workloads/Prdo=1", "ou:Workloads/Prod"), ("account:111111111112=1", "111111111111"),
    ])
    func `a unit or account that is not there is named, with the nearest one that is`(
        text: String, suggestion: String
    ) throws {
        let budget = BudgetTarget(text)!
        let error = #expect(throws: InputError.self) { try Self.inventory.check([budget]) }
        #expect(error?.code == "unknown_budget_subject")
        #expect(error?.hint?.contains(suggestion) == true)
        #expect(error?.summary.contains(String(budget.subject.description.split(separator: ":")[1])) == true)
    }

    @Test func `nothing is refused that cannot be known`() throws {
        let treeless = AccountInventory(
            scope: .organization,
            accounts: [Account(id: "111111111111", name: "a", state: .active, organizationalUnits: nil)],
            managementAccountID: nil, citation: "", requestIDs: [], troubles: [])
        try treeless.check([BudgetTarget("ou:Anything=1")!])
        let single = AccountInventory(
            scope: .singleAccount, accounts: treeless.accounts, managementAccountID: nil, citation: "", requestIDs: [],
            troubles: [])
        try single.check([BudgetTarget("account:999999999999=1")!])
        try Self.inventory.check([BudgetTarget("ou:Security=1")!, BudgetTarget("organization=1")!])
    }
}

@Suite struct FiscalYearTests {
    @Test(arguments: [
        ("2026-02", 1, "2026-01", "FY2026", 2), ("2026-02", 4, "2025-04", "FY2026", 11),
        ("2026-04", 4, "2026-04", "FY2027", 1), ("2026-03", 4, "2025-04", "FY2026", 12),
        ("2026-09", 10, "2025-10", "FY2026", 12),
    ])
    func `begins in its month and is named by the year it ends in`(
        month: String, start: Int, first: String, name: String, past: Int
    ) {
        let year = FiscalYear(of: BillingMonth(month)!, startMonth: start)
        #expect(year.first.description == first && year.name == name && year.months.count == 12)
        #expect(year.months(through: BillingMonth(month)!).count == past)
        #expect(year.last == year.first.adding(months: 11))
    }
}

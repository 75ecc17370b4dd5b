import FinOps
import TestSupport
import Testing

/// L3 is 100,000 USD of two accounts: 105,900 of usage less 5,900 of partner discount.
@Suite struct `Sources outside Cost Explorer` {
    let one = "111111111111"
    let two = "222222222222"

    private func comparison(
        _ id: String, budgets: [Budget]? = nil, invoices: [Invoice]? = nil, export: ConsoleExport? = nil,
        inventory: AccountInventory? = payer, today: CalendarDay = SampleLedger.today,
        recordTypes: [(String, String, ExactDecimal)]? = nil
    ) throws -> LayerComparison {
        var collection = SampleCollection.partnerDiscount()
        if let recordTypes { collection = collection.with(recordTypes: .known(SampleCollection.layer3(recordTypes))) }
        collection = collection.with(
            budgets: budgets.map {
                .known(BudgetListing(budgets: $0, record: SampleLedger.record("budgets", rows: 1)))
            },
            invoices: invoices.map {
                .known(InvoiceListing(invoices: $0, record: SampleLedger.record("invoices", rows: 1)))
            })
        let check = CrossValidator(month: SampleLedger.month, metric: .unblended, today: today)
            .validate(collection, inventory: inventory, consoleExport: export)
        return try #require(check.comparisons?.first { $0.id == id })
    }

    private static let payer = inventory(management: "111111111111")

    private static func inventory(
        management: String?, scope: RunRequest.Scope = .organization, trouble: Trouble? = nil
    ) -> AccountInventory {
        AccountInventory(
            scope: scope, accounts: [SampleMonth.account("111111111111"), SampleMonth.account("222222222222")],
            managementAccountID: management, citation: "organizations:ListAccounts", requestIDs: [], troubles: [],
            callerAccountID: "111111111111", organizationTrouble: trouble)
    }

    private func invoice(
        _ id: String, _ amount: ExactDecimal, _ currency: Currency = .usd, type: String = "INVOICE", taxes: Int = 0
    ) -> Invoice {
        Invoice(
            id: id, account: one, base: Money(amount, currency), payment: Money(amount, currency), exchangeRate: nil,
            type: type, roundedAmounts: 1 + taxes)
    }

    private func budget(
        _ amount: ExactDecimal?, everything: Bool = true, basis: BudgetBasis? = BudgetBasis()
    ) -> Budget {
        Budget(
            name: "all", limit: Money("120000", .usd), actual: amount.map { Money($0, .usd) }, forecast: nil,
            coversEverything: everything, basis: basis)
    }

    // MARK: Invoices

    @Test func `invoices less credit memos equal the month within half a cent each`() throws {
        let listed = [
            invoice("A", "100010.004", taxes: 1), invoice("B", "-4", type: "CREDIT_MEMO"),
            invoice("C", "6", type: "CREDIT_MEMO"),
        ]
        let found = try comparison("L3i", invoices: listed)
        #expect(found.agreement == .exact && found.weight == .binding)
        #expect(found.figures?.opening == "100000.004" && found.figures?.roundedAmounts == 4)
        // Half a cent for each of four amounts, and 10⁻¹⁰ for each of four lines.
        #expect(found.figures?.tolerance == "0.0200000004")
        #expect(found.notes == ["credit memo C carries a positive amount and is counted as a reduction"])
    }

    @Test func `a cent beyond rounding is a difference`() throws {
        let found = try comparison("L3i", invoices: [invoice("A", "100000.01")])
        #expect(found.agreement == .unexplained && found.figures?.residual == "0.01")
    }

    @Test func `invoices bind only once the month is settled`() throws {
        let early = try comparison("L3i", invoices: [invoice("A", "1")], today: CalendarDay("2026-03-07")!)
        #expect(early.weight == .provisional)
    }

    @Test func `invoices in another currency, or none, are not compared`() throws {
        let other = try comparison("L3i", invoices: [invoice("A", "1", Currency("NZD")!)])
        #expect(other.agreement == .notCompared && other.obstacles == ["it is in NZD, and the costs are in USD"])
        #expect(try comparison("L3i", invoices: []).obstacles == ["no invoice has been issued for 2026-02"])
        #expect(try comparison("L3i").obstacles == ["sample:Read did not answer (UnknownOperation)"])
    }

    @Test func `only whoever pays the whole bill may hold it against an invoice`() throws {
        let invoices = [invoice("A", "100000")]
        func agreement(_ inventory: AccountInventory?) throws -> LayerComparison.Agreement {
            try comparison("L3i", invoices: invoices, inventory: inventory).agreement
        }
        #expect(try agreement(Self.payer) == .exact)
        #expect(try agreement(Self.inventory(management: two)) == .notCompared)
        #expect(try agreement(Self.inventory(management: two, scope: .singleAccount)) == .notCompared)
        #expect(try agreement(Self.inventory(management: nil)) == .notCompared)
        #expect(try agreement(nil) == .notCompared)
        let alone = Trouble(
            .notOffered, code: "AWSOrganizationsNotInUseException", message: "none", operation: "organizations:x")
        #expect(
            try agreement(Self.inventory(management: nil, scope: .singleAccount, trouble: alone)) == .exact)
    }

    // MARK: Budgets

    private let within = CalendarDay("2026-02-20")!

    @Test func `an unfiltered budget of the running month is compared, and is never more than provisional`() throws {
        let found = try comparison("L2", budgets: [budget("100000")], today: within)
        #expect(found.agreement == .exact && found.weight == .provisional)
        let late = try comparison("L2", budgets: [budget("100000")])
        #expect(late.obstacles == ["budgets speak of the running month, 2026-03, only"])
    }

    @Test func `what a flag of the budget leaves out is an item, read from L3`() throws {
        let rows: [(String, String, ExactDecimal)] = [
            (one, "Usage", "80"), (one, "Tax", "15"), (two, "Tax", "5"), (one, "Support", "10"),
        ]
        let basis = BudgetBasis(exclusions: [.init(flag: "IncludeTax", classes: [.tax])])
        let found = try comparison("L2", budgets: [budget("90", basis: basis)], today: within, recordTypes: rows)
        #expect(found.agreement == .explained && found.figures?.adjusted == "110")
        #expect(found.figures?.items.map(\.amount) == ["20"])
        #expect(found.figures?.items.first?.excludedBy == "L2: IncludeTax is false")
        // The item is what L3 shows, not what would make the difference vanish.
        let off = try comparison("L2", budgets: [budget("88", basis: basis)], today: within, recordTypes: rows)
        #expect(off.agreement == .unexplained && off.figures?.residual == "-2")
    }

    @Test func `a budget that leaves out some fees cannot be compared when there are fees`() throws {
        let basis = BudgetBasis(unclearExclusions: ["IncludeUpfront"])
        let fees: [(String, String, ExactDecimal)] = [(one, "Usage", "80"), (one, "Fee", "20")]
        let none: [(String, String, ExactDecimal)] = [(one, "Usage", "80")]
        let budgets = [budget("80", basis: basis)]
        #expect(
            try comparison("L2", budgets: budgets, today: within, recordTypes: fees).obstacles
                == ["the budget leaves out some commitment fees (IncludeUpfront)"])
        #expect(try comparison("L2", budgets: budgets, today: within, recordTypes: none).agreement == .exact)
    }

    @Test func `a filtered budget, one without spend and one of unknown basis say nothing`() throws {
        for budget in [budget("1", everything: false), budget(nil), budget("1", basis: nil)] {
            #expect(try comparison("L2", budgets: [budget], today: within).agreement == .notCompared)
        }
    }

    // MARK: Console export

    private func export(_ amounts: [String: ExactDecimal]) -> ConsoleExport {
        ConsoleExport(
            fileName: "costs.csv", sha256: SampleLedger.digest("7"), month: SampleLedger.month,
            total: amounts.values.sum(), amountsByAccount: amounts, amountCount: amounts.count)
    }

    @Test func `an export is held against L3 account by account, for information`() throws {
        let same = try comparison("L4", export: export([one: "66657", two: "33343"]))
        #expect(same.agreement == .exact && same.weight == .informational)
        let swapped = try comparison("L4", export: export([one: "66667", two: "33333"]))
        #expect(swapped.figures?.residual == .zero && swapped.agreement == .unexplained)
        #expect(swapped.figures?.residualByAccountAbsolute == "20")
        #expect(swapped.figures?.accountResiduals.map(\.account) == [one, two])
    }

    @Test func `an export without the partner discount is recognised, and not explained away`() throws {
        let found = try comparison("L4", export: export([one: "70590", two: "35310"]))
        #expect(found.agreement == .unexplained && found.figures?.items.isEmpty == true)
        #expect(found.notes == ["the export equals L1: it looks as if it left the partner discount out"])
    }

    @Test func `without an export there is no L4`() {
        #expect(SampleMonth.crossValidation().comparisons?.map(\.id) == ["L2", "L3i"])
    }
}

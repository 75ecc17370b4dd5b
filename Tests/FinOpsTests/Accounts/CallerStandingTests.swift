import FinOps
import TestSupport
import Testing

@Suite struct `What the caller is to the organisation` {
    private func inventory(
        caller: String? = "111111111111", management: String?, scope: RunRequest.Scope = .organization,
        trouble: Trouble? = nil
    ) -> AccountInventory {
        AccountInventory(
            scope: scope, accounts: [SampleMonth.account("111111111111")], managementAccountID: management,
            citation: "organizations:ListAccounts", requestIDs: [], troubles: [], callerAccountID: caller,
            organizationTrouble: trouble)
    }

    @Test func `the payer of everything has no blind spot`() {
        let payer = inventory(management: "111111111111")
        #expect(payer.callerStanding == .managementAccount && payer.blindSpots.isEmpty)
    }

    @Test func `a payer who asked about one account says what is left out`() {
        let narrow = inventory(management: "111111111111", scope: .singleAccount)
        #expect(narrow.callerStanding == .managementAccount && narrow.blindSpots.count == 1)
    }

    @Test func `whoever may list accounts without being the payer is a delegated administrator`() {
        let delegate = inventory(management: "222222222222")
        #expect(delegate.callerStanding == .delegatedAdministrator)
        #expect(delegate.blindSpots.first?.contains("not the management account 222222222222") == true)
    }

    @Test func `a member sees its own costs only, and says so`() {
        let member = inventory(management: "222222222222", scope: .singleAccount)
        #expect(member.callerStanding == .member)
        #expect(member.blindSpots.first?.contains("tax, support fees and discounts") == true)
    }

    @Test func `an account in no organisation is its own payer`() {
        let none = Trouble(
            .notOffered, code: "AWSOrganizationsNotInUseException", message: "none",
            operation: "organizations:DescribeOrganization")
        let alone = inventory(management: nil, scope: .singleAccount, trouble: none)
        #expect(alone.callerStanding == .standalone && alone.blindSpots.isEmpty)
    }

    @Test func `what nobody said is unknown, not assumed`() {
        #expect(inventory(management: nil).callerStanding == .unknown)
        #expect(inventory(caller: nil, management: "111111111111").callerStanding == .unknown)
        #expect(inventory(management: nil, trouble: SampleMonth.trouble(.accessDenied)).callerStanding == .unknown)
        #expect(inventory(management: nil).blindSpots.count == 1)
    }
}

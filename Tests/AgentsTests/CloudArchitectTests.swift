import Agents
import FinOps
import TestSupport
import Testing

@Suite struct `The cloud architect` {
    private func before(_ brief: CoordinationBrief?) -> RoleReview {
        CloudArchitect().review(RoleBriefing(phase: .coordination, brief: brief))
    }

    private func atTheEnd(
        _ inventory: AccountInventory? = SampleMonth.inventory(),
        collection: CostCollection? = SampleCollection.partnerDiscount(),
        preflight: PreflightReport? = SampleMonth.preflight(), facts: FactBook? = nil
    ) -> RoleReview {
        CloudArchitect().review(
            RoleBriefing(
                phase: .scoring, preflight: preflight, inventory: inventory, collection: collection, facts: facts))
    }

    @Test func `passes a plan for the whole organisation at the usual price`() {
        #expect(before(SampleMonth.brief()).verdict == .pass)
        #expect(before(SampleMonth.brief()).findings.isEmpty)
    }

    @Test func `advises on one account and on a dear plan`() {
        let single = before(SampleMonth.brief(request: SampleMonth.request(scope: .singleAccount)))
        #expect(single.verdict == .advise && single.findings.map(\.id) == ["CA-01"])
        #expect(before(SampleMonth.brief(plannedCostUSD: "0.10")).findings.isEmpty)
        #expect(before(SampleMonth.brief(plannedCostUSD: "0.11")).findings.map(\.id) == ["CA-03"])
    }

    @Test func `notes an unnamed profile, but not for the sample estate`() {
        #expect(before(SampleMonth.brief(request: SampleMonth.request(profile: nil))).findings.map(\.id) == ["CA-02"])
        #expect(before(SampleMonth.brief(request: SampleMonth.request(profile: nil, isSample: true))).findings.isEmpty)
    }

    @Test func `refuses a plan that cannot be cross-validated or misses days`() {
        let daily = SampleLedger.daily()
        #expect(before(SampleMonth.brief(plannedQueries: [daily])).findings.map(\.id) == ["CA-04"])
        let filtered = SampleLedger.query("L3", groupBy: [.account, .recordType], excludedRecordTypes: ["Tax"])
        #expect(before(SampleMonth.brief(plannedQueries: [filtered])).verdict == .fail)
        let early = SampleLedger.query("L3", groupBy: [.account, .recordType], month: SampleLedger.month.previous)
        #expect(before(SampleMonth.brief(plannedQueries: [early])).findings.map(\.id) == ["CA-05"])
    }

    @Test func `passes an estate where cost and organisation match`() {
        let review = atTheEnd()
        #expect(review.verdict == .pass && review.findings.isEmpty)
    }

    @Test func `finds an account that is charged but not in the organisation, by its fact`() {
        let facts = SampleMonth.facts(
            [SampleMonth.fact("account.222222222222.net", "33343")],
            accounts: [FactSubject(factPrefix: "account.222222222222", key: "222222222222", name: "two", path: nil)])
        let review = atTheEnd(
            SampleMonth.inventory(accounts: [SampleMonth.account("111111111111")]), facts: facts)
        #expect(review.verdict == .fail)
        #expect(review.findings.map(\.id) == ["CA-11"] && review.findings[0].facts == ["account.222222222222.net"])
        #expect(review.findings[0].text.contains("222222222222"))
    }

    @Test func `an account without cost outside the organisation is nobody's business`() {
        let zero = SampleCollection.collection(
            services: [("111111111111", "Amazon EC2", "1")],
            recordTypes: [("111111111111", "Usage", "1"), ("333333333333", "Usage", "0")])
        #expect(atTheEnd(collection: zero).findings.isEmpty)
    }

    @Test func `an account whose charges and credits cancel is charged all the same`() {
        let cancelling = SampleCollection.collection(
            services: [("111111111111", "Amazon EC2", "1")],
            recordTypes: [
                ("111111111111", "Usage", "1"), ("333333333333", "Usage", "5"), ("333333333333", "Credit", "-5"),
            ])
        #expect(atTheEnd(collection: cancelling).findings.map(\.id) == ["CA-11"])
    }

    @Test(arguments: [AccountState.suspended, .closed, .pendingClosure])
    func `finds an account that is gone and still costs`(state: AccountState) {
        let review = atTheEnd(
            SampleMonth.inventory(
                accounts: [SampleMonth.account("111111111111"), SampleMonth.account("222222222222", state: state)]))
        #expect(review.verdict == .advise && review.findings.map(\.id) == ["CA-12"])
    }

    @Test func `says when the tree or the cost by account is unknown`() {
        let treeless = SampleMonth.inventory(
            accounts: [
                SampleMonth.account("111111111111", organizationalUnits: nil), SampleMonth.account("222222222222"),
            ])
        #expect(atTheEnd(treeless).findings.map(\.id) == ["CA-13"])
        let unknown = SampleCollection.partnerDiscount().with(recordTypes: .unknown(SampleMonth.trouble(.throttled)))
        #expect(atTheEnd(collection: unknown).findings.map(\.id) == ["CA-16"])
        #expect(atTheEnd(collection: nil).verdict == .fail)
    }

    @Test func `names the accounts that lack a required tag, and those whose tags are not known`() {
        func account(_ id: String, _ tags: [String: String]?) -> Account {
            SampleMonth.account(id).with(tags: tags)
        }
        func findings(_ accounts: [Account], required: [String]?) -> [RoleFinding] {
            let request = RunRequest(
                month: SampleLedger.month, project: "p", scope: .organization, profile: nil, personas: [.cfo],
                requestedBy: "alice", isSample: false, today: SampleLedger.today, requiredAccountTags: required)
            return CloudArchitect().review(
                RoleBriefing(
                    phase: .scoring, brief: SampleMonth.brief(request: request), preflight: SampleMonth.preflight(),
                    inventory: SampleMonth.inventory(accounts: accounts),
                    collection: SampleCollection.partnerDiscount())
            ).findings
        }
        let full = [account("111111111111", ["Owner": "a"]), account("222222222222", ["Owner": "b"])]
        #expect(findings(full, required: ["Owner"]).isEmpty)
        let partly = [account("111111111111", ["Owner": ""]), account("222222222222", [:])]
        let lacking = findings(partly, required: ["Owner"])
        #expect(lacking.map(\.id) == ["CA-17"])
        #expect(
            lacking.first?.text == "2 of 2 active accounts lack the tag Owner: 111111111111, 222222222222.")
        let unknown = findings([full[0], account("222222222222", nil)], required: ["Owner"])
        #expect(unknown.map(\.id) == ["CA-18"])
        #expect(findings(partly, required: nil).isEmpty)
    }

    @Test func `says what a single-account month does not know`() {
        #expect(atTheEnd(SampleMonth.inventory(scope: .singleAccount)).findings.map(\.id) == ["CA-10"])
    }

    @Test func `refuses the root user and notes the management account`() {
        func read(by account: String, _ arn: String) -> [RoleFinding] {
            atTheEnd(preflight: SampleMonth.preflight(identities: [SampleMonth.identity(account: account, arn: arn)]))
                .findings
        }
        #expect(read(by: "999999999999", "arn:aws:iam::999999999999:root").map(\.id) == ["CA-14"])
        #expect(read(by: "999999999999", "arn:aws:sts::999999999999:assumed-role/read/a").map(\.id) == ["CA-15"])
        #expect(read(by: "111111111111", "arn:aws:iam::111111111111:user/root").isEmpty)
    }

    @Test func `abstains without material`() {
        #expect(before(nil).verdict == .abstain)
        #expect(atTheEnd(nil).verdict == .abstain)
    }
}

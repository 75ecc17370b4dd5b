import FinOps
import TestSupport
import Testing

@Suite("Pro-forma figures") struct ProFormaCheckTests {
    private func validate(_ views: Observation<[BillingView]>?) -> CrossValidation {
        let listing = views.map { views in
            views.map { BillingViewListing(views: $0, record: SampleLedger.record("billing-views", rows: $0.count)) }
        }
        return CrossValidator(month: SampleLedger.month, metric: .unblended, today: SampleLedger.today).validate(
            SampleCollection.partnerDiscount().with(billingViews: listing), inventory: SampleMonth.inventory())
    }

    private func view(_ type: String, owner: String?) -> BillingView {
        BillingView(arn: "arn:aws:billing::1:billingview/x", type: type, owner: owner)
    }

    @Test(arguments: ["BILLING_GROUP", "BILLING_TRANSFER_SHOWBACK"], ["555555555555", nil])
    func `a view whose prices somebody else set leaves nothing to conclude`(type: String, owner: String?) {
        let check = validate(.known([view("PRIMARY", owner: "999999999999"), view(type, owner: owner)]))
        #expect(check.missing.map(\.code) == ["ProFormaView"])
        #expect(check.residual == nil && check.comparisons == nil)
        #expect(check.missing.first?.message.contains(owner ?? "unknown") == true)
    }

    @Test(arguments: [
        ("PRIMARY", "555555555555"), ("CUSTOM", "555555555555"), ("BILLING_TRANSFER", "555555555555"),
        // The views a payer has made for its own customers change nothing of what it is shown itself.
        ("BILLING_GROUP", "999999999999"), ("BILLING_TRANSFER_SHOWBACK", "999999999999"),
    ])
    func `any other view is what AWS bills`(type: String, owner: String) {
        let check = validate(.known([view(type, owner: owner)]))
        #expect(check.missing.isEmpty && check.warnings.isEmpty)
        #expect(check.residual?.isZero == true)
    }

    @Test func `where it could not be asked the comparison stands, and says so`() {
        let check = validate(.unknown(SampleMonth.trouble(.accessDenied, code: "AccessDeniedException")))
        #expect(check.residual?.isZero == true)
        #expect(
            check.warnings == [
                "Whether these are pro-forma figures is not known: sts:GetCallerIdentity did not answer "
                    + "(AccessDeniedException)."
            ])
    }

    @Test func `a record made before it was asked is judged as it was`() {
        #expect(validate(nil).warnings.isEmpty)
    }
}

import FinOps
import Testing

@Suite struct `Record types` {
    @Test(arguments: [
        ("Usage", RecordClass.usage), ("DiscountedUsage", .usage), ("Discounted Usage", .usage),
        ("SavingsPlanCoveredUsage", .usage), ("SavingsPlanRecurringFee", .commitmentFee),
        ("SavingsPlanUpfrontFee", .commitmentFee), ("RIFee", .commitmentFee),
        ("Recurring reservation fee", .commitmentFee), ("Upfront reservation fee", .commitmentFee),
        ("Fee", .commitmentFee), ("SavingsPlanNegation", .savingsPlanNegation),
        ("Solution Provider Program Discount", .spp), ("SppDiscount", .spp), ("SPP_DISCOUNT", .spp),
        ("Enterprise Discount Program Discount", .enterpriseDiscount), ("EdpDiscount", .enterpriseDiscount),
        ("Private Rate Card Discount", .privateRateDiscount), ("PrivateRateDiscount", .privateRateDiscount),
        ("Bundled Discount", .bundledDiscount), ("BundledDiscount", .bundledDiscount),
        ("Distributor Discount", .otherDiscount), ("Discount", .otherDiscount), ("RiVolumeDiscount", .otherDiscount),
        ("Credit", .credit), ("Refund", .refund), ("Tax", .tax), ("Support", .support), ("Support fee", .support),
        ("Other out-of-cycle charges", .other), ("FlatRateSubscription", .other), ("", .other),
    ])
    func `every spelling finds its class`(spelling: String, expected: RecordClass) {
        #expect(RecordClass(recordType: spelling) == expected)
    }

    @Test(arguments: RecordClass.allCases)
    func `what a ledger of line items calls a class finds it again`(recordClass: RecordClass) {
        #expect(RecordClass(recordType: recordClass.recordType) == recordClass)
        #expect(RecordClass(recordType: RecordClass.recurringFee) == .commitmentFee)
    }

    @Test func `only discounts are discounts`() {
        let discounts = RecordClass.allCases.filter(\.isDiscount)
        #expect(discounts == [.spp, .enterpriseDiscount, .privateRateDiscount, .bundledDiscount, .otherDiscount])
    }

    @Test func `the spellings a filter names are the partner discount`() {
        #expect(RecordClass.sppSpellings.allSatisfy { RecordClass(recordType: $0) == .spp })
    }
}

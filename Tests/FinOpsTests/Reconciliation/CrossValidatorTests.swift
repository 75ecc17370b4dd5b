import FinOps
import TestSupport
import Testing

@Suite struct `Holding two layers against one another` {
    let one = "111111111111"
    let two = "222222222222"

    private func validate(
        _ collection: CostCollection, metric: CostMetric = .unblended, today: CalendarDay = SampleLedger.today
    ) -> CrossValidation {
        CrossValidator(month: SampleLedger.month, metric: metric, today: today).validate(collection)
    }

    @Test func `the partner discount explains 5.9 % to the cent, in every account`() throws {
        let check = validate(SampleCollection.partnerDiscount())
        #expect(check.missing.isEmpty)
        #expect(check.rawVariancePercent == "5.9")
        #expect(check.adjustedVariancePercent == .zero)
        #expect(check.residual == .zero && check.residualByAccountAbsolute == .zero)
        let item = try #require(check.items.first)
        #expect(check.items.count == 1)
        #expect(item.recordClass == .spp && item.amount == "-5900" && item.sharePercent == "100")
        #expect(item.excludedBy == #"L1: RECORD_TYPE is not "Solution Provider Program Discount""#)
        #expect(check.identities.map(\.id) == ["accounts", "daily.2026-02", "daily.2026-01", "net"])
        #expect(check.identities.allSatisfy { $0.holds })
        #expect(check.rootCauses.isEmpty && check.accountResiduals.isEmpty && check.warnings.isEmpty)
        #expect(check.layers.map(\.id) == ["L1", "L3", "daily"])
        #expect(check.layer("L3")?.total == "100000")
        #expect(!check.isPreliminary)
    }

    @Test func `a discount that the filter does not name is in both layers and explains nothing`() {
        let rows = [(one, "Usage", "106" as ExactDecimal), (one, "Spp Discount New Spelling", "-6")]
        let check = validate(
            SampleCollection.collection(services: [(one, "Amazon EC2", "106")], recordTypes: rows))
        #expect(check.items.isEmpty)
        #expect(check.residual == "6")
        let enterprise = validate(
            SampleCollection.collection(
                services: [(one, "Amazon EC2", "94")],
                recordTypes: [(one, "Usage", "100"), (one, "EdpDiscount", "-6")]))
        #expect(enterprise.items.isEmpty && enterprise.residual == .zero)
    }

    @Test func `an unexplained difference is traced to account, service and record type`() {
        let check = validate(
            SampleCollection.collection(
                services: [(one, "Amazon EC2", "50"), (one, "AWS Ghost", "6"), (two, "Amazon RDS", "50")],
                recordTypes: [(one, "Usage", "50"), (two, "Usage", "50")]))
        #expect(check.rawVariancePercent == "6" && check.adjustedVariancePercent == "6")
        #expect(check.residual == "6" && check.residualByAccountAbsolute == "6")
        #expect(check.accountResiduals.map(\.account) == [one])
        let worst = check.identities.first { $0.id == "accounts" }
        #expect(worst?.holds == false && worst?.left == "50" && worst?.right == "56")
        #expect(worst?.statement.hasSuffix("worst account: \(one)") == true)
        #expect(check.rootCauses.first == RootCause(kind: .account, name: one, amount: "6", sharePercent: "100"))
        let service = check.rootCauses.first { $0.kind == .service }
        #expect(service == RootCause(kind: .service, name: "AWS Ghost", amount: "6", sharePercent: "100"))
        // The rest are places to look, largest first, without a share: nothing shows that they are the cause.
        #expect(check.rootCauses.filter { $0.kind == .service && $0.sharePercent == nil }.map(\.name) == ["Amazon EC2"])
        #expect(check.rootCauses.contains { $0.kind == .recordType && $0.name == "Usage" && $0.sharePercent == nil })
    }

    @Test func `a record type that only L3 shows is named`() {
        let check = validate(
            SampleCollection.collection(
                services: [(one, "Amazon EC2", "100")], recordTypes: [(one, "Usage", "100"), (one, "Tax", "7")]))
        let cause = check.rootCauses.first { $0.kind == .recordType }
        #expect(cause == RootCause(kind: .recordType, name: "Tax", amount: "7", sharePercent: "100"))
        #expect(check.residual == "-7")
    }

    @Test func `errors of two accounts that cancel stay visible`() {
        let check = validate(
            SampleCollection.collection(
                services: [(one, "Amazon EC2", "60"), (two, "Amazon EC2", "40")],
                recordTypes: [(one, "Usage", "50"), (two, "Usage", "50")]))
        #expect(check.rawDifference == .zero && check.residual == .zero)
        #expect(check.residualByAccountAbsolute == "20")
        #expect(check.accountResiduals.map(\.account) == [one, two])
        #expect(check.rootCauses.filter { $0.kind == .account }.map(\.sharePercent) == ["50", "50"])
        #expect(check.identities.first { $0.id == "accounts" }?.holds == false)
    }

    @Test func `an account that only one layer knows is a residual of its whole amount`() {
        let check = validate(
            SampleCollection.collection(
                services: [(one, "Amazon EC2", "100")], recordTypes: [(one, "Usage", "100"), (two, "Usage", "3")]))
        #expect(check.accountResiduals.map(\.account) == [two])
        #expect(check.residual == "-3")
    }

    @Test func `rounding within a ten-billionth a line is no difference`() {
        func check(off amount: ExactDecimal) -> CrossValidation {
            validate(
                SampleCollection.collection(
                    services: [(one, "Amazon EC2", "100" + amount)], recordTypes: [(one, "Usage", "100")]))
        }
        // Two summed lines.
        #expect(check(off: "0.0000000002").tolerance == "0.0000000002")
        #expect(check(off: "0.0000000002").accountResiduals.isEmpty && check(off: "0.0000000002").rootCauses.isEmpty)
        #expect(check(off: "0.0000000003").accountResiduals.count == 1)
        #expect(!check(off: "0.0000000003").rootCauses.isEmpty)
    }

    @Test func `L3 at odds with the daily costs breaks an identity`() {
        let check = validate(
            SampleCollection.collection(
                services: [(one, "Amazon EC2", "100")], recordTypes: [(one, "Usage", "100")], daily: "101"))
        #expect(check.identities.filter { !$0.holds }.map(\.id) == ["daily.2026-02"])
    }

    @Test func `the month before is held against the daily costs too`() {
        let collection = SampleCollection.collection(
            services: [(one, "Amazon EC2", "100")], recordTypes: [(one, "Usage", "100")])
        let daily = SampleLedger.ledger(
            SampleLedger.daily(),
            [
                SampleLedger.line(["Every service"], "99", in: SampleLedger.month.previous),
                SampleLedger.line(["Every service"], "100"),
            ])
        #expect(
            validate(collection.with(daily: .known(daily))).identities.filter { !$0.holds }.map(\.id) == [
                "daily.2026-01"
            ])
    }

    @Test func `a month before that nobody asked about is said to be unchecked`() {
        let collection = SampleCollection.collection(
            services: [(one, "Amazon EC2", "100")], recordTypes: [(one, "Usage", "100")])
        let daily = SampleLedger.ledger(
            SampleLedger.daily(monthsBack: 0), [SampleLedger.line(["Every service"], "100")])
        let check = validate(collection.with(daily: .known(daily)))
        #expect(!check.identities.contains { $0.id == "daily.2026-01" })
        #expect(check.warnings.contains { $0.hasPrefix("2026-01 was not held against the daily costs") })
    }

    @Test func `discounts folded into usage must not change the sum`() {
        let collection = SampleCollection.collection(
            services: [(one, "Amazon EC2", "100")], recordTypes: [(one, "Usage", "100")])
        var amounts = CostAmounts(every: "100")
        amounts[.netUnblended] = "94"
        let layer3 = SampleLedger.ledger(
            SampleLedger.query("L3", groupBy: [.account, .recordType]),
            [
                SampleLedger.line([one, "Usage"], "100", in: SampleLedger.month.previous),
                SampleLedger.line([one, "Usage"], amounts),
            ])
        #expect(
            validate(collection.with(recordTypes: .known(layer3))).identities.filter { !$0.holds }.map(\.id) == ["net"])
    }

    @Test func `nothing against nothing has no variance`() {
        let check = validate(SampleCollection.collection(services: [], recordTypes: []))
        #expect(check.rawVariancePercent == nil && check.adjustedVariancePercent == nil)
    }

    @Test func `a credit month is measured by its size`() {
        let check = validate(
            SampleCollection.collection(services: [(one, "Amazon EC2", "-94")], recordTypes: [(one, "Credit", "-100")]))
        #expect(check.rawVariancePercent == "6")
    }

    @Test func `the month is preliminary while AWS estimates it or before the 8th`() {
        let settled = SampleCollection.partnerDiscount()
        #expect(validate(settled, today: CalendarDay("2026-03-07")!).isPreliminary)
        #expect(!validate(settled, today: CalendarDay("2026-03-08")!).isPreliminary)
        func estimated(_ day: String) -> CrossValidation {
            validate(
                SampleCollection.collection(
                    services: [(one, "Amazon EC2", "1")], recordTypes: [(one, "Usage", "1")],
                    estimatedPeriods: [CalendarDay(day)!]))
        }
        #expect(estimated("2026-02-01").isPreliminary)
        #expect(!estimated("2026-03-01").isPreliminary)
    }

    @Test func `signs that look wrong are warnings`() {
        let check = validate(
            SampleCollection.collection(
                services: [(one, "Amazon EC2", "10"), (two, "Amazon EC2", "-5")],
                recordTypes: [
                    (one, "Usage", "4"), (one, "Refund", "5"), (one, "Mystery", "1"), (two, "Usage", "-5"),
                ]))
        #expect(
            check.warnings == [
                #"record type "Refund" should reduce the cost but adds to it"#,
                "account \(two) has a negative cost before discounts, credits and refunds",
                #"record type "Mystery" is of no known class; it is kept in the total"#,
            ])
    }
}

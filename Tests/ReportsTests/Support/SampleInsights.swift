import FinOps

/// What AWS says of the sample month, in round numbers.
enum SampleInsights {
    static let first = SampleMonth.id(0)

    static var insights: CostInsights {
        CostInsights(
            anomalies: .known(AnomalyListing(anomalies: anomalies, record: record("anomalies"))),
            savingsPlans: .known(SavingsPlanListing(plans: [plan], record: record("savings-plans"))),
            utilization: [.databaseReservations: .known(databases)],
            coverage: [
                .savingsPlans: .known(
                    CommitmentCoverage(
                        family: .savingsPlans, covered: "75", eligible: "100", onDemandCost: usd("25"),
                        record: record("savings-plans.coverage")))
            ],
            recommendations: .known(RecommendationListing(advice, record: record("recommendations"))),
            efficiency: .known(CostEfficiency(score: nil, savings: "116", spend: "1160", record: record("efficiency"))))
    }

    private static let plan = Commitment(
        id: "arn:plan", type: "Compute", account: first, firstDay: nil, endDay: CalendarDay("2026-09-14")!,
        hourlyCommitment: usd("9.6"))

    private static let databases = CommitmentUtilization(
        family: .databaseReservations, committed: usd("100"), used: usd("90"), unused: usd("10"),
        onDemandEquivalent: usd("140"),
        commitments: [
            Commitment(
                id: "lease-1", type: "db.r6g.large", account: first, firstDay: nil,
                endDay: CalendarDay("2026-05-01")!, committed: usd("100"), used: usd("90"))
        ], record: record("rds-reservations.utilization"))

    private static let advice = [
        SavingsRecommendation(
            id: "rec-1", account: first, region: "r", resource: "vol-1", resourceType: "EbsVolume", action: "Delete",
            effort: "VeryLow", source: "ComputeOptimizer", monthlySavings: usd("96"), monthlyCost: usd("96")),
        SavingsRecommendation(
            id: "rec-2", account: first, region: "r", resource: nil, resourceType: "ComputeSavingsPlans",
            action: "PurchaseSavingsPlans", effort: nil, source: "CostExplorer", monthlySavings: usd("20"),
            monthlyCost: nil),
    ]

    /// What the Hub knows already, and a function that it does not carry.
    static let rightsizing = RightsizingListing(
        [
            SavingsRecommendation(
                id: "arn:aws:ec2:r:1:volume/vol-1", account: first, region: "r",
                resource: "arn:aws:ec2:r:1:volume/vol-1", resourceType: "EbsVolume", action: "Rightsize", effort: nil,
                source: "ComputeOptimizer", monthlySavings: usd("60"), monthlyCost: nil),
            SavingsRecommendation(
                id: "arn:aws:lambda:r:1:function:resize", account: first, region: "r",
                resource: "arn:aws:lambda:r:1:function:resize", resourceType: "LambdaFunction", action: "Rightsize",
                effort: nil, source: "ComputeOptimizer", monthlySavings: usd("14.2"), monthlyCost: nil),
        ], records: [record("rightsizing.functions")])

    private static let anomalies = [
        CostAnomaly(
            id: "a-1", firstDay: CalendarDay("2026-02-17")!, lastDay: CalendarDay("2026-02-19")!, dimensionValue: nil,
            rootCauses: [
                .init(service: "EC2 - Other", region: "r", linkedAccount: first, usageType: "u", contribution: "300")
            ],
            impact: .init(
                maxImpact: "120", totalImpact: "300", totalActualSpend: "400", totalExpectedSpend: "100"), feedback: nil
        ),
        CostAnomaly(
            id: "a-2", firstDay: CalendarDay("2026-02-27")!, lastDay: nil, dimensionValue: "AWS Lambda", rootCauses: [],
            impact: .init(maxImpact: "40.5", totalImpact: "40.5", totalActualSpend: nil, totalExpectedSpend: nil),
            feedback: "NO"),
        CostAnomaly(
            id: "a-3", firstDay: CalendarDay("2026-03-02")!, lastDay: CalendarDay("2026-03-02")!, dimensionValue: nil,
            rootCauses: [],
            impact: .init(maxImpact: "1", totalImpact: "1", totalActualSpend: nil, totalExpectedSpend: nil),
            feedback: nil),
    ]

    /// L3 of a month with both kinds of commitments; unblended and amortised differ as AWS's do.
    static var commitmentBill: CostLedger {
        let month = BillingMonth("2026-02")!
        func line(_ type: String, _ unblended: ExactDecimal, _ amortized: ExactDecimal) -> CostLine {
            var amounts = CostAmounts(every: unblended)
            amounts[.amortized] = amortized
            amounts[.netAmortized] = amortized
            return CostLine(day: month.firstDay, keys: [first, type], amounts: amounts)
        }
        return CostLedger(
            query: CostQuery(
                id: "L3", firstDay: month.previous.firstDay, endDay: month.firstDayAfter, granularity: .monthly,
                groupBy: [.account, .recordType]),
            currency: .usd,
            lines: [
                line("SavingsPlanCoveredUsage", "130", "94"), line("SavingsPlanNegation", "-130", "0"),
                line("SavingsPlanRecurringFee", "100", "6"), line("DiscountedUsage", "0", "48"),
                line("RIFee", "50", "2"), line("Usage", "1000", "1000"),
            ], estimatedPeriods: [], record: record("L3"))
    }

    static func usd(_ amount: ExactDecimal) -> Money { Money(amount, .usd) }

    /// Every answer is one of its own.
    static func record(_ id: String) -> QueryRecord {
        let letters = id.utf8.map { String($0, radix: 16) }.joined()
        let digest = String(String(repeating: letters, count: 64).prefix(64))
        return QueryRecord(
            id: id, operation: "aws:\(id)", parameters: "{}", parametersSHA256: Digest(digest)!, pages: [], rows: 1)
    }
}

public import FinOps

/// Line items of a month that name a few resources: one that moved, one that cost most, one that is new, and what names none.
public enum SampleResources {
    /// `name` is the resource that moved most.
    public static func export(
        accounts: [String], month: BillingMonth, isCompared: Bool = true,
        name: String = "arn:aws:rds:eu-west-1:111111111111:db:orders"
    ) -> LineItemExport {
        let digest = Digest(String(repeating: "e3", count: 32))!
        func row(
            _ account: Int, _ service: String, _ resource: String?, _ cost: ExactDecimal, _ before: ExactDecimal,
            _ resources: Int = 1
        ) -> ResourceCosts.Row {
            ResourceCosts.Row(
                account: accounts[account % accounts.count], service: service, resource: resource, region: "eu-west-1",
                cost: cost, before: isCompared ? before : nil, resources: resources)
        }
        let compute = "Amazon Elastic Compute Cloud - Compute"
        let database = "Amazon Relational Database Service"
        let rows = [
            row(0, compute, "i-0aa", "9000", "9965"), row(0, compute, "i-0bb", "400.25", "0"),
            row(0, database, name, "5200", "2170"), row(1, database, nil, "1200", "1330", 40),
            row(1, compute, "i-0cc", "88.5", "93"), row(2, "AWS Support (Business)", nil, "700", "700", 0),
        ]
        func record(_ id: String, _ digest: Digest = digest) -> QueryRecord {
            QueryRecord(
                id: id, operation: "duckdb", parameters: "{}", parametersSHA256: digest, pages: [], rows: rows.count)
        }
        return LineItemExport(
            source: "export", format: .focus1_2, month: month, currency: .usd, charges: [], discounts: [],
            delivery: LineItemExport.Delivery(
                isFolder: true, manifest: "Manifest.json", supersededDeliveries: 0, strayFiles: 0,
                linesWithoutInvoice: 0, chargedUntil: month.firstDayAfter, proFormaView: nil),
            billedMetric: .netUnblended, effectiveMetric: .netAmortized, record: record(LineItemExport.layerID),
            resources: .known(
                ResourceCosts(
                    basis: .effective, previous: isCompared ? month.previous : nil, rows: rows,
                    record: record(LineItemExport.resourcesID))),
            uncoveredCompute: .known(
                UncoveredCompute(
                    hours: hours(of: month), lineCount: 4032,
                    underPlans: UncoveredCompute.UnderPlans(onDemand: "5000", cost: "3600"),
                    record: record(LineItemExport.computeID, Digest(String(repeating: "c0", count: 32))!))))
    }

    /// Machines that idle at night and at weekends, and some that never do.
    private static func hours(of month: BillingMonth) -> [ExactDecimal] {
        (0..<month.days * 24).map { hour in
            let isWeekend = (hour / 24 + 6) % 7 > 4
            let isDay = (8..<18).contains(hour % 24)
            return ExactDecimal(40 + hour % 7) + (isDay ? ExactDecimal(isWeekend ? 12 : 55 + hour % 11) : "0.25")
        }
    }
}

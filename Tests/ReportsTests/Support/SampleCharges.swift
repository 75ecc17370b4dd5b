import FinOps

/// What every account was charged for every service on every day of two months, in whole micro-dollars, and per record type
/// over thirteen months. Everything else of the sample is a sum of these.
struct SampleCharges {
    struct Charge {
        let account: String
        let service: String
        let day: CalendarDay
        let amount: ExactDecimal
    }

    let accounts: [String]
    let month: BillingMonth
    let daily: [Charge]

    static let discountShare: ExactDecimal = "0.059"

    /// AWS's names, with a rough daily price of a middling account in cents; the last two live in one month only.
    static let services: [(name: String, cents: Int)] = [
        ("Amazon Elastic Compute Cloud - Compute", 9200), ("Amazon Relational Database Service", 6100),
        ("EC2 - Other", 3900), ("Savings Plans for AWS Compute usage", 2600), ("Amazon Simple Storage Service", 2100),
        ("Amazon Elastic Load Balancing", 1000), ("AmazonCloudWatch", 900), ("Amazon Redshift", 700),
        ("AWS Lambda", 520), ("Amazon DynamoDB", 500), ("Amazon Virtual Private Cloud", 450),
        ("Amazon ElastiCache", 400),
        ("Amazon CloudFront", 380), ("AWS Key Management Service", 120), ("Amazon GuardDuty", 240),
        ("AWS Backup", 210), ("Amazon Route 53", 60), ("Amazon Bedrock", 800), ("AWS Glue", 300),
    ]

    init(accounts: [String], month: BillingMonth) {
        self.accounts = accounts
        self.month = month
        var charges: [Charge] = []
        for (rank, account) in accounts.enumerated() {
            for (index, service) in Self.services.enumerated() {
                var noise = SampleNoise(seed: UInt64(rank * 1000 + index))
                for month in [month.previous, month] {
                    for offset in 0..<month.days {
                        let day = month.firstDay.adding(days: offset)
                        let cents = Self.cents(service, rank, day, of: self.month, &noise)
                        guard cents != 0 else { continue }
                        charges.append(
                            Charge(
                                account: account, service: service.name, day: day,
                                amount: Self.dollars(cents * 10_000 + noise.next(9999))))
                    }
                    for (name, share) in [("AWS Support (Business)", 6), ("Tax", 4)] where index == 0 {
                        let fee = Self.weight(rank) * share * 120_000_000 / 100
                        charges.append(
                            Charge(account: account, service: name, day: month.firstDay, amount: Self.dollars(fee)))
                    }
                }
            }
        }
        daily = charges
    }

    /// A few accounts carry most of the bill.
    private static func weight(_ rank: Int) -> Int { max(1, 400 / (rank * rank + 3 * rank + 4)) }

    private static func cents(
        _ service: (name: String, cents: Int), _ rank: Int, _ day: CalendarDay, of month: BillingMonth,
        _ noise: inout SampleNoise
    ) -> Int {
        let isCurrent = day.billingMonth == month
        switch service.name {
        case "Amazon Bedrock" where !isCurrent || rank > 3: return 0
        case "AWS Glue" where isCurrent || rank > 5: return 0
        default: break
        }
        let weekend = day.weekday > 5 ? 88 : 100
        var percent = weekend + noise.next(7) - 3 + (isCurrent ? 3 : 0)
        switch service.name {
        case "AmazonCloudWatch" where isCurrent: percent += 32
        case "AWS Backup" where isCurrent: percent += 14
        case "Amazon CloudFront" where isCurrent: percent -= 27
        case "EC2 - Other" where isCurrent && rank == 1 && (17...19).contains(day.day): percent += 260
        default: break
        }
        return service.cents * weight(rank) * percent / 1000
    }

    private static func dollars(_ micros: Int) -> ExactDecimal { ExactDecimal(units: Int128(micros) * 1_000_000) }
}

/// SplitMix64: the same numbers on every machine.
struct SampleNoise {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((value ^ (value >> 31)) % UInt64(bound))
    }
}

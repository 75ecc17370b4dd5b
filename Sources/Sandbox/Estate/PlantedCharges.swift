import FinOps

/// Where the truths are planted. Account numbers are positions in the roster.
enum PlantedCharges {
    /// Every position below this may be planted in, here or among the organisation's fees.
    static let accountsUsed = 24
    static let anomalies: [(account: Int, service: String, days: ClosedRange<Int>, micros: Int64)] = [
        (12, "EC2 - Other", 11...13, 4_215_330_000),
        (16, "AWS Lambda", 17...17, 1_284_750_000),
        (6, "Amazon Simple Storage Service", 22...25, 2_040_118_000),
    ]
    static let newServiceAccount = 13
    static let vanishedServiceAccount = 14
    static let idle: [(account: Int, service: String, resource: String, kind: String, micros: Int64)] = [
        (15, EstateService.computeOther, "vol-0a1b2c3d4e5f60718", "unattached-volume", 96_000_000),
        (10, EstateService.computeOther, "vol-0f9e8d7c6b5a40312", "unattached-volume", 41_600_000),
        (17, EstateService.computeOther, "eipalloc-05b1c6f0a7d2e3914", "idle-address", 3_650_000),
        (
            11, "Amazon Elastic Load Balancing", "loadbalancer/app/orphan/50dc6c495c0c9188", "idle-load-balancer",
            22_270_000
        ),
        (18, EstateService.computeOther, "nat-0c4d5e6f708192a3b", "idle-nat-gateway", 43_070_000),
        (13, EstateService.database, "db:reporting-replica-old", "idle-database", 389_820_000),
    ]
}

extension MonthGenerator {
    mutating func addPlantedCharges() {
        for plant in PlantedCharges.idle {
            addUsage(plant.account, EstateService.index(of: plant.service), .flat, plant.micros)
        }
        if month == estate.focusMonth {
            for plant in PlantedCharges.anomalies {
                addUsage(
                    plant.account, EstateService.index(of: plant.service), .days(plant.days), plant.micros)
            }
            // Refunded for an outage of the months before: more than the account spends.
            add(
                estate.negativeAccountIndex, EstateService.index(of: EstateService.computeOther), .refund, .days(9...9),
                unblended: -1_250_400_000, isEligible: false)
        }
        if month >= estate.focusMonth {
            let service = EstateService.index(of: EstateService.newService)
            let account = PlantedCharges.newServiceAccount
            let firstDay = month == estate.focusMonth ? 6 : 1
            addUsage(account, service, .days(firstDay...month.days), 1_873_410_000)
        } else {
            let service = EstateService.index(of: EstateService.vanishedService)
            let account = PlantedCharges.vanishedServiceAccount
            addUsage(account, service, workloadProfile(account, service), 810_000_000)
        }
    }

    private mutating func addUsage(_ account: Int, _ service: Int, _ profile: DayProfile, _ micros: Int64) {
        add(
            account, service, .usage, profile, unblended: micros,
            quantity: quantity(micros, EstateService.catalog[service]))
    }
}

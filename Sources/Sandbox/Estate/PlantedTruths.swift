public import FinOps

/// The answers: what was planted in the estate, so that every claim of a report can be held against it.
public struct PlantedTruths: Sendable {
    /// A burst of cost on some days of the focus month.
    public struct Anomaly: Sendable, Hashable {
        public let account: String
        public let service: String
        public let firstDay: CalendarDay
        /// Inclusive.
        public let lastDay: CalendarDay
        /// USD above what the account would have spent, before the partner discount.
        public let amount: ExactDecimal
    }

    /// A resource that costs money and does nothing. Its cost is part of the account's bill.
    public struct IdleResource: Sendable, Hashable {
        public let account: String
        public let service: String
        public let resource: String
        public let kind: String
        /// USD a month before the partner discount.
        public let monthlyCost: ExactDecimal
    }

    public let month: BillingMonth
    public let anomalies: [Anomaly]
    /// First charged in `month`, by this account.
    public let newService: (name: String, account: String)
    /// Last charged in the month before.
    public let vanishedService: (name: String, account: String)
    /// In Cost Explorer, no longer in Organizations.
    public let departedAccount: String
    /// Closed, still charged for something.
    public let chargedSuspendedAccount: String
    /// Listed by Organizations, absent from Cost Explorer.
    public let accountsWithoutCost: [String]
    /// A refund larger than its usage makes this account's month negative.
    public let negativeAccount: String
    public let idleResources: [IdleResource]
    /// The usage type whose list price rose with `month`, and the two prices of a unit in USD.
    public let dearerUsageType: (name: String, before: ExactDecimal, after: ExactDecimal)
}

extension SampleEstate {
    public var truths: PlantedTruths {
        let idle = PlantedCharges.idle.map { plant in
            PlantedTruths.IdleResource(
                account: accounts[plant.account].id, service: plant.service, resource: plant.resource, kind: plant.kind,
                monthlyCost: ExactDecimal(units: Int128(plant.micros) * 1_000_000))
        }
        return PlantedTruths(
            month: focusMonth,
            anomalies: PlantedCharges.anomalies.map { plant in
                PlantedTruths.Anomaly(
                    account: accounts[plant.account].id, service: plant.service,
                    firstDay: focusMonth.firstDay.adding(days: plant.days.lowerBound - 1),
                    lastDay: focusMonth.firstDay.adding(days: plant.days.upperBound - 1),
                    amount: ExactDecimal(units: Int128(plant.micros) * 1_000_000))
            },
            newService: (EstateService.newService, accounts[PlantedCharges.newServiceAccount].id),
            vanishedService: (EstateService.vanishedService, accounts[PlantedCharges.vanishedServiceAccount].id),
            departedAccount: accounts[accounts.count - 1].id,
            chargedSuspendedAccount: accounts[activeAccounts].id,
            accountsWithoutCost: listedAccounts.filter { $0.weight == 0 }.map(\.id).sorted(),
            negativeAccount: accounts[negativeAccountIndex].id,
            idleResources: idle, dearerUsageType: dearerUsageType)
    }

    private var dearerUsageType: (name: String, before: ExactDecimal, after: ExactDecimal) {
        let service = EstateService.catalog.first { $0.earlierUnitPrice != nil }!
        func price(_ micros: Int64) -> ExactDecimal { ExactDecimal(units: Int128(micros) * 1_000_000) }
        return (service.usageType, price(service.earlierUnitPrice!), price(service.unitPrice))
    }

    /// The smallest account that spends at all.
    var negativeAccountIndex: Int {
        (0..<activeAccounts).filter { accounts[$0].weight > 0 && $0 > 0 }.max { accounts[$0].rank < accounts[$1].rank }!
    }
}

import FinOps

/// Keeps the months that were asked for, so that each is written once.
actor EstateBook {
    let estate: SampleEstate
    private var months: [BillingMonth: [EstateCharge]] = [:]

    init(_ estate: SampleEstate) {
        self.estate = estate
    }

    func charges(in month: BillingMonth) -> [EstateCharge] {
        if let charges = months[month] { return charges }
        let charges = MonthGenerator.charges(estate, month)
        months[month] = charges
        return charges
    }
}

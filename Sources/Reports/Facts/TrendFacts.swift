import FinOps

/// The months behind this one, as many as Cost Explorer answered for.
enum TrendFacts {
    static func write(_ material: FactMaterial, to ledger: inout FactLedger) {
        let months = months(material)
        for month in months {
            let net = material.net(in: month)
            ledger.money("month.\(month).net", net, "net cost of \(month.name)")
            ledger.money("month.\(month).per_day", net.divided(by: month.days), "net cost per day of \(month.name)")
        }
        ledger.count("trend.months", months.count, "months on record")

        let yearAgo = material.month.adding(months: -12)
        let now = material.net(in: material.month)
        let before = material.net(in: yearAgo)
        ledger.money("year.previous", before, "net cost of \(yearAgo.name)")
        ledger.money("year.change", now - before, "change against \(yearAgo.name)")
        ledger.percent(
            "year.per_day_change_pct",
            (now.divided(by: material.month.days) - before.divided(by: yearAgo.days)).percent(
                of: before.divided(by: yearAgo.days), otherwise: "nothing was charged in \(yearAgo.name)"),
            "change per day against \(yearAgo.name) in percent")
        let sum = months.map { material.net(in: $0) }.reduce(Figure(.zero, [])) { $0 + $1 }
        ledger.money("trend.average", sum.divided(by: max(1, months.count)), "average month on record")
    }

    /// Oldest first; the month itself is the last.
    static func months(_ material: FactMaterial) -> [BillingMonth] {
        guard let ledger = material.collection.recordTypes.value else { return [material.month] }
        var months: [BillingMonth] = []
        var month = ledger.query.firstDay.billingMonth
        if month.firstDay < ledger.query.firstDay { month = month.next }
        while month <= material.month {
            months.append(month)
            month = month.next
        }
        return months
    }
}

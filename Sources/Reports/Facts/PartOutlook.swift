import Analysis
import FinOps

/// The months ahead of parts of the organisation. Forecasts of the units added up are not the forecast of the whole: the
/// share method scales them to it, and the factor is printed.
struct PartOutlook {
    private let material: FactMaterial
    private let whole: MonthlyOutlook
    private let months: [BillingMonth]
    /// Account → month → net cost, of whole months.
    private let costs: [String: [BillingMonth: ExactDecimal]]

    init(_ material: FactMaterial, whole: MonthlyOutlook) {
        (self.material, self.whole) = (material, whole)
        months = TrendFacts.months(material).filter { $0 <= material.lastWholeMonth }
        costs = (material.collection.recordTypes.value?.lines ?? []).reduce(into: [:]) { costs, line in
            guard let account = material.collection.recordTypes.value?.key(.account, of: line) else { return }
            costs[account, default: [:]][line.day.billingMonth, default: .zero] += line.amount(material.metric)
        }
    }

    /// Not scaled.
    func outlook(of accounts: Set<String>) -> MonthlyOutlook {
        MonthlyOutlook(
            months.map { month in
                let sum = accounts.map { costs[$0]?[month] ?? .zero }.sum()
                return (month, material.net(in: month).map { _ in sum })
            }, horizon: material.monthsAhead.count)
    }

    /// By what the forecasts of all units, and of the accounts in none, must be multiplied to add up to the whole.
    func factors() -> [BillingMonth: Figure] {
        let listed = Dictionary(material.inventory.accounts.map { ($0.id, $0) }) { first, _ in first }
        let units = Dictionary(grouping: costs.keys) { id in
            Array((listed[id]?.organizationalUnits ?? []).prefix(2))
        }
        let parts = units.values.map { outlook(of: Set($0)) }.filter { $0.monthsOfHistory > 0 }
        return Dictionary(
            uniqueKeysWithValues: material.monthsAhead.map { month in
                let sum = parts.map { $0.figure(month, \.value) }.reduce(Figure(.zero, [])) { $0 + $1 }
                let total = whole.figure(month, \.value)
                guard let value = total.value, let parts = sum.value, !parts.isZero else { return (month, sum) }
                return (
                    month,
                    total.map { _ in value.divided(by: parts, fractionDigits: 6) ?? .zero }
                )
            })
    }
}

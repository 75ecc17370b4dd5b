import Analysis
import FinOps

/// The usage types whose quantities can be held against the month before: charged in both months, counted in one unit.
struct ComparableUsage {
    private(set) var items: [QuantityPriceSplit.Item] = []
    /// What they cost in the month, at list prices.
    private(set) var cost = ExactDecimal.zero

    private struct Entry {
        var before: (cost: ExactDecimal, quantity: UsageQuantity)?
        var after: (cost: ExactDecimal, quantity: UsageQuantity)?
    }

    init(_ listing: UsageListing, _ material: FactMaterial) {
        let month = material.month
        var entries: [[String]: Entry] = [:]
        var (services, previous): ([String: ExactDecimal], [String: ExactDecimal]) = ([:], [:])
        for (line, quantity) in zip(listing.costs.lines, listing.quantities) {
            let cost = line.amount(material.metric)
            if line.day.billingMonth == month {
                entries[line.keys, default: Entry()].after = (cost, quantity)
                services[line.keys[0], default: .zero] += cost
            } else {
                entries[line.keys, default: Entry()].before = (cost, quantity)
                previous[line.keys[0], default: .zero] += cost
            }
        }
        let presence = CellPresence(material)
        for (keys, entry) in entries.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
            guard let before = entry.before, let after = entry.after, let unit = before.quantity.unit,
                unit == after.quantity.unit
            else { continue }
            // Accounts that have the service in one of the months only have bars of their own; of its usage types they are
            // taken to have had the usual mix.
            let left = Self.left(of: presence.goneByService[keys[0]], in: previous[keys[0]])
            let kept = Self.left(of: presence.newByService[keys[0]], in: services[keys[0]])
            let item = QuantityPriceSplit.Item(
                costBefore: before.cost * left, costAfter: after.cost * kept,
                quantityBefore: before.quantity.amount * left, quantityAfter: after.quantity.amount * kept)
            guard item.hasRatios else { continue }
            items.append(item)
            cost += after.cost
        }
    }

    /// The share of `whole` that is left without `part`.
    private static func left(of part: ExactDecimal?, in whole: ExactDecimal?) -> ExactDecimal {
        guard let part, let whole, whole > .zero else { return "1" }
        return max(.zero, (whole - min(part, whole)).divided(by: whole, fractionDigits: 10) ?? .zero)
    }
}

extension FactMaterial {
    /// Zero with its source where usage was asked for and answered; else the reason why quantities are unknown.
    var usageQuestion: Figure {
        switch collection.insights?.usage {
        case .known(let listing) where listing.costs.currency == currency:
            Figure(.zero, [listing.record.parametersSHA256])
        case .known(let listing):
            Figure(unknown: "usage is listed in \(listing.costs.currency), the bill is in \(currency)")
        case .unknown(let trouble): Figure(trouble)
        case nil:
            Figure(unknown: "AWS was not asked for quantities: that is a billed question, `usage` of `extra_questions`")
        }
    }

    /// Nil unless `usageQuestion` is known.
    var usage: UsageListing? { usageQuestion.value == nil ? nil : collection.insights?.usage?.value }
}

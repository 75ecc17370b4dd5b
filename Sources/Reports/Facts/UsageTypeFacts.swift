import FinOps

/// Which usage types of a service moved with a cause. Cost Explorer groups by two things at a time: accounts come from one
/// question and usage types from another, so a usage type is that of the whole organisation, never an account's.
struct UsageTypeFacts {
    static let shown = 2
    /// Together those named are this much of what moved in the service, in percent.
    private static let enough = 80

    private struct Movement {
        let usageType: String
        /// At the days of the month.
        let before: ExactDecimal
        let after: ExactDecimal
        var change: ExactDecimal { after - before }
    }

    private let question: Figure
    private let movements: [String: [Movement]]
    private let floor: ExactDecimal

    init(_ material: FactMaterial) {
        question = material.usageQuestion
        floor = material.newsFloor
        var sums: [[String]: (before: ExactDecimal, after: ExactDecimal)] = [:]
        if let costs = material.usage?.costs {
            for line in costs.lines {
                let cost = line.amount(material.metric)
                if line.day.billingMonth == material.month {
                    sums[line.keys, default: (.zero, .zero)].after += cost
                } else {
                    sums[line.keys, default: (.zero, .zero)].before += cost
                }
            }
        }
        let (days, previous) = (material.month.days, material.month.previous.days)
        movements = Dictionary(grouping: sums, by: { $0.key[0] }).mapValues { types in
            types.map { keys, sum in
                Movement(
                    usageType: keys[1],
                    before: Figure(sum.before, []).scaled(by: days, over: previous).value ?? .zero, after: sum.after)
            }.sorted {
                let (left, right) = ($0.change.magnitude, $1.change.magnitude)
                return left == right ? $0.usageType < $1.usageType : left > right
            }
        }
    }

    /// Those that moved the cause's way, largest first, until they are most of what did; nil where nobody asked.
    func write(_ prefix: String, service: String, change: ExactDecimal, to ledger: inout FactLedger) -> [FactSubject]? {
        guard question.value != nil else { return nil }
        let along = (movements[service] ?? []).filter {
            $0.change.isNegative == change.isNegative && $0.change.magnitude >= floor && !$0.change.isZero
        }
        let whole = along.map(\.change.magnitude).sum()
        var (named, sum): ([FactSubject], ExactDecimal) = ([], .zero)
        for movement in along.prefix(Self.shown) where sum * "100" < whole * ExactDecimal(Self.enough) {
            let own = "\(prefix).usage.\(named.count + 1)"
            func amount(_ value: ExactDecimal) -> Figure { question.map { _ in value } }
            ledger.money(
                "\(own).before", amount(movement.before), "usage type in the organisation before, at as many days")
            ledger.money("\(own).after", amount(movement.after), "usage type in the organisation in the month")
            ledger.money("\(own).change", amount(movement.change), "change of the usage type across the organisation")
            named.append(FactSubject(factPrefix: own, key: movement.usageType, name: movement.usageType, path: nil))
            sum += movement.change.magnitude
        }
        return named
    }
}

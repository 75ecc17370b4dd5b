import Analysis
import FinOps

/// One month of L3 as the bridge needs it: usage and partner discount by account, commitments by account and record type,
/// everything else by step.
struct UsageCharges {
    struct CommitmentKey: Hashable {
        let account: String
        let recordType: String
        var order: String { account + "\n" + recordType }
    }

    let days: Int
    private(set) var usage: [String: ExactDecimal] = [:]
    private(set) var discount: [String: ExactDecimal] = [:]
    private(set) var commitments: [CommitmentKey: ExactDecimal] = [:]
    private(set) var steps: [BridgeStep: ExactDecimal] = [:]

    init(_ material: FactMaterial, in month: BillingMonth) {
        days = month.days
        guard let ledger = material.collection.recordTypes.value else { return }
        var bridgeStep = KeptAnswers { BridgeStep(RecordClass(recordType: $0)) }
        for line in ledger.lines(in: month) {
            let (account, type) = (ledger.key(.account, of: line) ?? "", ledger.key(.recordType, of: line) ?? "")
            let amount = line.amount(material.metric)
            switch bridgeStep(type) {
            case .usage: usage[account, default: .zero] += amount
            case .partnerDiscount: discount[account, default: .zero] += amount
            case .commitments: commitments[CommitmentKey(account: account, recordType: type), default: .zero] += amount
            case let step: steps[step, default: .zero] += amount
            }
        }
    }

    /// What the partner discount leaves of a unit of usage.
    var discountLeaves: ExactDecimal {
        let gross = usage.values.sum()
        return (gross + discount.values.sum()).divided(by: gross, fractionDigits: 10) ?? "1"
    }

    /// Usage of the account after the partner discount.
    func net(_ account: String) -> ExactDecimal { (usage[account] ?? .zero) + (discount[account] ?? .zero) }

    /// Days, and `amount` a day.
    func daily(_ amount: ExactDecimal) -> [ExactDecimal] {
        [ExactDecimal(days), amount.divided(by: ExactDecimal(days), fractionDigits: 10) ?? .zero]
    }
}

/// What each account was charged for services that it has in one of the two months only, before the partner discount; the
/// same by service.
struct CellPresence {
    private(set) var new: [String: ExactDecimal] = [:]
    private(set) var gone: [String: ExactDecimal] = [:]
    private(set) var newByService: [String: ExactDecimal] = [:]
    private(set) var goneByService: [String: ExactDecimal] = [:]

    init(_ material: FactMaterial) {
        let month = material.month
        let (now, before) = (material.cells(in: month), material.cells(in: month.previous))
        // Not a fee of its own kind that a bar of its own already shows.
        var isUsage = KeptAnswers { !ServiceCategory(service: $0).isFixed && !$0.hasPrefix("Savings Plans") }
        for (cell, amount) in now where amount > .zero && before[cell] == nil && isUsage(cell.service) {
            new[cell.account, default: .zero] += amount
            newByService[cell.service, default: .zero] += amount
        }
        for (cell, amount) in before where amount > .zero && now[cell] == nil && isUsage(cell.service) {
            gone[cell.account, default: .zero] += amount
            goneByService[cell.service, default: .zero] += amount
        }
    }
}

/// Each account's usage as what continued, what is new and what is gone. What is new or gone carries its share of the
/// account's partner discount; the parts are complements, so that nothing is lost between them.
struct UsageSplit {
    private(set) var items: [FactorBridge.Item] = []
    private(set) var new = ExactDecimal.zero
    private(set) var gone = ExactDecimal.zero

    init(before: UsageCharges, after: UsageCharges, isInBoth cells: CellPresence) {
        let accounts = Set(before.usage.keys).union(after.usage.keys)
            .union(before.discount.keys).union(after.discount.keys).sorted()
        for account in accounts {
            let old = Part(before, account, apart: cells.gone[account] ?? .zero)
            let now = Part(after, account, apart: cells.new[account] ?? .zero)
            new += now.apart
            gone += old.apart
            items.append(
                FactorBridge.Item(
                    name: WhyBars.usageAndPrice, before: old.factors, after: now.factors, exactBefore: old.continued,
                    exactAfter: now.continued))
        }
    }

    private struct Part {
        /// Both after the partner discount.
        let continued: ExactDecimal
        let apart: ExactDecimal
        /// Days × cost a day × what the discount leaves.
        let factors: [ExactDecimal]

        init(_ charges: UsageCharges, _ account: String, apart gross: ExactDecimal) {
            let usage = charges.usage[account] ?? .zero
            let net = charges.net(account)
            let left = net.divided(by: usage, fractionDigits: 10) ?? .zero
            // A service may hold charges that are not usage: never more than the account used at all.
            let gross = max(.zero, min(gross, usage))
            apart = gross == usage ? net : gross * left
            continued = net - apart
            factors = charges.daily(usage - gross) + [left]
        }
    }
}

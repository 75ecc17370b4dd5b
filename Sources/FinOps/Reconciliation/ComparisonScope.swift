/// What L3 was asked about and by whom: a source that speaks for the whole bill can only be held against costs of the whole
/// bill.
struct ComparisonScope {
    let recordTypes: CostLedger
    /// Nil when nobody said which accounts the month is about; nothing outside Cost Explorer is comparable then.
    let inventory: AccountInventory?
    let month: BillingMonth

    /// Why costs and the whole bill are not the same thing here; empty when they are.
    var obstacles: [String] {
        if let account = recordTypes.query.onlyAccount, inventory?.callerStanding != .standalone {
            return ["it speaks for the whole bill, and the costs are of account \(account) alone"]
        }
        guard let inventory else { return ["which accounts the costs are of is not known"] }
        let caller = inventory.callerAccountID ?? "the caller"
        return switch inventory.callerStanding {
        case .managementAccount, .standalone: []
        case .delegatedAdministrator:
            ["it speaks for the whole bill, and delegated administrator \(caller) may not see all of it"]
        case .member: ["it speaks for the whole bill, and member account \(caller) sees only its own part"]
        case .unknown: ["whether account \(caller) pays the whole bill is not known"]
        }
    }

    func obstacles(currency: Currency) -> [String] {
        currency == recordTypes.currency
            ? [] : ["it is in \(currency.code), and the costs are in \(recordTypes.currency.code)"]
    }

    func obstacles(metric: CostMetric) -> [String] {
        recordTypes.lines(in: month).allSatisfy { $0.amounts[metric] != nil }
            ? [] : ["the costs were not read as \(metric.apiName)"]
    }

    /// In words that are the same in every run: no request id, no message of a server.
    static func obstacle(_ trouble: Trouble) -> String { "\(trouble.operation) did not answer (\(trouble.code))" }

    func closing(_ metric: CostMetric) -> ExactDecimal { recordTypes.total(metric, in: month) }

    /// Half a cent for each amount printed in cents, and the rounding of L3's own lines.
    func tolerance(roundedAmounts: Int) -> ExactDecimal {
        ExactDecimal(roundedAmounts) * "0.005"
            + ExactDecimal(recordTypes.lines(in: month).count) * CrossValidator.tolerancePerLine
    }
}

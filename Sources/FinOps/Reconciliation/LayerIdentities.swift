/// The equations that must hold whatever the month cost. `daily.*` and `net` compare a layer with itself or with
/// its witness, the unfiltered costs by day and service: broken, they mean that our reading or the data moved between two requests. `accounts` is the comparison of L1
/// and L3 itself, at its worst account; its difference is what G4 weighs.
struct LayerIdentities {
    let month: BillingMonth
    let metric: CostMetric

    func checks(accounts: AccountComparison, recordTypes: CostLedger, daily: CostLedger) -> [IdentityCheck] {
        [worstAccount(accounts), againstDaily(month, recordTypes, daily)].compactMap { $0 }
            + (coversPrevious(recordTypes, daily) ? [againstDaily(month.previous, recordTypes, daily)] : [])
            + [discountsFolded(recordTypes)]
    }

    /// What could not be checked is said, not passed over.
    func unchecked(recordTypes: CostLedger, daily: CostLedger) -> [String] {
        coversPrevious(recordTypes, daily)
            ? [] : ["\(month.previous) was not held against the daily costs: not both questions reach back to it"]
    }

    private func worstAccount(_ accounts: AccountComparison) -> IdentityCheck? {
        let worst = accounts.beyondTolerance.first ?? accounts.residuals.first
        return worst.map { worst in
            IdentityCheck(
                id: IdentityCheck.accountsID,
                statement: "Σ L3 over record types that L1 includes = Σ L1 over services, for every account; "
                    + "worst account: \(worst.account)",
                left: worst.layer3 - worst.explained, right: worst.layer1,
                tolerance: accounts.tolerance(of: worst.account))
        }
    }

    private func againstDaily(
        _ month: BillingMonth, _ recordTypes: CostLedger, _ daily: CostLedger
    ) -> IdentityCheck {
        let lineCount = recordTypes.lines(in: month).count + daily.lines(in: month).count
        return IdentityCheck(
            id: "daily.\(month)",
            statement: "Σ L3 over accounts and record types = Σ daily over services and days, in \(month)",
            left: recordTypes.total(metric, in: month), right: daily.total(metric, in: month),
            tolerance: ExactDecimal(lineCount) * CrossValidator.tolerancePerLine)
    }

    /// Net unblended folds discounts into the lines they apply to; over everything, unfiltered, the sum is the same.
    private func discountsFolded(_ recordTypes: CostLedger) -> IdentityCheck {
        IdentityCheck(
            id: "net", statement: "Σ NetUnblendedCost = Σ UnblendedCost over all of L3, in \(month)",
            left: recordTypes.total(.netUnblended, in: month), right: recordTypes.total(.unblended, in: month),
            tolerance: ExactDecimal(recordTypes.lines(in: month).count * 2) * CrossValidator.tolerancePerLine)
    }

    private func coversPrevious(_ ledgers: CostLedger...) -> Bool {
        ledgers.allSatisfy { $0.query.firstDay <= month.previous.firstDay }
    }
}

extension IdentityCheck {
    /// The identity that *is* the comparison of the two layers, hence weighed by its size instead of breaking the run.
    public static let accountsID = "accounts"
    public var isInternal: Bool { id != Self.accountsID }
}

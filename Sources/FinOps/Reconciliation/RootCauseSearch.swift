/// Where an unexplained difference lies. Accounts carry their own residual. A service whose amount equals the residual of
/// its account (L1 shows it, L3 does not) or a record type that equals it with the opposite sign (L3 shows it, L1 does
/// not) is named with its share; after them come the largest amounts in the accounts concerned, as places to look.
struct RootCauseSearch {
    let accounts: AccountComparison
    /// Σ |residual| over accounts; shares refer to it.
    let total: ExactDecimal

    static let rowsPerKind = 5

    var causes: [RootCause] {
        let concerned = accounts.beyondTolerance
        let residuals = Dictionary(uniqueKeysWithValues: concerned.map { ($0.account, $0.residual) })
        let byAccount = concerned.prefix(Self.rowsPerKind).map {
            RootCause(
                kind: .account, name: $0.account, amount: $0.residual,
                sharePercent: $0.residual.magnitude.percent(of: total))
        }
        return byAccount + causes(.service, .service, in: accounts.layer1, residuals)
            + causes(.recordType, .recordType, in: accounts.layer3, residuals.mapValues { -$0 })
    }

    private func causes(
        _ kind: RootCause.Kind, _ dimension: CostQuery.Dimension, in ledger: CostLedger,
        _ sought: [String: ExactDecimal]
    ) -> [RootCause] {
        var matched: [String: ExactDecimal] = [:]
        var sizes: [String: ExactDecimal] = [:]
        for line in ledger.lines(in: accounts.month) {
            guard let account = ledger.key(.account, of: line), let residual = sought[account],
                let name = ledger.key(dimension, of: line)
            else { continue }
            let amount = line.amount(accounts.metric)
            sizes[name, default: .zero] += amount
            if (amount - residual).magnitude <= accounts.tolerance(of: account) {
                matched[name, default: .zero] += amount
            }
        }
        let certain = largestFirst(matched).map { name, amount in
            RootCause(kind: kind, name: name, amount: amount, sharePercent: amount.magnitude.percent(of: total))
        }
        let candidates = largestFirst(sizes.filter { matched[$0.key] == nil && !$0.value.isZero }).map {
            RootCause(kind: kind, name: $0.key, amount: $0.value, sharePercent: nil)
        }
        return Array((certain + candidates).prefix(Self.rowsPerKind))
    }

    private func largestFirst(_ amounts: [String: ExactDecimal]) -> [(key: String, value: ExactDecimal)] {
        amounts.sorted { ($1.value.magnitude, $0.key) < ($0.value.magnitude, $1.key) }
    }
}

/// Whether three ledgers speak of the same thing: the same month, accounts, currency and way of counting, grouped and
/// filtered as the comparison assumes. Anything else is trouble, and a comparison of it would claim what nobody checked.
struct LayerScope {
    let month: BillingMonth
    let metric: CostMetric
    /// The export that the ledgers were read from; nil when Cost Explorer was asked.
    var origin: ExportOrigin?

    /// Empty when the layers can be compared.
    func troubles(in collection: CostCollection) -> [Trouble] {
        let layers = [collection.services, collection.recordTypes, collection.daily]
        let unknown = layers.compactMap(\.trouble)
        let ledgers = layers.compactMap(\.value)
        var troubles = unknown
        if collection.month != month {
            troubles.append(mismatch("the collection is about \(collection.month), not \(month)"))
        }
        troubles += ledgers.flatMap(coverage)
        if Set(ledgers.map(\.currency)).count > 1 {
            let codes = ledgers.map { "\($0.query.id) in \($0.currency.code)" }
            troubles.append(mismatch("the layers are in different currencies: \(codes.joined(separator: ", "))"))
        }
        if Set(ledgers.map(\.query.onlyAccount)).count > 1 {
            let scopes = ledgers.map { "\($0.query.id) about \($0.query.onlyAccount ?? "every account")" }
            troubles.append(mismatch("the layers are about different accounts: \(scopes.joined(separator: ", "))"))
        }
        if let services = collection.services.value { troubles += grouping(services, [.account, .service]) }
        if let recordTypes = collection.recordTypes.value {
            troubles += grouping(recordTypes, [.account, .recordType]) + unfiltered(recordTypes)
        }
        if let daily = collection.daily.value { troubles += grouping(daily, [.service]) + unfiltered(daily) }
        return troubles
    }

    static func keysFit(_ ledger: CostLedger) -> Bool {
        ledger.lines.allSatisfy { $0.keys.count == ledger.query.groupBy.count }
    }

    static func title(of query: CostQuery, from origin: ExportOrigin?) -> String {
        let groups = query.groupBy.map { dimension in
            switch dimension {
            case .account: "account"
            case .service: "service"
            case .recordType: "record type"
            case .usageType: "usage type"
            }
        }
        let days = query.granularity == .daily ? ["day"] : []
        let grouping = groups.isEmpty ? "ungrouped" : "by " + (groups + days).joined(separator: " and ")
        let excluded = query.excludedRecordTypes
        return "\(origin.map { "Line items of \($0.source)" } ?? "Cost Explorer") \(grouping), "
            + (excluded.isEmpty ? "unfiltered" : "without \(excluded.joined(separator: " and "))")
    }

    private func coverage(_ ledger: CostLedger) -> [Trouble] {
        let query = ledger.query
        var troubles: [Trouble] = []
        if query.firstDay > month.firstDay || query.endDay < month.firstDayAfter {
            troubles.append(mismatch("\(query.id) covers \(query.firstDay) to \(query.endDay), not all of \(month)"))
        }
        let needed = [metric, .unblended, .netUnblended]
        let absent = needed.filter { wanted in ledger.lines(in: month).contains { $0.amounts[wanted] == nil } }
        if let metric = absent.first {
            troubles.append(mismatch("\(query.id) has lines without \(metric.apiName)"))
        }
        if !Self.keysFit(ledger) {
            troubles.append(mismatch("\(query.id) has lines whose keys do not fit its grouping"))
        }
        return troubles
    }

    private func grouping(_ ledger: CostLedger, _ expected: Set<CostQuery.Dimension>) -> [Trouble] {
        Set(ledger.query.groupBy) == expected
            ? [] : [mismatch("\(ledger.query.id) is not grouped as the comparison needs it")]
    }

    private func unfiltered(_ ledger: CostLedger) -> [Trouble] {
        ledger.query.excludedRecordTypes.isEmpty
            ? [] : [mismatch("\(ledger.query.id) leaves record types out and cannot witness the whole month")]
    }

    private func mismatch(_ message: String) -> Trouble {
        Trouble(
            .inconsistent, code: "ScopeMismatch", message: message,
            operation: origin.map { "L1:\($0.format.rawValue)" } ?? "ce:GetCostAndUsage",
            hint: "both layers and the daily costs must answer for the same month, accounts, currency and metric")
    }
}

import FinOps

/// The collected answers, with the few lookups that several chapters of the book share.
struct FactMaterial {
    let request: RunRequest
    let policy: RunPolicy
    let inventory: AccountInventory
    let collection: CostCollection
    let crossValidation: CrossValidation
    /// Earlier months, for what they forecast.
    let sealed: Observation<[SealedBook]>
    /// The month, and the month before.
    private let charges: [BillingMonth: MonthCharges]
    /// What L3 and L1 come to in each month that has lines.
    private let netTotals: [BillingMonth: ExactDecimal]
    private let grossTotals: [BillingMonth: ExactDecimal]

    init(
        request: RunRequest, policy: RunPolicy, inventory: AccountInventory, collection: CostCollection,
        crossValidation: CrossValidation, sealed: Observation<[SealedBook]>
    ) {
        (self.request, self.policy, self.inventory) = (request, policy, inventory)
        (self.collection, self.crossValidation, self.sealed) = (collection, crossValidation, sealed)
        charges = Dictionary(
            uniqueKeysWithValues: [request.month, request.month.previous].map {
                ($0, MonthCharges(collection, policy.metric, in: $0))
            })
        netTotals = collection.recordTypes.value?.monthlyTotals(policy.metric) ?? [:]
        grossTotals = collection.services.value?.monthlyTotals(policy.metric) ?? [:]
    }

    var month: BillingMonth { request.month }
    var metric: CostMetric { policy.metric }
    var currency: Currency {
        collection.recordTypes.value?.currency ?? collection.services.value?.currency
            ?? collection.daily.value?.currency ?? crossValidation.currency
    }

    /// What was billed in `month`: Σ of the layer by account and record type, unfiltered.
    func net(in month: BillingMonth) -> Figure {
        figure(collection.recordTypes, in: month) { _ in netTotals[month] ?? .zero }
    }

    /// What was billed before the partner discount: Σ of the layer by account and service.
    func gross(in month: BillingMonth) -> Figure {
        figure(collection.services, in: month) { _ in grossTotals[month] ?? .zero }
    }

    /// What of `month` does not follow the number of its days.
    func fixed(in month: BillingMonth) -> Figure {
        figure(collection.recordTypes, in: month) { _ in fixedByAccount(in: month).values.sum() }
    }

    /// The same by account; empty when L3 is unknown.
    func fixedByAccount(in month: BillingMonth) -> [String: ExactDecimal] { charges(in: month).fixedByAccount }

    /// L1 of one month without what is zero; empty when it is unknown.
    func cells(in month: BillingMonth) -> [CostCell: ExactDecimal] { charges(in: month).cells }

    private func charges(in month: BillingMonth) -> MonthCharges {
        charges[month] ?? MonthCharges(collection, metric, in: month)
    }

    var analysis: AnalysisPolicy { policy.analysis ?? AnalysisPolicy() }

    /// The larger of an amount and a share of what everything costs a day.
    var newsFloorPerDay: Figure {
        net(in: month).divided(by: month.days).map {
            max(analysis.newsFloorPerDay, ($0 * analysis.newsFloorPercent).magnitude * "0.01")
        }
    }

    /// A figure of `month` out of `ledger`; unknown when the ledger is, or when nobody asked it about that month. A month
    /// outside the question is not a month without cost.
    func figure(
        _ ledger: Observation<CostLedger>, in month: BillingMonth, _ read: (CostLedger) -> ExactDecimal
    ) -> Figure {
        switch ledger {
        case .unknown(let trouble):
            return Figure(trouble)
        case .known(let ledger):
            let source = [ledger.record.parametersSHA256]
            guard ledger.query.firstDay <= month.firstDay, month.firstDayAfter <= ledger.query.endDay else {
                return Figure(unknown: outside(month), source)
            }
            return Figure(read(ledger), source)
        }
    }

    private func outside(_ month: BillingMonth) -> String {
        guard let origin = collection.origin, month < origin.firstMonth else {
            return "\(month.name) lies outside what was asked for"
        }
        return
            "the month comes from an export that does not say it: \(origin.historyEnd ?? "\(month.name) is not in it")"
    }

    /// The sums of `month` per value of a dimension; empty when the ledger is unknown.
    func totals(
        _ ledger: Observation<CostLedger>, in month: BillingMonth, by dimension: CostQuery.Dimension
    ) -> [String: ExactDecimal] {
        ledger.value?.totals(metric, in: month, by: dimension) ?? [:]
    }

    /// The rate for the display currency: nil when nobody asked for one. AWS's own is preferred; where no invoice carries
    /// one, a rate that a person configured for the month is taken.
    var displayRate: Observation<ExchangeRate>? {
        guard let invoiced = invoicedRate, let wanted = policy.displayCurrency else { return nil }
        guard invoiced.value == nil, let configured = configuredRate(to: wanted, in: month) else { return invoiced }
        return .known(configured)
    }

    /// Of the month before, as far as somebody configured it: invoices are asked of the month alone.
    var previousDisplayRate: ExchangeRate? {
        policy.displayCurrency.flatMap { configuredRate(to: $0, in: month.previous) }
    }

    private func configuredRate(to wanted: Currency, in month: BillingMonth) -> ExchangeRate? {
        request.exchangeRates?.rate(from: currency, to: wanted, in: month)
    }

    private var invoicedRate: Observation<ExchangeRate>? {
        guard let wanted = policy.displayCurrency, wanted != currency else { return nil }
        switch collection.invoices {
        case .unknown(let trouble):
            return .unknown(Reason.withoutRequest(trouble))
        case .known(let listing):
            let rates = Set(
                // A credit memo may carry the rate of the month it corrects.
                listing.invoices.filter { !$0.isCreditMemo }.compactMap(\.exchangeRate).filter {
                    $0.from == currency && $0.to == wanted
                })
            let smallest = rates.min {
                ($0.rate, $0.date, $0.sourceID ?? "") < ($1.rate, $1.date, $1.sourceID ?? "")
            }
            guard let rate = smallest else {
                return .unknown(
                    Trouble(
                        .noData, code: "NoRate", message: "no invoice carries a rate from \(currency) to \(wanted)",
                        operation: listing.record.operation))
            }
            guard Set(rates.map(\.rate)).count == 1 else {
                return .unknown(
                    Trouble(
                        .inconsistent, code: "DifferentRates",
                        message: "the invoices carry different rates from \(currency) to \(wanted)",
                        operation: listing.record.operation))
            }
            return .known(rate.withoutTime)
        }
    }
}

import FinOps

/// The sample's charges as the answers a month collects, and the cross-validation of those answers.
struct SampleLedgers {
    let charges: SampleCharges
    let requestID: String
    let metric: CostMetric

    private var month: BillingMonth { charges.month }

    var parts: SampleMonth.Parts {
        let records = recordTypes
        return SampleMonth.Parts(
            services: .known(services), recordTypes: .known(records), daily: .known(daily),
            forecast: .known(
                CostForecast(
                    firstDay: CalendarDay("2026-03-10")!, endDay: CalendarDay("2026-04-01")!,
                    mean: Money("81250.40", .usd),
                    low: Money("77010.15", .usd), high: Money("85490.65", .usd), levelPercent: 80,
                    record: record("forecast", 1))
            ),
            budgets: .unknown(
                Trouble(
                    .accessDenied, code: "AccessDeniedException", message: "not authorized (request \(requestID))",
                    operation: "budgets:DescribeBudgets", requestID: requestID)),
            invoices: .known(invoices(records)))
    }

    /// L1: without the partner discount.
    private var services: CostLedger {
        var sums: [[String]: ExactDecimal] = [:]
        for charge in charges.daily {
            sums[["\(charge.day.billingMonth.firstDay)", charge.account, charge.service], default: .zero] +=
                charge.amount
        }
        return ledger("L1", .monthly, [.account, .service], from: month.previous, sums)
    }

    /// L3: by record type, the discount among them; the eleven older months are a share of the previous one.
    private var recordTypes: CostLedger {
        var recent: [BillingMonth: [[String]: ExactDecimal]] = [:]
        for charge in charges.daily {
            let month = charge.day.billingMonth
            let type = Self.recordType(charge.service)
            recent[month, default: [:]][[charge.account, type], default: .zero] += charge.amount
            if type == "Usage" {
                let discount = (charge.amount * SampleCharges.discountShare).rounded(toFractionDigits: 6)
                recent[month, default: [:]][[charge.account, "Solution Provider Program Discount"], default: .zero] -=
                    discount
            }
        }
        var sums: [[String]: ExactDecimal] = [:]
        for back in 0...12 {
            let month = month.adding(months: -back)
            let share = ExactDecimal(100 - max(0, back - 1) * 2 + (back == 5 ? 9 : 0))
            for (keys, amount) in recent[back == 0 ? month : self.month.previous] ?? [:] {
                let scaled = back < 2 ? amount : (amount * share * "0.01").rounded(toFractionDigits: 6)
                sums[["\(month.firstDay)"] + keys] = scaled
            }
        }
        return ledger("L3", .monthly, [.account, .recordType], from: month.adding(months: -12), sums)
    }

    private var daily: CostLedger {
        var sums: [[String]: ExactDecimal] = [:]
        for charge in charges.daily { sums[["\(charge.day)", charge.service], default: .zero] += charge.amount }
        return ledger("daily", .daily, [.service], from: month.previous, sums)
    }

    private func invoices(_ records: CostLedger) -> InvoiceListing {
        let total = records.total(metric, in: month).rounded(toFractionDigits: 2)
        let rate = ExchangeRate(
            from: .usd, to: Currency("NZD")!, rate: "1.7105", kind: "invoice", source: "invoicing:ListInvoiceSummaries",
            date: "2026-02")
        let invoice = Invoice(
            id: "EUINNZ26-1", account: charges.accounts[0], base: Money(total, .usd),
            payment: Money((total * rate.rate).rounded(toFractionDigits: 2), rate.to), exchangeRate: rate)
        return InvoiceListing(invoices: [invoice], record: record("invoices", 1))
    }

    func validation(
        _ collection: CostCollection, inventory: AccountInventory, isPreliminary: Bool
    ) -> CrossValidation {
        guard let first = collection.services.value, let third = collection.recordTypes.value else {
            return CrossValidation(
                month: month, metric: metric, currency: .usd, missing: collection.troubles, layers: [], identities: [],
                rawDifference: nil, rawVariancePercent: nil, items: [], residual: nil, adjustedVariancePercent: nil,
                residualByAccountAbsolute: nil, accountResiduals: [], tolerance: "0.01", isPreliminary: isPreliminary,
                rootCauses: [], warnings: [])
        }
        let (left, right) = (first.total(metric, in: month), third.total(metric, in: month))
        let discount = third.totals(metric, in: month, by: .recordType)["Solution Provider Program Discount"] ?? .zero
        func layer(_ id: String, _ title: String, _ ledger: CostLedger) -> LayerTotal {
            LayerTotal(
                id: id, title: title, total: ledger.total(metric, in: month),
                accountCount: ledger.totals(metric, in: month, by: .account).count,
                lineCount: ledger.lines(in: month).count,
                excludedRecordTypes: [], record: ledger.record)
        }
        let residual = left + discount - right
        return CrossValidation(
            month: month, metric: metric, currency: .usd, missing: [],
            layers: [
                layer("L1", "Cost Explorer by account and service, without the partner discount", first),
                layer("L3", "Cost Explorer by account and record type, unfiltered", third),
            ], identities: [], rawDifference: (left - right).magnitude,
            rawVariancePercent: (left - right).magnitude.percent(of: right, fractionDigits: 6),
            items: [
                ReconcilingItem(
                    recordClass: .spp, amount: discount, sharePercent: discount.percent(of: right - left),
                    observedIn: "L3", excludedBy: "L1")
            ], residual: residual, adjustedVariancePercent: residual.magnitude.percent(of: right),
            residualByAccountAbsolute: residual.magnitude, accountResiduals: [], tolerance: "0.01",
            isPreliminary: isPreliminary, rootCauses: [], warnings: [],
            comparisons: [
                LayerComparison(
                    id: "L2", title: "AWS Budgets", metric: metric, weight: .provisional, figures: nil,
                    obstacles: ["budgets:DescribeBudgets did not answer (AccessDeniedException)"], record: nil),
                invoiceComparison(third),
            ],
            accounts: AccountCoverage(listed: inventory.accounts, ledger: third, metric: metric, month: month))
    }

    private func invoiceComparison(_ records: CostLedger) -> LayerComparison {
        LayerComparison(
            id: "L3i", title: "AWS's invoices", metric: metric, weight: .binding,
            figures: LayerComparison.Figures(
                opening: records.total(metric, in: month).rounded(toFractionDigits: 2), items: [],
                closing: records.total(metric, in: month), tolerance: "0.005", roundedAmounts: 1),
            obstacles: [], record: record("invoices", 1))
    }

    private static func recordType(_ service: String) -> String {
        switch service {
        case "Tax": "Tax"
        case "AWS Support (Business)": "Support"
        case "Savings Plans for AWS Compute usage": "SavingsPlanRecurringFee"
        default: "Usage"
        }
    }

    private func ledger(
        _ id: String, _ granularity: CostQuery.Granularity, _ groupBy: [CostQuery.Dimension], from first: BillingMonth,
        _ sums: [[String]: ExactDecimal]
    ) -> CostLedger {
        let lines = sums.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { keys, amount in
            CostLine(day: CalendarDay(keys[0])!, keys: Array(keys.dropFirst()), amounts: [metric: amount])
        }
        return CostLedger(
            query: CostQuery(
                id: id, firstDay: first.firstDay, endDay: month.firstDayAfter, granularity: granularity,
                groupBy: groupBy),
            currency: .usd, lines: lines, estimatedPeriods: [], record: record(id, lines.count))
    }

    private func record(_ id: String, _ rows: Int) -> QueryRecord {
        let digit = String(format(id), radix: 16)
        return QueryRecord(
            id: id, operation: "ce:GetCostAndUsage", parameters: "{\"id\":\"\(id)\"}",
            parametersSHA256: Digest(String(repeating: digit, count: 64).prefix(64).description)!,
            pages: [
                QueryRecord.Page(
                    requestID: requestID, receivedAt: Timestamp(secondsSinceEpoch: 1_773_100_800), bodySHA256: .zero,
                    bytes: 100)
            ], rows: rows)
    }

    /// A digit that names the question, so that a golden shows which one a fact came from.
    private func format(_ id: String) -> Int {
        ["L1", "L3", "daily", "forecast", "invoices"].firstIndex(of: id)! + 11
    }
}

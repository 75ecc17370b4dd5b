import FinOps

/// The invoices AWS issued, the rate it billed at, and the month in the currency the reader thinks in.
enum CurrencyFacts {
    static func write(_ material: FactMaterial, to ledger: inout FactLedger) {
        writeInvoices(material, to: &ledger)
        guard let observation = material.displayRate, let wanted = material.policy.displayCurrency else { return }
        let net = material.net(in: material.month)
        let before = material.net(in: material.month.previous)
        switch observation {
        case .unknown(let trouble):
            ledger.rate("exchange_rate.rate", Figure(trouble), "rate from \(material.currency) to \(wanted)")
            for id in ["total.net_display", "total.change_display"] {
                ledger.money(id, Figure(trouble), "net cost in \(wanted)", in: wanted)
            }
        case .known(let rate):
            let factor = material.displayFactor(rate)
            ledger.rate(
                "exchange_rate.rate", factor, "\(rate.to) for one \(rate.from), \(rate.kind) rate of \(rate.date)")
            ledger.money("total.net_display", net * factor, "net cost in \(wanted)", in: wanted)
            ledger.money(
                "total.change_display", (net - before) * factor,
                "change in \(wanted), both months at this month's rate",
                in: wanted)
            writePrevious(material.previousDisplayFactor, before, rate, to: &ledger)
        }
    }

    /// What the currency did is a bar of the bridge (`why.currency_display`).
    private static func writePrevious(
        _ factor: Figure, _ before: Figure, _ rate: ExchangeRate, to ledger: inout FactLedger
    ) {
        ledger.rate("exchange_rate.previous", factor, "\(rate.to) for one \(rate.from) in the month before")
        ledger.money(
            "total.previous_display", before * factor, "net cost of the month before at its own rate", in: rate.to)
    }

    private static func writeInvoices(_ material: FactMaterial, to ledger: inout FactLedger) {
        let net = material.net(in: material.month)
        switch material.collection.invoices {
        case .unknown(let trouble):
            ledger.money("invoices.total", Figure(trouble), "invoiced for the month")
            ledger.money("invoices.difference", Figure(trouble), "invoiced less net cost")
        case .known(let listing):
            let source = [listing.record.parametersSHA256]
            let invoices = listing.invoices
            ledger.count("invoices.count", invoices.count, "invoices issued for the month", sources: source)
            let total: Figure =
                if invoices.isEmpty {
                    Figure(unknown: "no invoice has been issued for the month yet", source)
                } else if invoices.contains(where: { $0.base.currency != material.currency }) {
                    Figure(unknown: "invoices are in another currency than the costs", source)
                } else {
                    Figure(invoices.map(\.owed).sum(), source)
                }
            ledger.money("invoices.total", total, "invoiced for the month")
            ledger.money("invoices.difference", total - net, "invoiced less net cost")
            let payment = Set(invoices.map(\.payment.currency))
            if payment.count == 1, let currency = payment.first, currency != material.currency {
                ledger.money(
                    "invoices.payment", Figure(invoices.map(\.payable).sum(), source),
                    "payable in \(currency) by those invoices", in: currency)
            }
        }
    }
}

extension FactMaterial {
    func displayFactor(_ rate: ExchangeRate) -> Figure {
        let invoices = collection.invoices.value.map { [$0.record.parametersSHA256] } ?? []
        return Figure(rate.rate, rate.kind == "invoice" ? invoices : [rate.sha256].compactMap { $0 })
    }

    /// The rate of the month before, as far as somebody configured it.
    var previousDisplayFactor: Figure {
        previousDisplayRate.map { Figure($0.rate, [$0.sha256].compactMap { $0 }) }
            ?? Figure(unknown: "no rate of the month before is configured (`exchange_rates`)")
    }
}

extension Figure {
    static func * (left: Self, right: Self) -> Self {
        guard let factor = right.value else { return right }
        let product = left.map { $0 * factor }
        guard let value = product.value else { return product }
        return Self(value, left.sources + right.sources.filter { !left.sources.contains($0) })
    }
}

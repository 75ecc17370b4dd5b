import FinOps

/// The month in the currency the reader thinks in, with the record of the rate; and what AWS invoiced for it.
enum CurrencySection {
    static func tile(_ context: PageContext) -> Tile {
        guard context.facts.contains("total.net_display") else {
            return Tile(
                label: "In another currency", value: "–",
                note: "none was asked for: costs are in \(words: context.unit)")
        }
        return Tile(
            label: "In the reporting currency", value: .fact("total.net_display", .money),
            note: context.facts.value("why.currency_display") == nil
                ? "at \("exchange_rate.rate", .plain)"
                : "at \("exchange_rate.rate", .plain); the rate did \("why.currency_display", .money.signed)")
    }

    static func section(_ context: PageContext) -> ReportSection {
        var blocks: [ReportBlock] = [.table(amounts(context))]
        if let record = record(context) { blocks.append(.paragraph(record)) }
        return ReportSection(title: title(context), blocks: blocks)
    }

    private static func title(_ context: PageContext) -> Phrase {
        guard context.facts.value("invoices.difference") != nil else { return "The invoice could not be compared" }
        return context.isZeroToTheCent("invoices.difference")
            ? "The invoice agrees to the cent"
            : "The invoice differs by \("invoices.difference", .moneyCents.magnitude)"
    }

    private static func amounts(_ context: PageContext) -> ReportTable {
        let rows: [(Phrase, String)] = [
            ("Net cost", "total.net"), ("Invoiced", "invoices.total"),
            ("Invoiced less net cost", "invoices.difference"),
            ("Payable by those invoices", "invoices.payment"), ("Net cost, converted", "total.net_display"),
            ("The month before, at its own rate", "total.previous_display"),
            ("Change at constant currency, both months at this rate", "total.change_display"),
            ("What the rate did, as in the bridge", "why.currency_display"),
        ]
        return ReportTable(
            caption: "Invoice and currency",
            columns: [.text("Figure"), .text("Currency"), .number("Amount")],
            rows: rows.filter { context.facts.contains($0.1) }.map { label, id in
                ReportTable.Row(cells: [label, .words(context.facts[id].currency?.code ?? ""), .fact(id, .cents)])
            })
    }

    /// What an auditor needs to convert again.
    private static func record(_ context: PageContext) -> Phrase? {
        guard case .known(let rate) = context.book.exchangeRate else { return nil }
        var record: Phrase =
            "Record of the exchange rate: \("exchange_rate.rate", .plain) \(words: rate.to.code) for one \(words: rate.from.code), kind \(name: rate.kind), source \(name: rate.source), dated \(name: rate.date)"
        if let id = rate.sourceID { record = record + ", found under \(name: id)" }
        if let digest = rate.sha256 { record = record + ", read from \(.code(digest.named))" }
        return record + "."
    }
}

import FinOps

extension ItemsSelection {
    /// By the columns, never by a name. Throws `InputError` for columns of no known layout, and for one that is missing.
    ///
    /// - Parameter place: The file or table, for the sentence.
    init(recognizing names: [String], in place: String) throws {
        let detection = FormatDetection(columns: names)
        guard let format = detection.format else {
            throw InputError(
                "bad_export", "\(place) has the columns of neither FOCUS nor CUR",
                hint: "the first of them is \(names.first ?? "missing"); export FOCUS 1.2, FOCUS 1.0 or CUR 2.0")
        }
        if let absent = detection.missing(for: format).first {
            throw InputError(
                "bad_export", "\(place) is \(format.rawValue), and column \(absent.name) is missing",
                hint: absent.meant.map { "column \($0) looks like it, renamed" }
                    ?? "export the table with all of its columns")
        }
        self.init(format: format, columns: detection)
    }

    /// Nil when the format does not say which invoice a line is on.
    func linesWithoutInvoice(_ rows: [ChargesRow]) -> Int? {
        format == .focus1_0 ? nil : rows.filter { $0.invoice.isEmpty }.map(\.lines).reduce(0, +)
    }
}

extension [ChargesRow] {
    /// The end, exclusive, of the latest charge period.
    var chargedUntil: CalendarDay {
        compactMap { CalendarDay($0.ends) }.max() ?? CalendarDay(daysSinceEpoch: 0)
    }
}

extension LineItemExport {
    /// What `ChargesQuery` and `DiscountsQuery` answered. Throws `InputError` for a currency that is none.
    init(
        source: String, selection: ItemsSelection, month: BillingMonth, rows: [ChargesRow], discounts: [Discount],
        delivery: Delivery, record: QueryRecord, resources: Observation<ResourceCosts>? = nil
    ) throws {
        guard let code = rows.first?.currency, let currency = Currency(code) else {
            throw InputError("bad_export", "\"\(rows.first?.currency ?? "")\" is not a currency")
        }
        self.init(
            source: source, format: selection.format, month: month, currency: currency,
            charges: rows.map { $0.charge(selection.format) }, discounts: discounts, delivery: delivery,
            billedMetric: selection.billedMetric,
            effectiveMetric: rows.allSatisfy { $0.uneffective == 0 } ? selection.effectiveMetric : nil, record: record,
            resources: resources)
    }
}

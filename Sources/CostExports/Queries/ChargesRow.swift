import FinOps

/// One row of `ChargesQuery`'s answer.
struct ChargesRow {
    let account: String
    let service: String
    let category: String
    let chargeClass: String
    let invoice: String
    let currency: String
    /// `2026-02`, as far as the file says so.
    let period: String
    /// The latest end of a charge period, a day.
    let ends: String
    let billed: ExactDecimal
    let effective: ExactDecimal?
    let lines: Int
    /// Lines without a billed amount.
    let unbilled: Int
    /// Lines without an effective amount.
    let uneffective: Int
    /// Usage below nothing that is no correction.
    let negative: Int

    init(_ row: [String: JSONValue]) throws {
        func text(_ name: String) -> String { row[name]?.text ?? "" }
        func count(_ name: String) throws -> Int {
            guard let number = Int(text(name)) else { throw EngineFailure(.unreadableAnswer, "\(name) is no number") }
            return number
        }
        (account, service, category, chargeClass) = (text("account"), text("service"), text("category"), text("class"))
        (invoice, currency, period, ends) = (text("invoice"), text("currency"), text("period"), text("ends"))
        // Nothing but lines without an amount: counted below, and refused.
        guard let billed = row["billed"] == .null ? .zero : ExactDecimal(text("billed")) else {
            throw EngineFailure(.unreadableAnswer, "\(text("billed")) is no amount")
        }
        self.billed = billed
        effective = ExactDecimal(text("effective"))
        (lines, unbilled) = (try count("lines"), try count("unbilled"))
        (uneffective, negative) = (try count("uneffective"), try count("negative"))
    }

    func charge(_ format: LineItemExport.Format) -> LineItemExport.Charge {
        LineItemExport.Charge(
            account: account, service: service,
            recordClass: ChargeClass.of(format, category: category, chargeClass: chargeClass, service: service),
            recordType: ChargeClass.recordType(
                format, category: category, chargeClass: chargeClass, service: service),
            invoice: invoice.isEmpty ? nil : invoice, billed: billed, effective: uneffective == 0 ? effective : nil,
            lineCount: lines)
    }
}

import FinOps

/// What no figure may be made from: something that is wrong with the lines as a whole, or with a row.
struct ItemFault: Hashable {
    /// Goes on after the name of an export, or of a place in it.
    let complaint: String
    /// What holds for the rows complained of; nil when it is no single row's.
    let condition: String?
    let hint: String?

    private init(_ complaint: String, condition: String? = nil, hint: String? = nil) {
        (self.complaint, self.condition, self.hint) = (complaint, condition, hint)
    }

    /// Nil when there is none.
    static func first(in rows: [ChargesRow], of month: BillingMonth) -> ItemFault? {
        guard let first = rows.first else { return ItemFault("holds no line items") }
        if let fault = several(rows.map(\.currency), "currencies", hint: "export each currency on its own")
            ?? several(rows.map(\.period), "billing periods", hint: "name the folder of one month")
        {
            return fault
        }
        guard first.period == month.description else {
            return ItemFault("is of billing period \(first.period), and the month is \(month)")
        }
        if rows.contains(where: { $0.unbilled > 0 }) {
            return ItemFault("has no billed amount", condition: "billed IS NULL")
        }
        if rows.contains(where: { $0.negative > 0 }) {
            return ItemFault(
                "is usage of a quantity below nothing, and no correction",
                condition: "category = 'Usage' AND class = '' AND quantity < 0")
        }
        if let nameless = rows.first(where: { $0.account.isEmpty }) {
            return ItemFault("names no account (service \(nameless.service))", condition: "account = ''")
        }
        return nil
    }

    private static func several(_ values: [String], _ what: String, hint: String) -> ItemFault? {
        let found = Set(values).sorted()
        guard found.count > 1 else { return nil }
        return ItemFault("holds \(found.count) \(what): \(found.prefix(4).joined(separator: ", "))", hint: hint)
    }
}

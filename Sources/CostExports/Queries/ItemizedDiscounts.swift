import FinOps

/// The answer of `DiscountsQuery` as discounts: at most zero.
///
/// AWS does not say which sign the column carries. Every value of one export is written by the same hand, so a column whose
/// sum is positive counts what was taken off and is turned; one whose sum is negative is taken as it is.
enum ItemizedDiscounts {
    static func read(
        _ rows: [[String: JSONValue]], format: LineItemExport.Format
    ) throws -> [LineItemExport.Discount] {
        struct Key: Hashable {
            let account: String
            let service: String
            let charged: RecordClass
            let recordType: String
            let kind: RecordClass
        }
        var sums: [Key: ExactDecimal] = [:]
        for row in rows {
            func text(_ name: String) -> String { row[name]?.text ?? "" }
            guard let amount = ExactDecimal(text("amount")) else {
                throw EngineFailure(.unreadableAnswer, "\(text("amount")) is no amount")
            }
            let charged = ChargeClass.of(
                format, category: text("category"), chargeClass: text("class"), service: text("service"))
            let kind = RecordClass(recordType: text("kind"))
            let key = Key(
                account: text("account"), service: text("service"), charged: charged,
                recordType: ChargeClass.recordType(
                    format, category: text("category"), chargeClass: text("class"), service: text("service")),
                kind: kind.isDiscount ? kind : .otherDiscount)
            sums[key, default: .zero] += amount
        }
        let isTurned = sums.values.sum() > .zero
        return sums.filter { !$0.value.isZero }
            .map { key, amount in
                LineItemExport.Discount(
                    account: key.account, service: key.service, charged: key.charged, recordType: key.recordType,
                    kind: key.kind,
                    amount: isTurned ? -amount : amount)
            }
            .sorted {
                ($0.account, $0.service ?? "", $0.recordType ?? "", $0.kind.rawValue) < (
                    $1.account, $1.service ?? "", $1.recordType ?? "", $1.kind.rawValue
                )
            }
    }
}

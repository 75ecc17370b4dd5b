import FinOps

/// The record class of a line item, in the words both pipelines can be compared by.
enum ChargeClass {
    /// FOCUS knows five categories and marks what corrects an earlier month. Support is told by its service, because FOCUS
    /// calls it usage. Negations do not appear in FOCUS: what a savings plan covers is billed at nothing.
    static func ofFOCUS(category: String, chargeClass: String, service: String) -> RecordClass {
        switch category {
        case "Tax": .tax
        case _ where chargeClass == "Correction": .refund
        case "Credit": .credit
        case "Adjustment": .otherDiscount
        case _ where service.hasPrefix("AWS Support") || service.hasPrefix("AWS Premium Support"): .support
        case "Purchase", ItemsSelection.recurringPurchase: .commitmentFee
        case "Usage": .usage
        default: .other
        }
    }

    /// In Cost Explorer's words, which a CUR uses itself.
    static func recordType(
        _ format: LineItemExport.Format, category: String, chargeClass: String, service: String
    ) -> String {
        let recordClass = of(format, category: category, chargeClass: chargeClass, service: service)
        if !format.isFOCUS { return category }
        return recordClass == .commitmentFee && category == ItemsSelection.recurringPurchase
            ? RecordClass.recurringFee : recordClass.recordType
    }

    static func of(
        _ format: LineItemExport.Format, category: String, chargeClass: String, service: String
    ) -> RecordClass {
        format.isFOCUS
            ? ofFOCUS(category: category, chargeClass: chargeClass, service: service)
            : RecordClass(recordType: category)
    }
}

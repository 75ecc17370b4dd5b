import FinOps

/// A FOCUS export as text, a few columns wide: what a line does not say is empty.
struct FOCUSText {
    var columns = [
        "BilledCost", "BillingAccountId", "BillingCurrency", "BillingPeriodStart", "ChargeCategory", "ChargeClass",
        "ChargePeriodEnd", "ConsumedQuantity", "EffectiveCost", "InvoiceId", "ServiceName", "SubAccountId", "Tags",
        "x_Discounts",
    ]
    var lines: [[String: String]] = []

    static let usual = [
        "BillingAccountId": "111122223333", "BillingCurrency": "USD", "BillingPeriodStart": "2026-02-01T00:00:00Z",
        "ChargeCategory": "Usage", "ChargePeriodEnd": "2026-03-01T00:00:00Z", "ConsumedQuantity": "1",
        "InvoiceId": "INV-1", "ServiceName": "Amazon Simple Storage Service", "SubAccountId": "012345678901",
        "Tags": #"{"team":"a \"quoted\", team"}"#,
    ]

    mutating func add(_ billed: String, effective: String? = nil, _ more: [String: String] = [:]) {
        var line = Self.usual.merging(["BilledCost": billed, "EffectiveCost": effective ?? billed]) { $1 }
        line.merge(more) { $1 }
        lines.append(line)
    }

    var text: String {
        ([columns] + lines.map { line in columns.map { line[$0] ?? "" } }).map(CommaSeparated.row)
            .joined(separator: "\n") + "\n"
    }

    /// An account with a leading zero, tax of the payer, a credit, a correction, and a discount itemised.
    static var sample: FOCUSText {
        var file = FOCUSText()
        file.add("10.0000000001", effective: "8.5", ["x_Discounts": #"{"SppDiscount":-0.6270}"#])
        file.add("0.1")
        file.add("0.2")
        file.add("100", ["SubAccountId": "222233334444", "ServiceName": "Amazon RDS", "InvoiceId": "INV-2"])
        file.add("15", ["SubAccountId": "", "ChargeCategory": "Tax", "ServiceName": "Tax"])
        file.add("-3.5", ["ChargeCategory": "Credit", "ConsumedQuantity": "-1"])
        file.add("-1.25", ["ChargeClass": "Correction", "ConsumedQuantity": "-4"])
        file.add("7", ["ChargeCategory": "Purchase", "ServiceName": "Savings Plans for AWS Compute usage"])
        return file
    }
}

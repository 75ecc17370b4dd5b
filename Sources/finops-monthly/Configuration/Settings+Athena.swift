import CostExports
import FinOps

extension Settings {
    /// How line items are asked of Athena.
    func athena() throws -> AthenaSettings {
        AthenaSettings(
            workGroup: try value(.athenaWorkGroup, as: "the name of a work group") { text in
                let allowed = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-")
                return (1...128).contains(text.count) && text.allSatisfy(allowed.contains) ? text : nil
            }!,
            results: try value(.athenaResults, as: "a place such as s3://BUCKET/PREFIX") { ObjectAddress($0) },
            spendingLimitUSD: try value(.athenaSpendingLimit, as: "an amount of US dollars such as 1.00") {
                ExactDecimal($0).flatMap { $0 > .zero && $0 <= "1000000" ? $0 : nil }
            }!,
            priceUSDPerTerabyte: try value(.athenaPricePerTerabyte, as: "an amount of US dollars such as 5.00") {
                ExactDecimal($0).flatMap { $0 > .zero && $0 <= "1000" ? $0 : nil }
            }!)
    }
}

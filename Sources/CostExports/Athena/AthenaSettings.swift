public import FinOps

/// How Athena is asked, and what it may cost.
public struct AthenaSettings: Hashable, Sendable {
    public let workGroup: String
    /// Where Athena writes results; nil leaves it to the work group.
    public let results: ObjectAddress?
    /// US dollars that the queries about one month may cost together.
    public let spendingLimitUSD: ExactDecimal
    /// US dollars a terabyte scanned; AWS's price differs between regions.
    public let priceUSDPerTerabyte: ExactDecimal

    public init(
        workGroup: String, results: ObjectAddress?, spendingLimitUSD: ExactDecimal, priceUSDPerTerabyte: ExactDecimal
    ) {
        self.workGroup = workGroup
        self.results = results
        self.spendingLimitUSD = spendingLimitUSD
        self.priceUSDPerTerabyte = priceUSDPerTerabyte
    }

    /// Athena counts whole megabytes, at least ten a query.
    public func costUSD(ofScanning bytes: Int) -> ExactDecimal {
        let megabytes = max(10, (bytes + 999_999) / 1_000_000)
        return ExactDecimal(megabytes) * priceUSDPerTerabyte * "0.000001"
    }

    /// What may be scanned for the rest of the limit; zero when nothing is left.
    func bytes(leftAfter spentUSD: ExactDecimal) -> Int {
        let left = spendingLimitUSD - spentUSD
        guard !left.isNegative, let terabytes = left.divided(by: priceUSDPerTerabyte, fractionDigits: 12) else {
            return 0
        }
        return Int(clamping: terabytes.units)
    }
}

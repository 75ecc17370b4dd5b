/// Calls made and dollars spent. Only requests that AWS bills carry a price; failed requests are not billed.
public struct APIUsage: Hashable, Codable, Sendable {
    /// `ce:GetCostAndUsage` → 3. Retried attempts are counted in `retries`, not here.
    public var calls: [String: Int]
    public var retries: Int
    public var costUSD: ExactDecimal

    public init(calls: [String: Int] = [:], retries: Int = 0, costUSD: ExactDecimal = .zero) {
        self.calls = calls
        self.retries = retries
        self.costUSD = costUSD
    }

    public static func + (left: Self, right: Self) -> Self {
        Self(
            calls: left.calls.merging(right.calls, uniquingKeysWith: +), retries: left.retries + right.retries,
            costUSD: left.costUSD + right.costUSD)
    }

    /// What was used since `earlier`.
    public static func - (left: Self, earlier: Self) -> Self {
        let calls = left.calls.compactMapValues { $0 }
            .reduce(into: [String: Int]()) { result, call in
                let count = call.value - (earlier.calls[call.key] ?? 0)
                if count != 0 { result[call.key] = count }
            }
        return Self(calls: calls, retries: left.retries - earlier.retries, costUSD: left.costUSD - earlier.costUSD)
    }
}

/// The running meter of everything sent to AWS by this process.
public protocol APIMeter: Sendable {
    func usage() -> APIUsage
}

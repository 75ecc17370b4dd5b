import FinOps

/// Counts what this process sends to AWS and what AWS bills for it.
final class UsageMeter: APIMeter {
    private let total = Locked(APIUsage())

    func usage() -> APIUsage { total.withLock { $0 } }

    func count(_ call: ServiceCall) { count(call.name) }
    func count(_ operation: String) { total.withLock { $0.calls[operation, default: 0] += 1 } }
    func countRetry() { total.withLock { $0.retries += 1 } }
    /// Only what was answered is billed.
    func charge(_ call: ServiceCall) { total.withLock { $0.costUSD += call.priceUSD } }
}

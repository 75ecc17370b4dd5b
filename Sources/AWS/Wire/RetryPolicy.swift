import FinOps

/// How often and how long: full jitter over doubling waits, so that many clients do not come back together
/// (aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter).
struct RetryPolicy: Hashable, Sendable {
    enum Reason: Hashable, Sendable { case transient, throttled }

    /// The first one included.
    var attempts = 5
    var transientBaseMilliseconds = 50.0
    var throttledBaseMilliseconds = 1_000.0
    var longestWaitMilliseconds = 20_000.0
    /// For all attempts and waits of one call together.
    var deadlineSeconds = 120

    var deadlineNanoseconds: UInt64 { UInt64(deadlineSeconds) * 1_000_000_000 }

    init() {}

    /// `AWS_MAX_ATTEMPTS`, or `max_attempts` of the profile. Throws `InputError`.
    init(environment: [String: String], profile: SharedConfiguration.Profile?) throws {
        let variable = environment["AWS_MAX_ATTEMPTS"].flatMap { $0.isEmpty ? nil : $0 }
        guard let text = variable ?? profile?["max_attempts"] else { return }
        guard let count = Int(text), (1...100).contains(count) else {
            throw InputError(
                "invalid_max_attempts",
                "\(variable == nil ? "max_attempts" : "AWS_MAX_ATTEMPTS") is not a count: \(text)",
                hint: "a whole number from 1 to 100")
        }
        attempts = count
    }

    /// Nanoseconds to wait before an attempt (2 is the first retry); at least what the server asked for.
    func wait(
        before attempt: Int, _ reason: Reason, atLeastMilliseconds: Int?, _ randomness: any Randomness
    ) -> UInt64 {
        let base = reason == .throttled ? throttledBaseMilliseconds : transientBaseMilliseconds
        let doublings = Double(1 << min(max(attempt - 2, 0), 30))
        let ceiling = min(longestWaitMilliseconds, base * doublings)
        let wanted = max(ceiling * Self.fraction(randomness), Double(max(0, atLeastMilliseconds ?? 0)))
        return UInt64(wanted * 1_000_000)
    }

    /// From 0 up to 1.
    private static func fraction(_ randomness: any Randomness) -> Double {
        let bits = randomness.bytes(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return Double(bits >> 11) / Double(UInt64(1) << 53)
    }
}

/// What all calls of the process together may spend on retries, so that an outage does not multiply the load: 500 tokens, 14
/// for a retry after trouble, 5 after throttling, one back for each answer (the figures of AWS's SDKs).
final class RetryBudget: Sendable {
    private static let capacity = 500
    private let tokens = Locked(RetryBudget.capacity)

    func spend(_ reason: RetryPolicy.Reason) -> Bool {
        let cost = reason == .throttled ? 5 : 14
        return tokens.withLock { left in
            guard left >= cost else { return false }
            left -= cost
            return true
        }
    }

    func refund() { tokens.withLock { $0 = min(Self.capacity, $0 + 1) } }
}

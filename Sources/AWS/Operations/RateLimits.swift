import FinOps

/// Requests a second, and how many may go at once after a pause.
struct RateLimit: Hashable, Sendable {
    let requestsPerSecond: Double
    let burst: Int

    init(requestsPerSecond: Double, burst: Int) {
        self.requestsPerSecond = requestsPerSecond
        self.burst = burst
    }

    /// `4`, `0.5`, `4:5`: a second, and after a colon at once; without one as many as a second, at least one. Nil for
    /// anything else.
    init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard (1...2).contains(parts.count), parts[0].allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }),
            let rate = Double(parts[0]), (0.1...1_000).contains(rate)
        else { return nil }
        let burst = parts.count == 2 ? Int(parts[1]) : max(1, Int(rate))
        guard let burst, (1...1_000).contains(burst) else { return nil }
        self.init(requestsPerSecond: rate, burst: burst)
    }
}

/// How fast each service may be asked: what AWS is known to bear, unless a person says otherwise.
public struct RateLimits: Hashable, Sendable {
    private var chosen: [AWSService: RateLimit] = [:]

    /// Everything as built in.
    public init() {}

    /// The names that a limit may be set for: `ce`, `organizations`, …
    public static var serviceNames: [String] { AWSService.allCases.map(\.rawValue) }

    /// Takes `ce=4:5`: four requests a second, five at once after a pause. False, and nothing is changed, when the text is
    /// not of this form.
    public mutating func take(_ text: String) -> Bool {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, let service = AWSService(rawValue: parts[0]), let limit = RateLimit(parts[1]) else {
            return false
        }
        chosen[service] = limit
        return true
    }

    subscript(service: AWSService) -> RateLimit { chosen[service] ?? service.rateLimit }

    func isChosen(_ service: AWSService) -> Bool { chosen[service] != nil }
}

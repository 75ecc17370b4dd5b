/// Counts what was asked, so that a run can say what it cost and tests can hold it to that.
public actor SandboxMeter {
    /// Requests by `service:Operation`, refused ones included.
    public private(set) var requests: [String: Int] = [:]
    /// Answered Cost Explorer requests: AWS bills each at USD 0.01, errors are free.
    public private(set) var billedCostExplorerRequests = 0
    /// Requests whose signature, key or token was refused.
    public private(set) var refusedSignatures = 0

    public init() {}

    public var totalRequests: Int { requests.values.reduce(0, +) }

    func count(_ request: String) { requests[request, default: 0] += 1 }
    func bill() { billedCostExplorerRequests += 1 }
    func refuseSignature() { refusedSignatures += 1 }

    public func reset() {
        requests = [:]
        billedCostExplorerRequests = 0
        refusedSignatures = 0
    }
}

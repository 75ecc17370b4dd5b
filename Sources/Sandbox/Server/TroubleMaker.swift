import Foundation

/// Applies the troubles: which requests are refused, which answers are spoilt. Holds the counters that some need.
actor TroubleMaker {
    nonisolated let troubles: [SandboxTrouble]
    private var remainingServerErrors: [Int]
    private var admitted: [String: [ContinuousClock.Instant]] = [:]
    private var accountPages = 0
    private var costRequests = 0

    init(_ troubles: [SandboxTrouble]) {
        self.troubles = troubles
        remainingServerErrors = troubles.map { $0.kind == .serverError ? $0.number ?? 0 : 0 }
    }

    nonisolated func active(_ kind: SandboxTrouble.Kind, _ service: String) -> Bool {
        troubles.contains { $0.kind == kind && $0.applies(to: service) }
    }

    /// Refuses a request that was properly signed.
    func refusal(_ request: SandboxRequest) -> ServiceError? {
        for (index, trouble) in troubles.enumerated() where trouble.applies(to: request.service) {
            switch trouble.kind {
            case .serverError where remainingServerErrors[index] > 0:
                remainingServerErrors[index] -= 1
                return ServiceError(
                    code: "InternalServerException", message: "We had a problem. Try again.", status: 500)
            case .expiredToken:
                return Refusal(dialect: request.dialect).expired
            case .unsupported:
                return .unknownOperation("\(request.service):\(request.operation)")
            case .deny:
                return .denied(request.caller, "\(request.service):\(request.operation)")
            case .throttle where isOverLimit(request.service, trouble.number ?? 1):
                return request.service == "ce"
                    ? ServiceError(code: "LimitExceededException", message: "Rate limit exceeded")
                    : ServiceError(code: "TooManyRequestsException", message: "Too many requests")
            default: break
            }
        }
        return nil
    }

    /// Spoils an answer on its way out.
    nonisolated func spoil(_ answer: SandboxAnswer, _ service: String) -> SandboxAnswer {
        var answer = answer
        guard answer.status == 200 else { return answer }
        for trouble in troubles where trouble.applies(to: service) {
            switch trouble.kind {
            case .empty200: answer.body = Data()
            case .html200:
                answer.contentType = "text/html"
                answer.body = Data("<!DOCTYPE html><html><body><h1>Sign in to the network</h1></body></html>".utf8)
            case .malformed: answer.body = answer.body.prefix(answer.body.count / 2)
            case .truncated: answer.isTruncated = true
            default: break
            }
        }
        return answer
    }

    /// True from the second page of ListAccounts on, when an account is to leave in between.
    func accountHasLeft() -> Bool {
        accountPages += 1
        return active(.accountLeaves, "organizations") && accountPages > 1
    }

    /// True from the second cost request on, when the data are to change in between.
    func dataWereRefreshed() -> Bool {
        costRequests += 1
        return active(.dataRefreshed, "ce") && costRequests > 1
    }

    private func isOverLimit(_ service: String, _ perSecond: Int) -> Bool {
        let now = ContinuousClock.now
        let recent = (admitted[service] ?? []).filter { now - $0 < .seconds(1) }
        admitted[service] = recent.count < perSecond ? recent + [now] : recent
        return recent.count >= perSecond
    }
}

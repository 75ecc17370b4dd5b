import FinOps
import HTTP

/// Tells a failure to a person: what kind of trouble it is, and what to do about it.
struct FailureInterpreter: Sendable {
    let plan: CredentialPlan
    let endpoints: EndpointTable

    func trouble(_ failure: ServiceFailure, call: ServiceCall, attempts: Int, skew: Int?) -> Trouble {
        let kind = failure.kind
        let repeated = attempts > 1 ? " (asked \(attempts) times)" : ""
        return Trouble(
            kind, code: failure.code, message: failure.message + repeated, operation: call.name,
            requestID: failure.requestID, hint: hint(kind, failure, call, skew))
    }

    /// The time for the call, or for the phase it belongs to, is over. `failure` is the last attempt's, if there was one.
    func deadline(_ failure: ServiceFailure?, call: ServiceCall, attempts: Int) -> Trouble {
        let last = failure.map { "; the last answer was \($0.code): \($0.message)" } ?? ""
        return Trouble(
            failure?.kind == .throttled ? .throttled : .unreachable, code: "deadline",
            message: "no answer in time (asked \(attempts) times)" + last,
            operation: call.name, requestID: failure?.requestID,
            hint: failure.flatMap { hint($0.kind, $0, call, nil) }
                ?? "ask again later; `resume` keeps what was answered, and phase_deadline_seconds allows more time")
    }

    private func hint(_ kind: Trouble.Kind, _ failure: ServiceFailure, _ call: ServiceCall, _ skew: Int?) -> String? {
        if let region = failure.bucketRegion, region != endpoints[call.service].signingRegion {
            return "the bucket lies in \(region): set AWS_REGION=\(region)"
        }
        switch kind {
        case .notSignedIn:
            if failure.saysClockIsWrong, let skew, abs(skew) >= 240 {
                return "set this machine's clock: it is \(abs(skew)) seconds \(skew > 0 ? "ahead" : "behind")"
            }
            return plan.renewalHint
        case .accessDenied: return permissionHint(call)
        case .throttled: return "wait a minute; other programs may be asking with the same account"
        case .unreachable: return transportHint(failure, call)
        default: return nil
        }
    }

    private func permissionHint(_ call: ServiceCall) -> String {
        let action = ReadOperation(rawValue: call.name)?.permission ?? call.name
        let permission =
            call == .assumeRole
            ? "the role's trust policy and sts:AssumeRole must allow it" : "allow \(action) for this identity"
        guard [.costExplorer, .budgets, .invoicing, .billing].contains(call.service) else { return permission }
        return permission + "; the management account must also have opened billing to IAM users and roles"
    }

    private func transportHint(_ failure: ServiceFailure, _ call: ServiceCall) -> String? {
        let endpoint = endpoints[call.service]
        switch failure.origin {
        case .transport(.certificate, _), .transport(.tls, _):
            return "behind a proxy that opens TLS, name its certificates in AWS_CA_BUNDLE"
        case .transport(.proxyAuthentication, _), .status(407):
            return "name user and password of the proxy in HTTPS_PROXY, or except the host in NO_PROXY"
        case .transport(.proxy, _): return "check HTTPS_PROXY and NO_PROXY"
        case .transport:
            return "check the network and the proxy; the endpoint \(endpoint.url) is \(Self.words(endpoint.origin))"
        case .unusableAnswer, .status:
            return endpoint.origin == .builtIn
                ? nil : "check the endpoint \(endpoint.url), set by \(endpoint.origin)"
        }
    }

    private static func words(_ origin: SettingOrigin) -> String {
        origin == .builtIn ? "AWS's own" : "set by \(origin)"
    }
}

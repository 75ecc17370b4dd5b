import FinOps
import Foundation
import HTTP
import SigV4

/// Puts a call on the wire: endpoint, protocol headers, signature.
struct RequestBuilder: Sendable {
    let endpoints: EndpointTable
    /// Longest wait for one attempt.
    var attemptSeconds = 60.0

    /// `deadlineSeconds` is what is left for the call. An attempt that has others after it takes half of that at most, so
    /// that one answer which never comes does not cost the whole call.
    func request(
        _ call: ServiceCall, body: Data, credentials: Credentials, invocation: String, attempt: Int, attempts: Int,
        at moment: Timestamp, deadlineSeconds: Double, wantsNewConnection: Bool = false
    ) -> HTTPRequest {
        let endpoint = EndpointAddress(endpoints[call.service].url)
        var headers: [WireRequest.Header] = [
            .init("Host", endpoint.hostHeader), .init("amz-sdk-invocation-id", invocation),
            .init("amz-sdk-request", "attempt=\(attempt); max=\(attempts)"),
        ]
        switch call.service.wireProtocol {
        case .json(let version, let prefix):
            headers.append(.init("Content-Type", "application/x-amz-json-" + version))
            headers.append(.init("X-Amz-Target", prefix + "." + call.action))
        case .query:
            headers.append(.init("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"))
        }
        let signer = Signer(
            SigningCredentials(
                accessKeyID: credentials.accessKeyID, secretAccessKey: credentials.secretAccessKey,
                sessionToken: credentials.sessionToken),
            region: endpoints[call.service].signingRegion, service: call.service.signingName)
        headers += signer.headers(
            signing: WireRequest(method: "POST", path: endpoint.path, headers: headers, body: body),
            at: SigningTime(secondsSinceEpoch: moment.secondsSinceEpoch))
        headers.append(.init("User-Agent", "finops-monthly"))
        return HTTPRequest(
            method: "POST", url: endpoint.url, headers: HTTPHeaders(headers.map { .init($0.name, $0.value) }),
            body: body,
            deadlineSeconds: min(attemptSeconds, attempt < attempts ? deadlineSeconds / 2 : deadlineSeconds),
            wantsNewConnection: wantsNewConnection)
    }
}

/// An endpoint URL, taken apart as the signature needs it.
struct EndpointAddress: Hashable, Sendable {
    let url: String
    /// With the port only where it is not the scheme's own, as every HTTP client sends it.
    let hostHeader: String
    let path: String

    /// `endpoint` has been checked by `EndpointTable`.
    init(_ endpoint: String) {
        let isSecure = endpoint.lowercased().hasPrefix("https://")
        let rest = endpoint.dropFirst(isSecure ? 8 : 7)
        let authority = rest.prefix { $0 != "/" }
        path = rest.dropFirst(authority.count) + "/"
        url = endpoint + "/"
        let defaultPort = isSecure ? ":443" : ":80"
        hostHeader = String(authority.hasSuffix(defaultPort) ? authority.dropLast(defaultPort.count) : authority)
    }
}

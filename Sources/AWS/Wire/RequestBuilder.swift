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
        _ call: ServiceCall, _ message: CallMessage, credentials: Credentials, invocation: String, attempt: Int,
        attempts: Int, at moment: Timestamp, deadlineSeconds: Double, wantsNewConnection: Bool = false
    ) -> HTTPRequest {
        let endpoint = EndpointAddress(endpoints[call.service].url, hostPrefix: message.hostPrefix)
        var headers: [WireRequest.Header] =
            [
                .init("Host", endpoint.hostHeader), .init("amz-sdk-invocation-id", invocation),
                .init("amz-sdk-request", "attempt=\(attempt); max=\(attempts)"),
            ] + message.headers
        switch call.service.wireProtocol {
        case .json(let version, let prefix):
            headers.append(.init("Content-Type", "application/x-amz-json-" + version))
            headers.append(.init("X-Amz-Target", prefix + "." + call.action))
        case .query:
            headers.append(.init("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"))
        case .rest: break
        }
        let signer = Signer(
            SigningCredentials(
                accessKeyID: credentials.accessKeyID, secretAccessKey: credentials.secretAccessKey,
                sessionToken: credentials.sessionToken),
            region: endpoints[call.service].signingRegion, service: call.service.signingName)
        headers += signer.headers(
            signing: WireRequest(
                method: message.method, path: endpoint.path(message.path), query: message.query, headers: headers,
                body: message.body ?? Data()),
            at: SigningTime(secondsSinceEpoch: moment.secondsSinceEpoch))
        headers.append(.init("User-Agent", "finops-monthly"))
        return HTTPRequest(
            method: message.method, url: endpoint.url(message.path, message.query),
            headers: HTTPHeaders(headers.map { .init($0.name, $0.value) }), body: message.body,
            deadlineSeconds: min(attemptSeconds, attempt < attempts ? deadlineSeconds / 2 : deadlineSeconds),
            wantsNewConnection: wantsNewConnection)
    }
}

/// An endpoint URL, taken apart as the signature needs it.
struct EndpointAddress: Hashable, Sendable {
    /// With the port only where it is not the scheme's own, as every HTTP client sends it.
    let hostHeader: String
    private let base: String
    private let basePath: String

    /// `endpoint` has been checked by `EndpointTable`.
    init(_ endpoint: String, hostPrefix: String = "") {
        let isSecure = endpoint.lowercased().hasPrefix("https://")
        let scheme = endpoint.prefix(isSecure ? 8 : 7)
        let rest = endpoint.dropFirst(scheme.count)
        let authority = hostPrefix + rest.prefix { $0 != "/" }
        basePath = String(rest.drop { $0 != "/" })
        base = scheme + authority + basePath
        let defaultPort = isSecure ? ":443" : ":80"
        hostHeader = authority.hasSuffix(defaultPort) ? String(authority.dropLast(defaultPort.count)) : authority
    }

    /// Where a service with one address answers.
    var url: String { url("/", "") }

    func url(_ path: String, _ query: String) -> String { base + path + (query.isEmpty ? "" : "?" + query) }

    /// As the signature covers it.
    func path(_ path: String) -> String { basePath + path }
}

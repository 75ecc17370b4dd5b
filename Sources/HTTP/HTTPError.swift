import CCurl
import Glibc

/// Why there is no response. Callers decide by `code`, never by the text.
public struct HTTPError: Error, Hashable, Sendable {
    public enum Code: String, Sendable, CaseIterable {
        /// The request itself cannot be sent: a URL, method or header that HTTP does not allow.
        case invalidRequest = "invalid_request"
        /// The name of the host, or of the proxy, has no address.
        case resolve
        /// Nobody answers at the address.
        case connect
        /// The connection was not ready within the connect deadline.
        case connectTimeout = "connect_timeout"
        /// The proxy refused.
        case proxy
        /// The proxy wants a user name and a password it was not given.
        case proxyAuthentication = "proxy_authentication"
        /// The peer's certificate is not trusted, or is for another host.
        case certificate
        /// TLS failed otherwise, or the CA bundle cannot be read.
        case tls
        /// The total deadline passed.
        case timeout
        /// The peer sent too little for too long.
        case lowSpeed = "low_speed"
        /// The response exceeds the size limit.
        case tooLarge = "too_large"
        /// The connection ended before the announced end of the body.
        case truncated
        /// The connection broke before or during the answer.
        case reset
        /// A kept-alive connection had gone before any of the answer came. The peer may or may not have read the request,
        /// so it is never sent again behind the caller's back.
        case stale
        /// The peer does not speak HTTP.
        case malformed
        /// The task was cancelled.
        case cancelled
        /// The client was shut down.
        case closed
        /// libcurl could not do its work: out of memory or handles.
        case library
    }

    public let code: Code
    /// One sentence without a full stop.
    public let message: String
    /// libcurl's own words.
    public let cause: String?

    public init(_ code: Code, _ message: String, cause: String? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    /// Whether the same request may succeed a moment later.
    public var isTransient: Bool {
        switch code {
        case .resolve, .connect, .connectTimeout, .timeout, .lowSpeed, .truncated, .reset, .stale, .proxy: true
        // A proxy's captive page or a load balancer's farewell may be gone the next time; a wrong certificate will not.
        case .malformed: true
        case .invalidRequest, .proxyAuthentication, .certificate, .tls, .tooLarge, .cancelled, .closed, .library: false
        }
    }
}

/// What was known of a transfer when libcurl gave it up; the number alone does not tell a slow peer from a dead one.
struct TransferFailure {
    let result: CURLcode
    let host: String
    let cause: String?
    let exceededSizeLimit: Bool
    let reachedDeadline: Bool
    let hadConnection: Bool
    /// What the system said of the socket; 0 when nothing.
    let systemError: Int32
    /// The proxy's answer to CONNECT; 0 when there was none.
    let proxyStatus: Int

    var error: HTTPError {
        let (code, message) = diagnosis
        return HTTPError(code, message, cause: cause)
    }

    private var diagnosis: (HTTPError.Code, String) {
        if exceededSizeLimit { return (.tooLarge, "the answer of \(host) is larger than allowed") }
        if proxyStatus == 407 {
            return (.proxyAuthentication, "the proxy for \(host) wants a user name and a password")
        }
        if proxyStatus != 0, !(200...299).contains(proxyStatus) {
            return (.proxy, "the proxy refused to connect to \(host)")
        }
        return switch result {
        // libcurl calls whatever ends a handshake a failure of TLS, also a line that broke.
        case CURLE_SSL_CONNECT_ERROR where systemError == ECONNRESET: (.reset, "the connection to \(host) broke")
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_URL_MALFORMAT: (.invalidRequest, "not a URL that can be asked: \(host)")
        case CURLE_COULDNT_RESOLVE_HOST: (.resolve, "the name \(host) has no address")
        case CURLE_COULDNT_RESOLVE_PROXY: (.resolve, "the name of the proxy for \(host) has no address")
        case CURLE_COULDNT_CONNECT: (.connect, "nobody answers at \(host)")
        case CURLE_PROXY: (.proxy, "the proxy refused to connect to \(host)")
        case CURLE_PEER_FAILED_VERIFICATION: (.certificate, "the certificate of \(host) is not trusted")
        case CURLE_SSL_CACERT_BADFILE: (.tls, "the CA bundle cannot be read")
        case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR,
            CURLE_SSL_ENGINE_INITFAILED, CURLE_SSL_INVALIDCERTSTATUS:
            (.tls, "no TLS connection to \(host)")
        case CURLE_OPERATION_TIMEDOUT: timedOut
        case CURLE_PARTIAL_FILE: (.truncated, "the answer of \(host) ended too early")
        case CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_HTTP2, CURLE_HTTP2_STREAM:
            (.reset, "the connection to \(host) broke")
        // libcurl wanted to send the body again; it is given none (see `Transfer.setRequest`).
        case CURLE_SEND_FAIL_REWIND: (.stale, "the kept connection to \(host) had gone")
        case CURLE_FILESIZE_EXCEEDED: (.tooLarge, "the answer of \(host) is larger than allowed")
        case CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING: (.malformed, "\(host) does not speak HTTP")
        default: (.library, "libcurl could not finish the request to \(host)")
        }
    }

    private var timedOut: (HTTPError.Code, String) {
        if reachedDeadline { return (.timeout, "\(host) did not answer in time") }
        if !hadConnection { return (.connectTimeout, "no connection to \(host) in time") }
        return (.lowSpeed, "\(host) answers too slowly")
    }
}

import Foundation
import SigV4

/// What of a request is the call's own; the protocol's headers and the signature come on top.
struct CallMessage: Sendable {
    var method = "POST"
    /// Put before the endpoint's host: the bucket, where AWS wants it there.
    var hostPrefix = ""
    /// Below the endpoint, escaped.
    var path = "/"
    /// Without the question mark, escaped.
    var query = ""
    var headers: [WireRequest.Header] = []
    /// Nil sends none.
    var body: Data?

    static func post(_ body: Data) -> CallMessage { CallMessage(body: body) }

    static func get(_ path: String, query: String = "", headers: [WireRequest.Header] = []) -> CallMessage {
        CallMessage(method: "GET", path: path, query: query, headers: headers)
    }

    static func head(_ path: String) -> CallMessage { CallMessage(method: "HEAD", path: path) }
}

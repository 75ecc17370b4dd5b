import Foundation

/// A request as it came over loopback.
struct PageRequest: Sendable {
    let method: String
    /// Without the query.
    let path: String
    /// Names in lower case.
    let headers: [String: String]
    let body: Data
}

/// What is answered. Every answer carries the headers that keep other pages out.
struct PageAnswer: Sendable {
    let status: Int
    var headers: [String: String] = [:]
    let body: Data

    /// `framed` is a report, which the page shows in a frame of its own; nothing else may be framed by anybody.
    static func html(_ text: String, status: Int = 200, framed: Bool = false) -> PageAnswer {
        bytes(Data(text.utf8), type: "text/html; charset=utf-8", status: status, framed: framed)
    }

    static func bytes(_ bytes: Data, type: String, status: Int = 200, framed: Bool = false) -> PageAnswer {
        let policy =
            framed
            ? "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox"
            : "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; form-action 'self'; "
                + "base-uri 'none'; frame-ancestors 'none'"
        return PageAnswer(
            status: status,
            headers: [
                "Content-Type": type, "Content-Security-Policy": policy, "Cache-Control": "no-store",
                "X-Content-Type-Options": "nosniff", "Cross-Origin-Opener-Policy": "same-origin",
                "Cross-Origin-Resource-Policy": "same-origin",
                // The origin must be told to ourselves: a decision without it is refused.
                "Referrer-Policy": "same-origin",
            ], body: bytes)
    }
}

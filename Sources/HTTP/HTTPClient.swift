public import Foundation

/// Sends requests. This is the whole seam between the AWS client and the wire.
public protocol HTTPSending: Sendable {
    /// Throws `HTTPError`; an error status is not an error here.
    func send(_ request: HTTPRequest) async throws -> HTTPResponse

    /// The same, and shows each piece of a successful answer's body as it arrives, in order and one at a time. The response
    /// carries the whole body all the same.
    func send(
        _ request: HTTPRequest, onBody: @escaping @Sendable (Data) -> Void
    ) async throws -> HTTPResponse
}

extension HTTPSending {
    /// For senders that know no pieces: the whole is one.
    public func send(
        _ request: HTTPRequest, onBody: @escaping @Sendable (Data) -> Void
    ) async throws -> HTTPResponse {
        let response = try await send(request)
        if (200...299).contains(response.status) { onBody(response.body) }
        return response
    }
}

/// HTTP over libcurl: one thread drives every transfer of a client, connections are kept and shared, redirects are not
/// followed (a signature names its host).
public final class HTTPClient: HTTPSending {
    private let loop: TransferLoop

    /// Starts the client's thread. Throws `HTTPError` when libcurl or the thread cannot be had.
    public init(_ settings: HTTPSettings = HTTPSettings()) throws {
        loop = try TransferLoop(settings)
    }

    deinit { loop.stop() }

    /// Cancelling the task ends the transfer at once and throws `cancelled`.
    public func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        try await perform(request, onBody: nil)
    }

    /// `onBody` is called on the client's own thread and must not take long.
    public func send(
        _ request: HTTPRequest, onBody: @escaping @Sendable (Data) -> Void
    ) async throws -> HTTPResponse {
        try await perform(request, onBody: onBody)
    }

    private func perform(
        _ request: HTTPRequest, onBody: (@Sendable (Data) -> Void)?
    ) async throws -> HTTPResponse {
        try request.validate()
        let transfer = Transfer(request, onBody: onBody)
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                loop.submit(transfer, continuation)
            }
        } onCancel: {
            loop.cancel(transfer)
        }
    }

    /// Fails what is under way with `closed`, closes every connection and joins the thread. Later requests fail.
    public func shutdown() { loop.stop() }
}

extension HTTPRequest {
    func validate() throws {
        func isToken(_ text: String) -> Bool {
            !text.isEmpty
                && text.utf8.allSatisfy { (33...126).contains($0) && !Self.separators.contains($0) }
        }
        let scheme = url.lowercased()
        guard scheme.hasPrefix("http://") || scheme.hasPrefix("https://"),
            url.utf8.allSatisfy({ (33...126).contains($0) })
        else { throw HTTPError(.invalidRequest, "not an http or https URL of ASCII characters: \(host)") }
        // libcurl would turn the one into a header and drop the other: neither is sent as it was signed.
        let authority = url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)[2]
        guard !authority.prefix(while: { $0 != "?" }).contains("@"), !url.contains("#") else {
            throw HTTPError(.invalidRequest, "a URL with a user name or a fragment is not sent: \(host)")
        }
        guard deadlineSeconds.map({ $0 > 0 }) ?? true else {
            throw HTTPError(.invalidRequest, "a deadline must lie ahead: \(host)")
        }
        guard isToken(method) else { throw HTTPError(.invalidRequest, "not an HTTP method: \(method)") }
        for field in headers.fields {
            guard isToken(field.name), field.value.utf8.allSatisfy({ $0 != 0 && $0 != 10 && $0 != 13 }) else {
                // Neither the value nor a cause is shown: it may be a credential.
                throw HTTPError(.invalidRequest, "not a header that HTTP allows: \(field.name)")
            }
        }
    }

    /// For messages: the URL without path, query, user and password.
    var host: String {
        let afterScheme = url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        guard afterScheme.count >= 3 else { return "(no host)" }
        return afterScheme[2].split(separator: "?")[safe: 0]?.split(separator: "@").last.map(String.init) ?? "(no host)"
    }

    private static let separators = Set("()<>@,;:\\\"/[]?={} \t".utf8)
}

extension Array {
    subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}

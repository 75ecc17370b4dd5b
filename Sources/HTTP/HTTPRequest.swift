public import Foundation

/// One request as it goes over the wire. Nothing is added to it but `Host`, `Accept` and the content length.
public struct HTTPRequest: Hashable, Sendable {
    /// `GET`, `POST`, …
    public var method: String
    /// Absolute, `http` or `https`, sent byte for byte: a signature covers it.
    public var url: String
    public var headers: HTTPHeaders
    /// Nil sends no body; an empty body is sent as one.
    public var body: Data?
    /// From the moment of asking, waiting in the queue included. Nil takes the client's setting.
    public var deadlineSeconds: Double?
    /// Past every proxy: what hands out keys on this machine or link must not be asked through a third party.
    public var isDirect: Bool
    /// True leaves kept-alive connections alone and opens one: the repetition after one of them had gone.
    public var wantsNewConnection: Bool

    public init(
        method: String = "GET", url: String, headers: HTTPHeaders = HTTPHeaders(), body: Data? = nil,
        deadlineSeconds: Double? = nil, isDirect: Bool = false,
        wantsNewConnection: Bool = false
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.deadlineSeconds = deadlineSeconds
        self.isDirect = isDirect
        self.wantsNewConnection = wantsNewConnection
    }
}

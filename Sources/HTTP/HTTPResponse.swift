public import Foundation

/// A complete response: the body arrived as long as it was announced. Any status is a response, also 500.
public struct HTTPResponse: Hashable, Sendable {
    public let status: Int
    public let headers: HTTPHeaders
    public let body: Data
    /// 0 when a kept-alive connection was used.
    public let openedConnections: Int
    /// From asking to the last byte, waiting in the queue excluded.
    public let durationMicroseconds: Int

    public init(
        status: Int, headers: HTTPHeaders = HTTPHeaders(), body: Data, openedConnections: Int = 0,
        durationMicroseconds: Int = 0
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.openedConnections = openedConnections
        self.durationMicroseconds = durationMicroseconds
    }
}

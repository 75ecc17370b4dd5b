import Foundation
public import HTTP

/// Slack and Teams take a notice as a POST to a URL that is itself the secret: it is shown to nobody, also not when it fails.
public struct WebhookChannel: NoticeChannel {
    public enum Kind: String, Sendable { case slack, teams }

    public let name: String
    private let kind: Kind
    private let url: String
    private let http: any HTTPSending

    /// Nil for a URL that would carry the secret in the clear, save to this very machine.
    public init?(_ kind: Kind, name: String, url: String, http: any HTTPSending) {
        guard let parts = URLComponents(string: url), let host = parts.host, !host.isEmpty,
            parts.scheme == "https" || (parts.scheme == "http" && ["127.0.0.1", "localhost", "[::1]"].contains(host))
        else { return nil }
        (self.kind, self.name, self.url, self.http) = (kind, name, url, http)
    }

    public func deliver(_ notice: Notice) async -> Delivery {
        do {
            let response = try await http.send(
                HTTPRequest(
                    method: "POST", url: url, headers: ["Content-Type": "application/json"],
                    body: try body(notice), deadlineSeconds: NoticeRound.deadlineSeconds))
            guard (200...299).contains(response.status) else {
                return .failed("it answered with HTTP status \(response.status)")
            }
            return .delivered
        } catch let error as HTTPError {
            return .failed(error.words)
        } catch {
            return .failed("the notice could not be written")
        }
    }

    private func body(_ notice: Notice) throws -> Data {
        switch kind {
        case .slack: try SlackMessage(notice).encoded()
        case .teams: try TeamsCard(notice).encoded()
        }
    }
}

extension HTTPError {
    /// Without host or URL: either may be, or hold, a secret.
    var words: String {
        switch code {
        case .timeout, .connectTimeout, .lowSpeed: "it did not answer in time"
        case .resolve: "its name has no address"
        case .connect: "nobody answers at its address"
        case .certificate: "its certificate is not trusted"
        case .tls: "there is no TLS connection to it"
        case .proxy, .proxyAuthentication: "the proxy refused"
        case .invalidRequest: "its URL cannot be asked"
        default: "the connection to it broke (\(code.rawValue))"
        }
    }
}

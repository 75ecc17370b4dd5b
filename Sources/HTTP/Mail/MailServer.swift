/// A server that takes mail: `smtp://HOST[:PORT]` (TLS by STARTTLS) or `smtps://HOST[:PORT]` (TLS from the first byte).
///
/// Mail is never sent in the clear, save to this very machine.
public struct MailServer: Hashable, Sendable {
    public struct Login: Hashable, Sendable {
        public let user: String
        public let password: String

        public init(user: String, password: String) {
            (self.user, self.password) = (user, password)
        }
    }

    public let url: String
    public var login: Login?
    /// A PEM file that replaces the system's trust store; nil uses the system's.
    public var caBundlePath: String?

    /// Nil for anything but a scheme, a host and perhaps a port: a password has no place in a URL.
    public init?(_ url: String, login: Login? = nil, caBundlePath: String? = nil) {
        let parts = url.split(separator: "://", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, ["smtp", "smtps"].contains(parts[0]), !parts[1].isEmpty,
            parts[1].utf8.allSatisfy({ (33...126).contains($0) }), !parts[1].contains(where: { "@/?#".contains($0) })
        else { return nil }
        (self.url, self.login, self.caBundlePath) = (url, login, caBundlePath)
    }

    public var host: String {
        let authority = url.split(separator: "://", maxSplits: 1)[1]
        if authority.first == "[" { return String(authority.dropFirst().prefix { $0 != "]" }) }
        return String(authority.prefix { $0 != ":" })
    }

    var isThisMachine: Bool { ["127.0.0.1", "::1", "localhost"].contains(host) }
}

/// One message for one mailbox.
public struct MailEnvelope: Hashable, Sendable {
    /// Bare address of whom the server tells when the message cannot be delivered: `finops@example.org`.
    public let sender: String
    public let recipient: String

    public init(sender: String, recipient: String) {
        (self.sender, self.recipient) = (sender, recipient)
    }
}

/// What became of a message.
public enum MailOutcome: Hashable, Sendable {
    /// The server took it over; `id` is its own name for it, where it gives one that can be told.
    case accepted(id: String? = nil)
    /// It did not, for certain. Words without address, host or secret.
    case refused(String)
    /// All of it was handed over, and the answer never came. Sending again may deliver it twice.
    case unknown(String)
}

public protocol MailSending: Sendable {
    /// - Parameters:
    ///   - message: RFC 5322, lines ended by CR LF.
    ///   - deadlineSeconds: For the whole; a single answer of the server may take half of it.
    func send(_ message: [UInt8], _ envelope: MailEnvelope, deadlineSeconds: Double) async -> MailOutcome
}

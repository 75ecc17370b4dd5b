import COpenSSL

/// What OpenSSL refused. Callers decide by `code`; the library's own words are in `cause`.
public struct OpenSSLError: Error, Hashable, Sendable {
    /// The codes callers may meet. They never change meaning.
    public enum Code: String, Sendable, CaseIterable {
        /// The text holds no key of the kind that was asked for, or the key itself is damaged.
        case unreadableKey = "unreadable_key"
        /// A key of another algorithm or curve: only ECDSA on P-256 is used here.
        case unsupportedKey = "unsupported_key"
        /// The private key is encrypted and no passphrase was given.
        case passphraseNeeded = "passphrase_needed"
        /// The private key is encrypted and this passphrase does not open it.
        case passphraseWrong = "passphrase_wrong"
        /// The text holds no certificate, or a damaged one.
        case unreadableCertificate = "unreadable_certificate"
        /// The library failed at something it always can do: out of memory, no entropy, a broken configuration.
        case libraryFailure = "library_failure"
    }

    public let code: Code
    /// One sentence without a full stop.
    public let message: String
    /// The drained error queue, oldest first; nil when the library said nothing.
    public let cause: String?

    public init(_ code: Code, _ message: String, cause: String? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    /// Builds the error and empties this thread's OpenSSL queue, so that nothing is left to be blamed on a later call.
    static func drained(_ code: Code, _ message: String) -> OpenSSLError {
        OpenSSLError(code, message, cause: drainQueue())
    }

    @discardableResult
    static func drainQueue() -> String? {
        var reasons: [String] = []
        while case let number = ERR_get_error(), number != 0 {
            var text = [CChar](repeating: 0, count: 256)
            ERR_error_string_n(number, &text, text.count)
            reasons.append(String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self))
        }
        return reasons.isEmpty ? nil : reasons.joined(separator: "; ")
    }
}

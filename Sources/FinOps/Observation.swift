/// A value that was established, or the trouble that prevented it. There is no third state and no default: whatever reads
/// an observation must say what it does when nothing is known.
public enum Observation<Value: Sendable>: Sendable {
    case known(Value)
    case unknown(Trouble)

    public var value: Value? {
        if case .known(let value) = self { value } else { nil }
    }

    public var trouble: Trouble? {
        if case .unknown(let trouble) = self { trouble } else { nil }
    }

    public func map<Other>(_ transform: (Value) throws -> Other) rethrows -> Observation<Other> {
        switch self {
        case .known(let value): .known(try transform(value))
        case .unknown(let trouble): .unknown(trouble)
        }
    }
}

extension Observation: Codable where Value: Codable {
    private enum CodingKeys: String, CodingKey { case known, unknown }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        if let value = try container.decodeIfPresent(Value.self, forKey: .known) {
            self = .known(value)
        } else {
            self = .unknown(try container.decode(Trouble.self, forKey: .unknown))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .known(let value): try container.encode(value, forKey: .known)
        case .unknown(let trouble): try container.encode(trouble, forKey: .unknown)
        }
    }
}

extension Observation: Equatable where Value: Equatable {}
extension Observation: Hashable where Value: Hashable {}

/// Why something could not be established: the provider's own code, which operation said so and under which request id.
/// A gate decides by `kind`, never by text.
public struct Trouble: Hashable, Codable, Sendable, Error {
    public enum Kind: String, Codable, Sendable, CaseIterable {
        /// The credentials are missing, expired or refused: sign in again.
        case notSignedIn = "not_signed_in"
        /// Signed in, but this operation is not permitted.
        case accessDenied = "access_denied"
        /// The endpoint does not offer this source (unknown operation, feature not enabled, not the management account).
        case notOffered = "not_offered"
        /// The provider has no data for the question, e.g. too little history for a forecast.
        case noData = "no_data"
        /// Throttled until the retry budget was spent.
        case throttled
        /// No usable answer: connection, TLS, deadline, 5xx, empty or malformed body.
        case unreachable
        /// The provider refused the request itself: ours to mend, or an impossible month.
        case invalidRequest = "invalid_request"
        /// Answers of one run contradict one another.
        case inconsistent
        /// Nobody asked: the month comes from elsewhere.
        case notAsked = "not_asked"
    }

    public let kind: Kind
    /// The provider's code, e.g. `ExpiredToken`, or our own for transport trouble.
    public let code: String
    public let message: String
    /// `sts:GetCallerIdentity`.
    public let operation: String
    public let requestID: String?
    public let hint: String?

    public init(
        _ kind: Kind, code: String, message: String, operation: String, requestID: String? = nil, hint: String? = nil
    ) {
        self.kind = kind
        self.code = code
        self.message = message
        self.operation = operation
        self.requestID = requestID
        self.hint = hint
    }

    /// `ExpiredToken from sts:GetCallerIdentity (request 7d0c…)`.
    public var attribution: String {
        "\(code) from \(operation)" + (requestID.map { " (request \($0))" } ?? "")
    }
}

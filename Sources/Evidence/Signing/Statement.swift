public import FinOps
public import Foundation

/// A thing and its digest, as in-toto writes it: `{"name": …, "digest": {"sha256": …}}`.
public struct NamedDigest: Hashable, Sendable {
    public let name: String
    public let digest: Digest

    public init(name: String, digest: Digest) {
        self.name = name
        self.digest = digest
    }
}

/// What is claimed about the subjects of a statement.
public protocol StatementPredicate: Codable, Hashable, Sendable {
    /// The predicate's name, a URI that nobody has to fetch.
    static var predicateType: String { get }
}

/// An in-toto Statement v1: a typed claim about digests. Its encoded bytes are what is signed; they are never made again from
/// the value in order to verify.
public struct Statement<Predicate: StatementPredicate>: Hashable, Sendable {
    public let subject: [NamedDigest]
    public let predicate: Predicate

    public init(subject: [NamedDigest], predicate: Predicate) {
        self.subject = subject
        self.predicate = predicate
    }

    /// Sorted keys, so a function of the value alone.
    public func payload() throws -> Data { try EvidenceJSON.line(self) }

    /// Reads bytes that were verified. Throws `malformed`, also for a statement of another type.
    public init(payload: Data) throws {
        self = try EvidenceJSON.decode(Self.self, from: payload, named: "the statement")
    }
}

private let statementType = "https://in-toto.io/Statement/v1"

extension Statement: Codable {
    private enum CodingKeys: String, CodingKey {
        case type = "_type"
        case subject, predicateType, predicate
    }

    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        for (key, expected) in [(CodingKeys.type, statementType), (.predicateType, Predicate.predicateType)] {
            let found = try fields.decode(String.self, forKey: key)
            guard found == expected else {
                throw DecodingError.dataCorruptedError(forKey: key, in: fields, debugDescription: "it is \(found)")
            }
        }
        subject = try fields.decode([NamedDigest].self, forKey: .subject)
        predicate = try fields.decode(Predicate.self, forKey: .predicate)
    }

    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(statementType, forKey: .type)
        try fields.encode(subject, forKey: .subject)
        try fields.encode(Predicate.predicateType, forKey: .predicateType)
        try fields.encode(predicate, forKey: .predicate)
    }
}

extension NamedDigest: Codable {
    private enum CodingKeys: String, CodingKey { case name, digest }
    private struct DigestSet: Codable { let sha256: Digest }

    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        name = try fields.decode(String.self, forKey: .name)
        digest = try fields.decode(DigestSet.self, forKey: .digest).sha256
    }

    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(name, forKey: .name)
        try fields.encode(DigestSet(sha256: digest), forKey: .digest)
    }
}

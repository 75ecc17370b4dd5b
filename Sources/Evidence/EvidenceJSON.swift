import Foundation

/// JSON as evidence carries it: camelCase keys as the public formats spell them, sorted, no escaped slashes. Values are
/// strings, small integers, lists and objects with ASCII keys, so that `jq -jcS` gives the same bytes as RFC 8785.
enum EvidenceJSON {
    static func line(_ value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(value)
    }

    /// Throws `malformed`, naming what was being read.
    static func decode<Value: Decodable>(_ type: Value.Type, from bytes: Data, named name: String) throws -> Value {
        do {
            return try JSONDecoder().decode(type, from: bytes)
        } catch {
            throw EvidenceError(.malformed, "\(name) is not of the form it claims", cause: "\(error)")
        }
    }
}

import Foundation

/// Reads an answer of a JSON service.
enum AnswerJSON {
    /// Throws when the body is no JSON, or not the shape botocore's model gives: both mean that it is no answer.
    static func decoder<Value: Decodable & SendableMetatype>(_ type: Value.Type) -> @Sendable (Data) throws -> Value {
        { try JSONDecoder().decode(Value.self, from: $0) }
    }
}

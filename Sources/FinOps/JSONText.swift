public import Foundation

/// The one way JSON is written and read: sorted snake_case keys, no escaped slashes, decimals and times as strings.
///
/// Sorted keys make the bytes a function of the value, so they can be hashed; `JSONEncoder` alone orders keys at random.
public enum JSONText {
    /// One line, for journals, digests and JSON lines.
    public static func line(_ value: some Encodable) throws -> Data {
        try encoder([.sortedKeys, .withoutEscapingSlashes]).encode(value)
    }

    /// Indented and newline-terminated, for files people open.
    public static func document(_ value: some Encodable) throws -> Data {
        try encoder([.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]).encode(value) + Data("\n".utf8)
    }

    public static func decode<Value: Decodable>(_ type: Value.Type, from data: Data) throws -> Value {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .custom { path in TextKey(camelCase(path.last!.stringValue)) }
        return try decoder.decode(type, from: data)
    }

    private static func encoder(_ formatting: JSONEncoder.OutputFormatting) -> JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = formatting
        encoder.keyEncodingStrategy = .custom { path in TextKey(snakeCase(path.last!.stringValue)) }
        return encoder
    }

    /// `requestIDs` → `request_ids`, `bodySHA256` → `body_sha256`. Keys that do not start in lower case are left alone.
    static func snakeCase(_ name: String) -> String {
        guard name.first?.isLowercase == true else { return name }
        var result = ""
        var previousWasUpper = false
        for character in name {
            if character.isUppercase {
                result += (previousWasUpper ? "" : "_") + character.lowercased()
            } else {
                result.append(character)
            }
            previousWasUpper = character.isUppercase || (previousWasUpper && (character == "s" || character.isNumber))
        }
        return result
    }

    static func camelCase(_ key: String) -> String {
        let words = key.split(separator: "_", omittingEmptySubsequences: false)
        guard words.count > 1, words.allSatisfy({ !$0.isEmpty }) else { return key }
        return words.dropFirst().reduce(String(words[0])) { name, word in
            name + (acronyms[String(word)] ?? word.prefix(1).uppercased() + word.dropFirst())
        }
    }

    /// The acronyms our property names use after their first word; the test of this file checks every one both ways.
    static let acronyms = [
        "id": "ID", "ids": "IDs", "arn": "ARN", "sha256": "SHA256", "usd": "USD", "url": "URL", "api": "API",
        "ou": "OU",
    ]
}

struct TextKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(_ text: String) { stringValue = text }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}

extension Decoder {
    func decodeText<Value: LosslessStringConvertible>(as type: Value.Type) throws -> Value {
        let container = try singleValueContainer()
        let text = try container.decode(String.self)
        guard let value = Value(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a \(Value.self): \(text)")
        }
        return value
    }
}

extension Encoder {
    func encodeText(_ value: some CustomStringConvertible) throws {
        var container = singleValueContainer()
        try container.encode(value.description)
    }
}

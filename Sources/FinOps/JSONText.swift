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
    ///
    /// Works on bytes: it is asked for every key of every value, and the names of our properties are ASCII.
    static func snakeCase(_ name: String) -> String {
        let bytes = name.utf8
        guard let first = bytes.first, isLower(first), bytes.contains(where: isUpper) else { return name }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + 4)
        var previousWasUpper = false
        for byte in bytes {
            if isUpper(byte) {
                if !previousWasUpper { result.append(UInt8(ascii: "_")) }
                result.append(byte | 0x20)
            } else {
                result.append(byte)
            }
            previousWasUpper = isUpper(byte) || (previousWasUpper && (byte == UInt8(ascii: "s") || isDigit(byte)))
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func isLower(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }
    private static func isUpper(_ byte: UInt8) -> Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) }
    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    static func camelCase(_ key: String) -> String {
        guard key.utf8.contains(UInt8(ascii: "_")) else { return key }
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

public import Foundation

/// Reads JSON (RFC 8259) strictly: one document, no trailing words, no repeated member, no depth that could exhaust the
/// stack.
public struct JSONParser {
    public struct Malformed: Error { public let offset: Int }

    private let bytes: [UInt8]
    private var offset = 0
    private static let depthLimit = 64

    public init(_ data: Data) { bytes = Array(data) }

    public mutating func document() throws -> JSONValue {
        let value = try value(depth: 0)
        skipSpace()
        guard offset == bytes.count else { throw Malformed(offset: offset) }
        return value
    }

    private mutating func value(depth: Int) throws -> JSONValue {
        skipSpace()
        guard depth < Self.depthLimit, let byte = peek else { throw Malformed(offset: offset) }
        switch byte {
        case UInt8(ascii: "{"): return try object(depth)
        case UInt8(ascii: "["): return try array(depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func object(_ depth: Int) throws -> JSONValue {
        var members: [String: JSONValue] = [:]
        offset += 1
        skipSpace()
        if take("}") { return .object(members) }
        repeat {
            skipSpace()
            guard peek == UInt8(ascii: "\"") else { throw Malformed(offset: offset) }
            let name = try string()
            skipSpace()
            guard take(":"), members.updateValue(try value(depth: depth + 1), forKey: name) == nil else {
                throw Malformed(offset: offset)
            }
            skipSpace()
        } while take(",")
        guard take("}") else { throw Malformed(offset: offset) }
        return .object(members)
    }

    private mutating func array(_ depth: Int) throws -> JSONValue {
        var elements: [JSONValue] = []
        offset += 1
        skipSpace()
        if take("]") { return .array(elements) }
        repeat {
            elements.append(try value(depth: depth + 1))
            skipSpace()
        } while take(",")
        guard take("]") else { throw Malformed(offset: offset) }
        return .array(elements)
    }

    private mutating func string() throws -> String {
        offset += 1
        var text: [UInt8] = []
        while let byte = peek {
            offset += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let string = String(validating: text, as: UTF8.self) else { throw Malformed(offset: offset) }
                return string
            case UInt8(ascii: "\\"): try escape(&text)
            case 0..<0x20: throw Malformed(offset: offset)
            default: text.append(byte)
            }
        }
        throw Malformed(offset: offset)
    }

    private mutating func escape(_ text: inout [UInt8]) throws {
        guard let byte = peek else { throw Malformed(offset: offset) }
        offset += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(8)
        case UInt8(ascii: "f"): text.append(12)
        case UInt8(ascii: "n"): text.append(10)
        case UInt8(ascii: "r"): text.append(13)
        case UInt8(ascii: "t"): text.append(9)
        case UInt8(ascii: "u"):
            var code = try hexadecimal()
            // A character beyond the first plane is written as two surrogates.
            if (0xD800..<0xDC00).contains(code), take("\\"), take("u") {
                let low = try hexadecimal()
                guard (0xDC00..<0xE000).contains(low) else { throw Malformed(offset: offset) }
                code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(code) else { throw Malformed(offset: offset) }
            text += Array(String(Character(scalar)).utf8)
        default: throw Malformed(offset: offset)
        }
    }

    private mutating func hexadecimal() throws -> UInt32 {
        guard offset + 4 <= bytes.count else { throw Malformed(offset: offset) }
        let digits = bytes[offset..<offset + 4]
        guard digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let code = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw Malformed(offset: offset) }
        offset += 4
        return code
    }

    private mutating func number() throws -> JSONValue {
        let start = offset
        while let byte = peek, (48...57).contains(byte) || "+-.eE".utf8.contains(byte) { offset += 1 }
        let text = String(decoding: bytes[start..<offset], as: UTF8.self)
        let digits = text.drop { $0 == "-" }
        let hasLeadingZero = digits.first == "0" && digits.dropFirst().first?.isNumber == true
        guard digits.first?.isNumber == true, !hasLeadingZero, text.last?.isNumber == true else {
            throw Malformed(offset: start)
        }
        if let number = Int(text) { return .integer(number) }
        guard let number = Double(text) else { throw Malformed(offset: start) }
        return .fraction(number)
    }

    private mutating func word(_ word: String, _ value: JSONValue) throws -> JSONValue {
        guard bytes[offset...].starts(with: word.utf8) else { throw Malformed(offset: offset) }
        offset += word.utf8.count
        return value
    }

    private var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard peek == UInt8(ascii: character) else { return false }
        offset += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = peek, byte == 32 || byte == 10 || byte == 13 || byte == 9 { offset += 1 }
    }
}

public import Foundation

/// A SHA-256 as 64 lower-case hexadecimal characters. This type only carries it; `OpenSSL` computes it.
public struct Digest: Hashable, Sendable, LosslessStringConvertible, Codable {
    public let hex: String

    public init?(_ text: String) {
        let hex = text.hasPrefix("sha256:") ? String(text.dropFirst(7)) : text
        guard hex.utf8.count == 64, hex.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) }) else {
            return nil
        }
        self.hex = hex
    }

    public init?(bytes: Data) {
        guard bytes.count == 32 else { return nil }
        hex = bytes.withUnsafeBytes { (bytes: UnsafeRawBufferPointer) in
            String(unsafeUninitializedCapacity: 64) { characters in
                for index in 0..<32 {
                    characters[2 * index] = Self.digit(bytes[index] >> 4)
                    characters[2 * index + 1] = Self.digit(bytes[index] & 15)
                }
                return 64
            }
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value + (value < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10)
    }

    public static let zero = Digest(String(repeating: "0", count: 64))!

    public var description: String { hex }
    /// `sha256:…`, where the algorithm must be named.
    public var named: String { "sha256:" + hex }
    /// The eight characters a person types to show what was read.
    public var short: String { String(hex.prefix(8)) }

    public init(from decoder: any Decoder) throws { self = try decoder.decodeText(as: Digest.self) }
    public func encode(to encoder: any Encoder) throws { try encoder.encodeText(self) }
}

/// The port through which values are hashed, so that `FinOps` needs no cryptographic library.
public protocol Hashing: Sendable {
    func sha256(_ bytes: Data) -> Digest
}

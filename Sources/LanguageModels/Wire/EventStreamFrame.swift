import Foundation

/// One message of `application/vnd.amazon.eventstream`: two lengths and their checksum, headers, payload, checksum.
struct EventStreamFrame {
    private(set) var headers: [String: String] = [:]
    let payload: Data

    private static let overhead = 16
    static let limitBytes = 1 << 20

    /// Takes the first complete frame; nil when more bytes are needed. Throws `MalformedAnswer`.
    static func next(in bytes: inout Data) throws -> EventStreamFrame? {
        guard bytes.count >= 12 else { return nil }
        let all = [UInt8](bytes.prefix(12))
        let length = number(all[0..<4])
        guard (overhead...limitBytes).contains(length), checksum(all[0..<8]) == UInt32(number(all[8..<12])) else {
            throw MalformedAnswer(reason: "the head of an event is damaged")
        }
        guard bytes.count >= length else { return nil }
        let frame = [UInt8](bytes.prefix(length))
        guard checksum(frame[..<(length - 4)]) == UInt32(number(frame[(length - 4)...])) else {
            throw MalformedAnswer(reason: "an event is damaged")
        }
        bytes = Data(bytes.dropFirst(length))
        return try EventStreamFrame(frame)
    }

    private init(_ frame: [UInt8]) throws {
        let headerEnd = 12 + Self.number(frame[4..<8])
        guard headerEnd <= frame.count - 4 else { throw MalformedAnswer(reason: "the headers of an event are damaged") }
        payload = Data(frame[headerEnd..<(frame.count - 4)])
        var offset = 12
        while offset < headerEnd {
            let nameLength = Int(frame[offset])
            let typeOffset = offset + 1 + nameLength
            // Only strings (type 7) are sent; anything else is nothing this program reads.
            guard typeOffset + 3 <= headerEnd, frame[typeOffset] == 7 else {
                throw MalformedAnswer(reason: "a header of an event is damaged")
            }
            let valueLength = Self.number(frame[(typeOffset + 1)..<(typeOffset + 3)])
            let end = typeOffset + 3 + valueLength
            guard end <= headerEnd else { throw MalformedAnswer(reason: "a header of an event is damaged") }
            headers[String(decoding: frame[(offset + 1)..<typeOffset], as: UTF8.self)] =
                String(decoding: frame[(typeOffset + 3)..<end], as: UTF8.self)
            offset = end
        }
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }

    /// CRC-32 as in zlib.
    private static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        ~bytes.reduce(0xFFFF_FFFF) { sum, byte in
            (0..<8).reduce(sum ^ UInt32(byte)) { value, _ in value & 1 == 1 ? (value >> 1) ^ 0xEDB8_8320 : value >> 1 }
        }
    }
}

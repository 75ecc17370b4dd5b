import Foundation

/// The body of a query-protocol request: `Action=…&Version=…`, names sorted so that equal questions are equal bytes.
enum FormBody {
    static func body(_ call: ServiceCall, _ parameters: [String: String] = [:]) -> Data {
        var fields = parameters
        fields["Action"] = call.action
        if case .query(let version) = call.service.wireProtocol { fields["Version"] = version }
        let pairs = fields.sorted { $0.key < $1.key }.map { "\($0.key)=\(escaped($0.value))" }
        return Data(pairs.joined(separator: "&").utf8)
    }

    /// RFC 3986: everything but letters, digits and `-._~`.
    static func escaped(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF")
        return text.utf8.reduce(into: "") { result, byte in
            switch byte {
            case 48...57, 65...90, 97...122, 45, 46, 95, 126: result.append(Character(Unicode.Scalar(byte)))
            default: result += "%" + String([digits[Int(byte >> 4)], digits[Int(byte & 15)]])
            }
        }
    }
}

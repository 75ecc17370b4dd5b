import Foundation
import HTTP

/// Code and message of an error answer. JSON services answer in XML too when a signature is refused, and XML services in
/// JSON behind some gateways, so the body decides, not the service.
struct ErrorBody: Hashable, Sendable {
    let code: String?
    let message: String?
    let requestID: String?

    init(_ response: HTTPResponse) {
        let header = response.headers["x-amzn-ErrorType"].flatMap(Self.plain)
        if let json = try? JSONDecoder().decode(JSONError.self, from: response.body) {
            code = header ?? json.code.flatMap(Self.plain)
            message = json.message
            requestID = nil
        } else if let root = try? XMLNode(parsing: response.body), let error = root.firstNode("Error"),
            let xmlCode = error.child("Code")?.text
        {
            code = header ?? Self.plain(xmlCode)
            message = error.child("Message")?.text
            requestID = (root.firstNode("RequestId") ?? root.firstNode("RequestID"))?.text
        } else {
            (code, message, requestID) = (header, nil, nil)
        }
    }

    /// `com.amazonaws.ce#LimitExceededException:http://…` → `LimitExceededException`.
    private static func plain(_ text: String) -> String? {
        let name = text.prefix { $0 != ":" }.split(separator: "#").last.map(String.init) ?? ""
        return name.trimmed.isEmpty ? nil : name.trimmed
    }
}

/// The spellings in use for the two members.
private struct JSONError: Decodable {
    let code: String?
    let message: String?

    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(_ text: String) { stringValue = text }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        func first(_ names: [String]) -> String? {
            names.lazy.compactMap { try? container.decode(String.self, forKey: Key($0)) }.first
        }
        code = first(["__type", "code", "Code"])
        message = first(["message", "Message", "errorMessage"])
    }
}

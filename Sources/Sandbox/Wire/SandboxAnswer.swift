import FinOps
import Foundation

/// What goes back: status, content type and body. The request id travels in the header alone, so that bodies are a
/// function of the request.
struct SandboxAnswer: Sendable {
    var status = 200
    var contentType: String
    var body: Data
    /// For `x-amzn-ErrorType`.
    var errorCode: String?
    /// The connection ends before the promised length was sent.
    var isTruncated = false

    static func json(_ value: JSONValue, version: String) -> SandboxAnswer {
        SandboxAnswer(contentType: "application/x-amz-json-\(version)", body: value.bytes)
    }

    static func xml(_ text: String) -> SandboxAnswer {
        SandboxAnswer(contentType: "text/xml", body: Data(text.utf8))
    }

    static func failure(_ error: ServiceError, dialect: SandboxRequest.Dialect) -> SandboxAnswer {
        switch dialect {
        case .json(let version):
            var answer = json(
                ["__type": .string(error.code), "message": .string(error.message)], version: version)
            (answer.status, answer.errorCode) = (error.status, error.code)
            return answer
        case .query:
            let fault = error.status >= 500 ? "Receiver" : "Sender"
            var answer = xml(
                """
                <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>\(fault)</Type>\
                <Code>\(XMLText.escape(error.code))</Code><Message>\(XMLText.escape(error.message))</Message></Error>\
                </ErrorResponse>
                """)
            answer.status = error.status
            return answer
        }
    }
}

enum XMLText {
    static func escape(_ text: String) -> String {
        var escaped = ""
        for character in text {
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            default: escaped.append(character)
            }
        }
        return escaped
    }
}

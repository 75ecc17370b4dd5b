import FinOps
import Foundation
import HTTP

/// Why there is no answer, and whether another attempt may have one.
struct ModelFailure: Error {
    let trouble: Trouble
    let mayPass: Bool
    /// As the provider asked; nil when it did not.
    var waitSeconds: Double?
    /// Part of an answer had been shown to somebody.
    var showedText = false

    static func final(_ code: String, _ message: String, _ model: ModelName) -> ModelFailure {
        ModelFailure(.noData, code: code, message: message, model: model, mayPass: false)
    }

    init(
        _ kind: Trouble.Kind, code: String, message: String, model: ModelName, requestID: String? = nil,
        hint: String? = nil, mayPass: Bool
    ) {
        trouble = Trouble(
            kind, code: code, message: message, operation: "\(model)", requestID: requestID, hint: hint)
        self.mayPass = mayPass
    }

    /// Nothing came, or not all of it.
    init(_ error: HTTPError, model: ModelName, showedText: Bool) {
        self.init(
            .unreachable, code: error.code.rawValue, message: error.message, model: model,
            hint: error.code == .certificate
                ? "name the authority's certificate in AWS_CA_BUNDLE; certificates are always verified" : nil,
            mayPass: error.isTransient)
        self.showedText = showedText
    }

    /// A refusal by its status. The provider's message is somebody else's text and may repeat the request, so that its code
    /// alone is kept.
    init(_ response: HTTPResponse, model: ModelName) {
        let body = try? JSONValue(parsing: response.body)
        let code =
            [body?["error"]?["type"], body?["error"]?["code"], body?["__type"]].compactMap { $0?.text }.first
            ?? response.headers["x-amzn-ErrorType"]?.split(separator: ":").first.map(String.init) ?? ""
        let known = code.count <= 64 && code.allSatisfy { $0.isASCII && ($0.isLetter || $0 == "_") } ? code : ""
        let (kind, message, hint): (Trouble.Kind, String, String?) =
            switch response.status {
            case 401: (.notSignedIn, "the provider does not know the key", "check the setting `interpreter_key`")
            case 403: (.accessDenied, "the key may not ask this model", "check the key's rights for this model")
            case 404:
                (
                    .invalidRequest, "the provider has no such model or address",
                    "check `interpreter` and `interpreter_url`"
                )
            case 429: (.throttled, "the provider asks for patience", nil)
            case 500...: (.unreachable, "the provider has trouble of its own", nil)
            default: (.invalidRequest, "the provider refused the request", "check the model's name and its limits")
            }
        self.init(
            kind, code: "HTTP \(response.status)" + (known.isEmpty ? "" : " " + known), message: message, model: model,
            requestID: Self.requestID(response), hint: hint, mayPass: response.status == 429 || response.status >= 500)
        waitSeconds = response.headers["retry-after"].flatMap { Double($0) }.map { min(max($0, 0), 3600) }
    }

    init(_ malformed: MalformedAnswer, _ response: HTTPResponse, model: ModelName, showedText: Bool) {
        self.init(
            .unreachable, code: "MalformedAnswer", message: malformed.reason, model: model,
            requestID: Self.requestID(response), mayPass: true)
        self.showedText = showedText
    }

    /// Trouble in the middle of a stream, by the provider's word for it.
    init(code: String, model: ModelName) {
        let isThrottled = ["overloaded_error", "rate_limit_error", "rate_limit_exceeded", "throttlingException"]
            .contains(code)
        let isTheirs = ["api_error", "server_error", "internalServerException", "serviceUnavailableException"].contains(
            code)
        self.init(
            isThrottled ? .throttled : isTheirs ? .unreachable : .invalidRequest, code: String(code.prefix(64)),
            message: "the provider broke its answer off", model: model, mayPass: isThrottled || isTheirs)
        showedText = true
    }

    static func requestID(_ response: HTTPResponse) -> String? {
        ["request-id", "x-request-id", "x-amzn-RequestId"].lazy.compactMap { response.headers[$0] }.first
            .map { String($0.prefix(128)) }
    }
}

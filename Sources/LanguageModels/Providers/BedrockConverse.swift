import FinOps
import Foundation
import HTTP
public import SigV4

/// Amazon Bedrock's Converse, signed like every other request to AWS.
struct BedrockConverse: ModelProvider {
    let access: BedrockAccess
    let baseURL: String
    let clock: any FinOps.Clock

    let framing = StreamFraming.awsEventStream

    func request(_ prompt: Prompt, model: String, streams: Bool) async throws -> HTTPRequest {
        func message(_ role: String, _ content: [JSONValue]) -> JSONValue {
            ["role": .string(role), "content": .array(content)]
        }
        let mark: [JSONValue] = Self.caches(model) ? [["cachePoint": ["type": "default"]]] : []
        let body: JSONValue = [
            "system": .array([["text": .string(prompt.instruction)]] + mark),
            "messages": .conversation(
                prompt,
                first: { material, task in
                    message("user", [["text": .string(material)]] + mark + [["text": .string(task)]])
                },
                asker: { message("user", [["text": .string($0)]]) },
                model: { message("assistant", [["text": .string($0)]]) }),
            "inferenceConfig": ["maxTokens": .integer(prompt.outputLimitTokens)],
        ]
        // Ids hold colons and slashes, which a path segment does not.
        let segment = model.utf8.map { byte in
            Self.plain.contains(byte)
                ? String(UnicodeScalar(byte))
                : "%" + String(UInt16(byte) | 0x100, radix: 16, uppercase: true).dropFirst()
        }.joined()
        return try await signed("/model/\(segment)/converse\(streams ? "-stream" : "")", body.bytes)
    }

    private func signed(_ path: String, _ body: Data) async throws -> HTTPRequest {
        let host =
            baseURL.split(separator: "/", omittingEmptySubsequences: false).dropFirst(2).first.map(String.init) ?? ""
        let content = WireRequest.Header("Content-Type", "application/json")
        let wire = WireRequest(method: "POST", path: path, headers: [.init("Host", host), content], body: body)
        let added = Signer(try await access.credentials(), region: access.region, service: "bedrock").headers(
            signing: wire, at: SigningTime(secondsSinceEpoch: clock.now().secondsSinceEpoch))
        var headers: HTTPHeaders = ["Content-Type": content.value]
        for header in added { headers.add(header.name, header.value) }
        return HTTPRequest(method: "POST", url: baseURL + path, headers: headers, body: body)
    }

    func read(_ document: JSONValue, into answer: inout ModelAnswer) throws {
        guard let content = document["output"]?["message"]?["content"]?.elements else {
            throw MalformedAnswer(reason: "no message")
        }
        answer.text = content.compactMap { $0["text"]?.text }.joined()
        answer.ending = ending(document["stopReason"]?.text)
        count(document["usage"], into: &answer)
    }

    func apply(_ event: StreamEvent, to answer: inout ModelAnswer) throws {
        switch event.name {
        case "contentBlockDelta": answer.text += event.data["delta"]?["text"]?.text ?? ""
        case "messageStop": answer.ending = ending(event.data["stopReason"]?.text)
        case "metadata": count(event.data["usage"], into: &answer)
        case let name where name.hasSuffix("Exception"):
            answer.ending = .failed(code: name)
        default: break
        }
    }

    private func ending(_ reason: String?) -> ModelAnswer.Ending? {
        switch reason {
        case nil: nil
        case "end_turn", "stop_sequence": .complete
        case "content_filtered", "guardrail_intervened": .declined
        default: .cutOff
        }
    }

    private func count(_ usage: JSONValue?, into answer: inout ModelAnswer) {
        guard let usage else { return }
        answer.usage.cachedInputTokens = usage.count("cacheReadInputTokens")
        answer.usage.inputTokens =
            usage.count("inputTokens") + usage.count("cacheWriteInputTokens") + answer.usage.cachedInputTokens
        answer.usage.outputTokens = usage.count("outputTokens")
    }

    /// Others refuse a request with a cache mark.
    private static func caches(_ model: String) -> Bool {
        model.contains("anthropic.claude") || model.contains("amazon.nova")
    }

    private static let plain = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".utf8)
}

/// The keys that sign for Bedrock, and the region it is asked in.
public struct BedrockAccess: Sendable {
    public let region: String
    public let credentials: @Sendable () async throws -> SigningCredentials

    public init(region: String, credentials: @escaping @Sendable () async throws -> SigningCredentials) {
        self.region = region
        self.credentials = credentials
    }
}

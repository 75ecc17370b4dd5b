import FinOps
import Foundation
import HTTP
import SigV4
import TestSupport
import Testing

@testable import LanguageModels

/// Each provider over TLS, whole and streamed, against a server that plays its documented wire format.
@Suite(.serialized) struct ProviderTests {
    private static let text = "The bill fell by {{total.change|whole}}. Größe zählt, “quoted” and\nbroken."

    @Test(arguments: ModelSettings.Provider.allCases, [false, true])
    func `a model is asked and its answer read with its version and its tokens`(
        provider: ModelSettings.Provider, streams: Bool
    ) async throws {
        try await withModel([.init(Self.text)]) { model in
            let pieces = Pieces()
            let client = try ModelDesk.client(provider, model) { $0.prices = ModelPrices("3.00:15.00:0.30") }
            let answer = try await client.interpret(ModelDesk.prompt, onText: pieces.listener(streams))
            #expect(answer.text == Self.text)
            let shown = streams ? Self.text : ""
            #expect(pieces.texts.joined() == shown)
            #expect(!streams || pieces.texts.count > 3)
            #expect(answer.requestID == "req_1")
            let version: String? = provider == .bedrock ? nil : "model-2026-01-01-20260101"
            #expect(answer.answeredBy == version)
            let isLocal = provider == .ollama
            #expect(answer.usage.inputTokens == 1000)
            #expect(answer.usage.cachedInputTokens == (isLocal ? 0 : 900))
            #expect(answer.usage.outputTokens == Self.text.unicodeScalars.count / 4 + 1)
            // 100 × 3.00 + 900 × 0.30 + 20 × 15.00, for a million.
            let expected = ExactDecimal(answer.usage.outputTokens) * "0.000015" + "0.00057"
            #expect(answer.usage.costUSD == (isLocal ? ExactDecimal.zero : expected))
            #expect(await client.ledger.usage.costUSD == answer.usage.costUSD)
        }
    }

    @Test(arguments: ModelSettings.Provider.allCases)
    func `what is sent are the instruction, the material and the task, each in its place`(
        provider: ModelSettings.Provider
    ) async throws {
        try await withModel([.init("x")]) { model in
            let prompt = ModelDesk.prompt.adding([.init(.model, "Answer."), .init(.asker, "Again.")])
            _ = try await ModelDesk.client(provider, model).interpret(prompt, onText: nil)
            let request = try #require(try model.requests().first)
            let body = try JSONValue(parsing: Data(request.body.utf8))
            let texts = Self.strings(body)
            for text in ["Write English.", "Answer.", "Again."] { #expect(texts.contains(text), "\(text)") }
            #expect(texts.contains { $0.contains("MATERIAL\n{}") && !$0.contains("Write English.") })
            let caches = [.anthropic].contains(provider)
            #expect(request.body.contains("cache_control") == caches)
        }
    }

    @Test func `Bedrock is asked with a signature that AWS would accept`() async throws {
        try await withModel([.init("x")]) { model in
            let client = try ModelDesk.client(.bedrock, model) { settings in
                settings = ModelSettings(
                    .bedrock, model: "eu.anthropic.claude-test-20260101-v1:0", baseURL: model.url)!
            }
            _ = try await client.interpret(ModelDesk.prompt, onText: nil)
            let request = try #require(try model.requests().first)
            #expect(request.path == "/model/eu.anthropic.claude-test-20260101-v1%3A0/converse")
            #expect(request.body.contains("cachePoint"))
            let wire = WireRequest(
                method: "POST", path: request.path, headers: request.headers.map { .init($0.key, $0.value) },
                body: Data(request.body.utf8))
            let verdict = Verifier {
                $0 == ModelDesk.bedrockKeys.accessKeyID ? ModelDesk.bedrockKeys.secretAccessKey : nil
            }
            .verify(wire, now: SigningTime(secondsSinceEpoch: Int(Date().timeIntervalSince1970)))
            guard case .accepted(let claim) = verdict else {
                Issue.record("\(verdict)")
                return
            }
            #expect(claim.service == "bedrock" && claim.region == "eu-central-1")
        }
    }

    private static func strings(_ value: JSONValue) -> [String] {
        switch value {
        case .string(let text): [text]
        case .array(let elements): elements.flatMap(strings)
        case .object(let members): members.values.flatMap(strings)
        default: []
        }
    }
}

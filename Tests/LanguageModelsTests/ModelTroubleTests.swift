import FinOps
import Foundation
import HTTP
import TestSupport
import Testing

@testable import LanguageModels

@Suite(.serialized) struct ModelTroubleTests {
    private func trouble(
        _ provider: ModelSettings.Provider, _ answers: [ModelCounterpart.Answer], streams: Bool = false,
        _ change: (inout ModelSettings) -> Void = { _ in }
    ) async throws -> Trouble? {
        try await withModel(answers) { model in
            let client = try ModelDesk.client(provider, model, change)
            return await Self.trouble {
                try await client.interpret(ModelDesk.prompt, onText: Pieces().listener(streams))
            }
        }
    }

    private static func trouble(_ body: () async throws -> Interpretation) async -> Trouble? {
        do {
            _ = try await body()
            return nil
        } catch {
            return error as? Trouble
        }
    }

    @Test(arguments: ModelSettings.Provider.allCases)
    func `a throttled question is asked again after the time the provider names`(
        provider: ModelSettings.Provider
    ) async throws {
        try await withModel([.init(.init(), .throttled, waitSeconds: 7), .init("", .overloaded), .init("x")]) { model in
            let clock = TestClock()
            let client = try ModelDesk.client(provider, model, clock: clock)
            #expect(try await client.interpret(ModelDesk.prompt, onText: nil).text == "x")
            #expect(clock.waitsSeconds == [7, 0])
        }
    }

    @Test func `patience ends after the attempts that are set`() async throws {
        let found = try await trouble(.anthropic, [.init("", .throttled)])
        #expect(found?.kind == .throttled)
        #expect(found?.code == "HTTP 429 rate_limit_error")
    }

    @Test(arguments: [
        (ModelCounterpart.Manner.forbidden, Trouble.Kind.accessDenied), (.unknown, .invalidRequest),
        (.bad, .invalidRequest), (.malformed, .unreachable), (.hangup, .unreachable), (.truncated, .unreachable),
        (.cutoff, .noData),
    ])
    func `an answer that is none is trouble, whole and streamed`(
        manner: ModelCounterpart.Manner, kind: Trouble.Kind
    ) async throws {
        try await withModel([.init("The bill was {{total.net|whole}}.", manner)]) { model in
            for provider in ModelSettings.Provider.allCases {
                for streams in [false, true] {
                    let client = try ModelDesk.client(provider, model)
                    let found = await Self.trouble {
                        try await client.interpret(ModelDesk.prompt, onText: Pieces().listener(streams))
                    }
                    #expect(found?.kind == kind, "\(provider) \(streams): \(String(describing: found))")
                }
            }
        }
    }

    @Test(arguments: [ModelSettings.Provider.anthropic, .openai, .openAIResponses, .bedrock])
    func `a refusal of the provider's filter is no answer`(provider: ModelSettings.Provider) async throws {
        #expect(try await trouble(provider, [.init("x", .declined)])?.code == "Declined")
        #expect(try await trouble(provider, [.init("x", .declined)], streams: true)?.code == "Declined")
    }

    @Test(arguments: ModelSettings.Provider.allCases)
    func `trouble in the middle of a stream is not taken for an end`(provider: ModelSettings.Provider) async throws {
        let found = try await trouble(provider, [.init("The bill was {{total.net|whole}}.", .broken)], streams: true)
        #expect(found != nil)
    }

    @Test func `a model that does not answer costs its deadline`() async throws {
        let found = try await trouble(.anthropic, [.init("", .slow)]) { $0.deadlineSeconds = 1 }
        #expect(found?.kind == .unreachable)
        #expect(found?.code == "timeout")
    }

    @Test func `a wrong key is said, and shown nowhere`() async throws {
        try await withModel([.init("x")]) { model in
            let client = try ModelDesk.client(.openai, model, key: "wrong-key-text")
            let found = await Self.trouble { try await client.interpret(ModelDesk.prompt, onText: nil) }
            #expect(found?.kind == .notSignedIn)
            #expect(!"\(String(describing: found))".contains("wrong-key-text"))
        }
    }

    @Test(arguments: [TLSFront.Fault.unknownAuthority, .wrongHost, .expired])
    func `a certificate that does not hold ends the matter before the key is sent`(fault: TLSFront.Fault) async throws {
        try await withModel([.init("x")], fault) { model in
            let client = try ModelDesk.client(.anthropic, model)
            let found = await Self.trouble { try await client.interpret(ModelDesk.prompt, onText: nil) }
            #expect(found?.code == HTTPError.Code.certificate.rawValue)
            #expect(try model.requests().isEmpty)
        }
    }

    @Test func `a question that could exceed the limit is not asked`() async throws {
        try await withModel([.init("x")]) { model in
            let client = try ModelDesk.client(.anthropic, model) {
                $0.prices = ModelPrices("3.00:15.00")
                $0.spendingLimitUSD = "0.016"
            }
            _ = try await client.interpret(ModelDesk.prompt, onText: nil)
            let found = await Self.trouble { try await client.interpret(ModelDesk.prompt, onText: nil) }
            #expect(found?.code == "SpendingLimit")
            #expect(try model.requests().count == 1)
        }
    }

    @Test func `a key never travels without TLS, except on this machine`() {
        #expect(ModelSettings(.openai, model: "m", baseURL: "http://models.example.org") == nil)
        #expect(ModelSettings(.openai, model: "m", baseURL: "http://127.0.0.1.example.org") == nil)
        #expect(ModelSettings(.openai, model: "m", baseURL: "ftp://example.org") == nil)
        #expect(ModelSettings(.openai, model: "m", baseURL: "http://localhost:8080/") != nil)
        #expect(ModelSettings(.openai, model: "m", baseURL: "https://models.example.org/v") != nil)
    }

    @Test(arguments: [
        (ModelSettings.Provider.anthropic, "claude-sonnet-4-5-20250929", false),
        (.anthropic, "claude-sonnet-4-5", true),
        (.openai, "gpt-4o-2024-11-20", false), (.openai, "gpt-4o", true), (.openai, "chatgpt-4o-latest", true),
        (.bedrock, "anthropic.claude-3-5-sonnet-20241022-v2:0", false), (.bedrock, "amazon.nova-pro-v1:0", false),
        (.ollama, "llama3.2", true),
    ])
    func `a name without a version is called floating`(provider: ModelSettings.Provider, name: String, floats: Bool) {
        let settings = ModelSettings(provider, model: name, baseURL: "https://example.org")
        #expect(settings?.name.isFloating == floats)
    }
}

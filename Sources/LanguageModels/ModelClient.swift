public import FinOps
import Foundation
public import HTTP

/// Asks one model over HTTPS: within the deadline, within the spending limit, again while that helps.
public struct ModelClient: Interpreter {
    private let settings: ModelSettings
    private let provider: any ModelProvider
    private let http: any HTTPSending
    private let clock: any FinOps.Clock
    public let ledger: SpendingLedger

    /// - Parameters:
    ///   - key: Reads the provider's key when it is needed; never called for Bedrock and Ollama.
    ///   - bedrock: The keys that sign; needed for Bedrock alone.
    public init(
        _ settings: ModelSettings, http: any HTTPSending, clock: any FinOps.Clock,
        key: @escaping @Sendable () async throws -> String?, bedrock: BedrockAccess? = nil
    ) throws {
        self.settings = settings
        self.http = http
        self.clock = clock
        ledger = SpendingLedger(
            prices: settings.provider == .ollama ? ModelPrices(input: .zero, output: .zero) : settings.prices,
            limitUSD: settings.spendingLimitUSD)
        provider = try Self.provider(settings, clock, key, bedrock)
    }

    /// Every provider, once.
    private static func provider(
        _ settings: ModelSettings, _ clock: any FinOps.Clock, _ key: @escaping @Sendable () async throws -> String?,
        _ bedrock: BedrockAccess?
    ) throws -> any ModelProvider {
        let url = settings.baseURL
        switch settings.provider {
        case .anthropic:
            return AnthropicMessages(baseURL: url) {
                guard let text = try await key() else {
                    throw InputError(
                        "missing_model_key", "Anthropic wants a key and none is named",
                        hint: "set `interpreter_key: env:ANTHROPIC_API_KEY`, or a file: or command:")
                }
                return text
            }
        case .openai: return OpenAIChat(baseURL: url, key: key)
        case .openAIResponses: return OpenAIResponses(baseURL: url, key: key)
        case .ollama: return OllamaChat(baseURL: url)
        case .bedrock:
            guard let bedrock else {
                throw InputError("missing_bedrock_keys", "Bedrock is asked with AWS keys and there are none")
            }
            return BedrockConverse(access: bedrock, baseURL: url, clock: clock)
        }
    }

    public var model: ModelName { settings.name }

    public func interpret(
        _ prompt: Prompt, onText: (@Sendable (String) -> Void)?
    ) async throws -> Interpretation {
        try await ledger.reserve(for: prompt, model: model)
        let deadline = clock.uptimeNanoseconds() + UInt64(settings.deadlineSeconds) * 1_000_000_000
        var attempt = 1
        while true {
            do {
                return try await ask(prompt, deadline: deadline, onText: onText)
            } catch let failure as ModelFailure {
                let wait = failure.waitSeconds ?? Double(1 << (attempt - 1))
                let isInTime = clock.uptimeNanoseconds() + UInt64(wait * 1e9) < deadline
                // Once something was shown, a second answer would follow upon half a first.
                guard failure.mayPass, attempt < settings.attempts, isInTime, !(failure.showedText && onText != nil)
                else {
                    throw failure.trouble
                }
                try await clock.sleep(nanoseconds: UInt64(wait * 1e9))
                attempt += 1
            }
        }
    }

    private func ask(
        _ prompt: Prompt, deadline: UInt64, onText: (@Sendable (String) -> Void)?
    ) async throws -> Interpretation {
        let streams = settings.streams && onText != nil
        var request = try await provider.request(prompt, model: settings.model, streams: streams)
        let left = Double(deadline - min(deadline, clock.uptimeNanoseconds())) / 1e9
        request.deadlineSeconds = max(0.001, left)
        let response: HTTPResponse
        let inbox = StreamInbox(provider, onText: onText)
        do {
            response =
                streams ? try await http.send(request) { inbox.take($0) } : try await http.send(request)
        } catch let error as HTTPError {
            await ledger.note(inbox.answer.usage, orAtMost: inbox.hasBegun ? prompt : nil)
            throw ModelFailure(error, model: model, showedText: !inbox.answer.text.isEmpty)
        }
        guard (200...299).contains(response.status) else { throw ModelFailure(response, model: model) }
        let answer: ModelAnswer
        do {
            answer = streams ? try inbox.finished() : try whole(response)
        } catch let malformed as MalformedAnswer {
            await ledger.note(ModelUsage(), orAtMost: prompt)
            throw ModelFailure(malformed, response, model: model, showedText: !inbox.answer.text.isEmpty)
        }
        let usage = await ledger.note(answer.usage, orAtMost: prompt)
        if let failure = failure(of: answer, response) { throw failure }
        return Interpretation(
            text: answer.text, model: model, answeredBy: answer.model, requestID: ModelFailure.requestID(response),
            usage: usage)
    }

    private func whole(_ response: HTTPResponse) throws -> ModelAnswer {
        guard let document = try? JSONValue(parsing: response.body) else {
            throw MalformedAnswer(reason: "the answer is not JSON")
        }
        var answer = ModelAnswer()
        try provider.read(document, into: &answer)
        return answer
    }

    private func failure(of answer: ModelAnswer, _ response: HTTPResponse) -> ModelFailure? {
        switch answer.ending {
        case .complete: nil
        case .cutOff: .final("CutOff", "the answer was cut off at its limit", model)
        case .declined: .final("Declined", "the model or its filter declined to answer", model)
        case .failed(let code): ModelFailure(code: code, model: model)
        case nil:
            ModelFailure(
                MalformedAnswer(reason: "the answer ended before it was complete"), response, model: model,
                showedText: !answer.text.isEmpty)
        }
    }
}

/// Collects a streamed answer on the transfer's thread. One transfer calls one at a time, and nobody reads before it ended.
private final class StreamInbox: @unchecked Sendable {
    private let provider: any ModelProvider
    private let onText: (@Sendable (String) -> Void)?
    private var reader: StreamReader
    private var trouble: MalformedAnswer?
    private(set) var answer = ModelAnswer()
    private(set) var hasBegun = false

    init(_ provider: any ModelProvider, onText: (@Sendable (String) -> Void)?) {
        self.provider = provider
        self.onText = onText
        reader = StreamReader(provider.framing)
    }

    func take(_ bytes: Data) {
        guard trouble == nil else { return }
        hasBegun = true
        do {
            for event in try reader.take(bytes) {
                let length = answer.text.utf8.count
                try provider.apply(event, to: &answer)
                let more = String(decoding: Array(answer.text.utf8).dropFirst(length), as: UTF8.self)
                if !more.isEmpty { onText?(more) }
            }
        } catch {
            trouble = error as? MalformedAnswer ?? MalformedAnswer(reason: "\(error)")
        }
    }

    func finished() throws -> ModelAnswer {
        if let trouble { throw trouble }
        return answer
    }
}

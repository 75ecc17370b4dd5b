import FinOps
import HTTP

/// Anthropic's Messages API. The instruction and the material end with a cache mark: both are the same for every question about
/// a month.
struct AnthropicMessages: ModelProvider {
    let baseURL: String
    let key: @Sendable () async throws -> String

    let framing = StreamFraming.serverSentEvents

    func request(_ prompt: Prompt, model: String, streams: Bool) async throws -> HTTPRequest {
        let cached: JSONValue = ["type": "ephemeral"]
        func text(_ text: String) -> JSONValue { ["type": "text", "text": .string(text)] }
        let body: JSONValue = [
            "model": .string(model), "max_tokens": .integer(prompt.outputLimitTokens), "stream": .bool(streams),
            "system": [["type": "text", "text": .string(prompt.instruction), "cache_control": cached]],
            "messages": .conversation(
                prompt,
                first: { material, task in
                    [
                        "role": "user",
                        "content": [
                            ["type": "text", "text": .string(material), "cache_control": cached], text(task),
                        ],
                    ]
                },
                asker: { ["role": "user", "content": [text($0)]] },
                model: { ["role": "assistant", "content": [text($0)]] }),
        ]
        return HTTPRequest(
            method: "POST", url: baseURL + "/v1/messages",
            headers: [
                "Content-Type": "application/json", "x-api-key": try await key(), "anthropic-version": "2026-10-21",
            ], body: body.bytes)
    }

    func read(_ document: JSONValue, into answer: inout ModelAnswer) throws {
        guard let content = document["content"]?.elements else { throw MalformedAnswer(reason: "no content") }
        answer.text = content.compactMap { $0["type"]?.text == "text" ? $0["text"]?.text : nil }.joined()
        answer.model = document["model"]?.text
        answer.ending = ending(document["stop_reason"]?.text)
        count(document["usage"], into: &answer)
    }

    func apply(_ event: StreamEvent, to answer: inout ModelAnswer) throws {
        switch event.data["type"]?.text {
        case "message_start":
            answer.model = event.data["message"]?["model"]?.text
            count(event.data["message"]?["usage"], into: &answer)
        case "content_block_delta":
            if event.data["delta"]?["type"]?.text == "text_delta" {
                answer.text += event.data["delta"]?["text"]?.text ?? ""
            }
        case "message_delta":
            answer.ending = ending(event.data["delta"]?["stop_reason"]?.text) ?? answer.ending
            answer.usage.outputTokens = event.data["usage"]?.count("output_tokens") ?? answer.usage.outputTokens
        case "error":
            answer.ending = .failed(
                code: event.data["error"]?["type"]?.text ?? "error")
        default: break
        }
    }

    private func ending(_ reason: String?) -> ModelAnswer.Ending? {
        switch reason {
        case nil: nil
        case "end_turn", "stop_sequence": .complete
        case "refusal": .declined
        default: .cutOff
        }
    }

    /// Anthropic counts what was read from and written to the cache beside the input; here it is part of it.
    private func count(_ usage: JSONValue?, into answer: inout ModelAnswer) {
        guard let usage else { return }
        answer.usage.cachedInputTokens = usage.count("cache_read_input_tokens")
        answer.usage.inputTokens =
            usage.count("input_tokens") + usage.count("cache_creation_input_tokens") + answer.usage.cachedInputTokens
        answer.usage.outputTokens = usage.count("output_tokens")
    }
}

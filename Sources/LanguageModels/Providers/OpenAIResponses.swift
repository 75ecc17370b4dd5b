import FinOps
import HTTP

/// OpenAI's Responses API, told to store nothing.
struct OpenAIResponses: ModelProvider {
    let baseURL: String
    let key: @Sendable () async throws -> String?

    let framing = StreamFraming.serverSentEvents

    func request(_ prompt: Prompt, model: String, streams: Bool) async throws -> HTTPRequest {
        func asked(_ texts: [String]) -> JSONValue {
            ["role": "user", "content": .array(texts.map { ["type": "input_text", "text": .string($0)] })]
        }
        let body: JSONValue = [
            "model": .string(model), "max_output_tokens": .integer(prompt.outputLimitTokens), "store": false,
            "stream": .bool(streams), "instructions": .string(prompt.instruction),
            "input": .conversation(
                prompt, first: { asked([$0, $1]) }, asker: { asked([$0]) },
                // A part of an answer would need the id it was given when it was not stored.
                model: { ["role": "assistant", "content": .string($0)] }),
        ]
        return HTTPRequest(
            method: "POST", url: baseURL + "/v1/responses", headers: try await OpenAIChat.headers(key()),
            body: body.bytes)
    }

    func read(_ document: JSONValue, into answer: inout ModelAnswer) throws {
        guard let output = document["output"]?.elements else { throw MalformedAnswer(reason: "no output") }
        let content = output.filter { $0["type"]?.text == "message" }.flatMap { $0["content"]?.elements ?? [] }
        answer.text = content.compactMap { $0["type"]?.text == "output_text" ? $0["text"]?.text : nil }.joined()
        answer.model = document["model"]?.text
        if let usage = document["usage"] {
            answer.usage.inputTokens = usage.count("input_tokens")
            answer.usage.outputTokens = usage.count("output_tokens")
            answer.usage.cachedInputTokens = usage.count("input_tokens_details", "cached_tokens")
        }
        let hasRefusal = content.contains { $0["type"]?.text == "refusal" }
        switch document["status"]?.text {
        case "completed": answer.ending = hasRefusal ? .declined : .complete
        case "incomplete":
            answer.ending =
                document["incomplete_details"]?["reason"]?.text == "content_filter" ? .declined : .cutOff
        case "failed":
            answer.ending = .failed(
                code: document["error"]?["code"]?.text ?? "failed")
        default: throw MalformedAnswer(reason: "no status")
        }
    }

    func apply(_ event: StreamEvent, to answer: inout ModelAnswer) throws {
        switch event.data["type"]?.text {
        case "response.output_text.delta": answer.text += event.data["delta"]?.text ?? ""
        // The last event repeats the whole answer, which is then taken in place of its pieces.
        case "response.completed", "response.incomplete", "response.failed":
            guard let response = event.data["response"] else { throw MalformedAnswer(reason: "no response") }
            try read(response, into: &answer)
        case "error":
            answer.ending = .failed(
                code: event.data["code"]?.text ?? "error")
        default: break
        }
    }
}

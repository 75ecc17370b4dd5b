import FinOps
import HTTP

/// OpenAI's Chat Completions, and whatever is compatible with them. Caches a repeated beginning by itself.
struct OpenAIChat: ModelProvider {
    let baseURL: String
    /// Nil for servers that want none.
    let key: @Sendable () async throws -> String?

    let framing = StreamFraming.serverSentEvents

    func request(_ prompt: Prompt, model: String, streams: Bool) async throws -> HTTPRequest {
        func message(_ role: String, _ text: String) -> JSONValue { ["role": .string(role), "content": .string(text)] }
        var messages = [message("system", prompt.instruction)]
        messages +=
            JSONValue.conversation(
                prompt, first: { message("user", $0 + "\n\n" + $1) }, asker: { message("user", $0) },
                model: { message("assistant", $0) }
            ).elements ?? []
        var body: [String: JSONValue] = [
            "model": .string(model), "max_completion_tokens": .integer(prompt.outputLimitTokens),
            "stream": .bool(streams), "messages": .array(messages),
        ]
        if streams { body["stream_options"] = ["include_usage": true] }
        return HTTPRequest(
            method: "POST", url: baseURL + "/v1/chat/completions", headers: try await Self.headers(key()),
            body: JSONValue.object(body).bytes)
    }

    static func headers(_ key: String?) -> HTTPHeaders {
        var headers: HTTPHeaders = ["Content-Type": "application/json"]
        headers["Authorization"] = key.map { "Bearer \($0)" }
        return headers
    }

    func read(_ document: JSONValue, into answer: inout ModelAnswer) throws {
        guard let choice = document["choices"]?.elements?.first, let message = choice["message"] else {
            throw MalformedAnswer(reason: "no choice")
        }
        answer.text = message["content"]?.text ?? ""
        finish(document, choice, refusal: message["refusal"]?.text, into: &answer)
    }

    func apply(_ event: StreamEvent, to answer: inout ModelAnswer) throws {
        if let error = event.data["error"]?.members {
            answer.ending = .failed(
                code: error["code"]?.text ?? error["type"]?.text ?? "error")
            return
        }
        let choice = event.data["choices"]?.elements?.first
        answer.text += choice?["delta"]?["content"]?.text ?? ""
        finish(event.data, choice, refusal: choice?["delta"]?["refusal"]?.text, into: &answer)
    }

    private func finish(
        _ document: JSONValue, _ choice: JSONValue?, refusal: String?, into answer: inout ModelAnswer
    ) {
        answer.model = document["model"]?.text ?? answer.model
        switch choice?["finish_reason"]?.text {
        case nil: break
        case "stop": answer.ending = .complete
        case "content_filter": answer.ending = .declined
        default: answer.ending = .cutOff
        }
        if refusal != nil { answer.ending = .declined }
        guard let usage = document["usage"], usage.members != nil else { return }
        answer.usage.inputTokens = usage.count("prompt_tokens")
        answer.usage.outputTokens = usage.count("completion_tokens")
        answer.usage.cachedInputTokens = usage.count("prompt_tokens_details", "cached_tokens")
    }
}

import FinOps
import HTTP

/// A model on this machine, served by Ollama.
struct OllamaChat: ModelProvider {
    let baseURL: String

    let framing = StreamFraming.jsonLines

    func request(_ prompt: Prompt, model: String, streams: Bool) async throws -> HTTPRequest {
        func message(_ role: String, _ text: String) -> JSONValue { ["role": .string(role), "content": .string(text)] }
        let turns = JSONValue.conversation(
            prompt, first: { message("user", $0 + "\n\n" + $1) }, asker: { message("user", $0) },
            model: { message("assistant", $0) })
        let body: JSONValue = [
            "model": .string(model), "stream": .bool(streams),
            "options": ["num_predict": .integer(prompt.outputLimitTokens)],
            "messages": .array([message("system", prompt.instruction)] + (turns.elements ?? [])),
        ]
        return HTTPRequest(
            method: "POST", url: baseURL + "/api/chat", headers: ["Content-Type": "application/json"], body: body.bytes)
    }

    func read(_ document: JSONValue, into answer: inout ModelAnswer) throws {
        guard document["message"] != nil || document["error"] != nil else {
            throw MalformedAnswer(reason: "no message")
        }
        try apply(StreamEvent(name: "", data: document), to: &answer)
    }

    func apply(_ event: StreamEvent, to answer: inout ModelAnswer) throws {
        if event.data["error"] != nil {
            answer.ending = .failed(code: "error")
            return
        }
        answer.text += event.data["message"]?["content"]?.text ?? ""
        answer.model = event.data["model"]?.text ?? answer.model
        guard event.data["done"] == .bool(true) else { return }
        answer.ending = event.data["done_reason"]?.text == "length" ? .cutOff : .complete
        answer.usage.inputTokens = event.data.count("prompt_eval_count")
        answer.usage.outputTokens = event.data.count("eval_count")
    }
}

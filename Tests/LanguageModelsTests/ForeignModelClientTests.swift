import FinOps
import Foundation
import TestSupport
import Testing

@testable import LanguageModels

/// The counterpart is worth something only if it speaks as the providers do, and so is our client: theirs are the judges.
@Suite(.serialized) struct ForeignModelClientTests {
    private static let text = "The bill fell by {{total.change|whole}}."

    private static let programs = [
        "anthropic": """
        import anthropic
        client = anthropic.Anthropic(base_url=url, api_key=key)
        ask = dict(model="m", max_tokens=64, messages=[{"role": "user", "content": "x"}])
        whole = client.messages.create(**ask)
        print(whole.content[0].text, whole.stop_reason, whole.usage.output_tokens)
        with client.messages.stream(**ask) as stream:
            print("".join(stream.text_stream), stream.get_final_message().stop_reason)
        """,
        "openai": """
        import openai
        client = openai.OpenAI(base_url=url + "/v1", api_key=key)
        ask = dict(model="m", messages=[{"role": "user", "content": "x"}])
        whole = client.chat.completions.create(**ask)
        print(whole.choices[0].message.content, whole.choices[0].finish_reason, whole.usage.completion_tokens)
        ask |= dict(stream=True, stream_options={"include_usage": True})
        chunks = list(client.chat.completions.create(**ask))
        print("".join(c.choices[0].delta.content or "" for c in chunks if c.choices), chunks[-1].usage.prompt_tokens)
        """,
        "openai-responses": """
        import openai
        client = openai.OpenAI(base_url=url + "/v1", api_key=key)
        whole = client.responses.create(model="m", input="x")
        print(whole.output_text, whole.status, whole.usage.output_tokens)
        events = list(client.responses.create(model="m", input="x", stream=True))
        texts = [e.delta for e in events if e.type == "response.output_text.delta"]
        print("".join(texts), events[-1].response.status)
        """,
        "bedrock": """
        import boto3
        client = boto3.client("bedrock-runtime", region_name="eu-central-1", endpoint_url=url,
                              aws_access_key_id="AKIDEXAMPLE", aws_secret_access_key="x")
        ask = dict(modelId="amazon.nova-pro-v1:0", messages=[{"role": "user", "content": [{"text": "x"}]}])
        whole = client.converse(**ask)
        message = whole["output"]["message"]
        print(message["content"][0]["text"], whole["stopReason"], whole["usage"]["outputTokens"])
        events = list(client.converse_stream(**ask)["stream"])
        print("".join(e["contentBlockDelta"]["delta"]["text"] for e in events if "contentBlockDelta" in e),
              [e["messageStop"]["stopReason"] for e in events if "messageStop" in e][0])
        """,
        "ollama": """
        import ollama
        client = ollama.Client(host=url)
        ask = dict(model="m", messages=[{"role": "user", "content": "x"}])
        whole = client.chat(**ask)
        print(whole.message.content, whole.done_reason, whole.eval_count)
        chunks = list(client.chat(stream=True, **ask))
        print("".join(c.message.content or "" for c in chunks), chunks[-1].done_reason)
        """,
    ]

    @Test(arguments: programs.keys.sorted())
    func `the provider's own client is content with the counterpart`(name: String) async throws {
        try await withModel([.init(Self.text)]) { model in
            let outcome = try await PythonProgram.run(
                "import sys\nurl, key = sys.argv[1:]\n" + (Self.programs[name] ?? ""),
                [model.plainURL, ModelCounterpart.key], environment: ["NO_PROXY": "127.0.0.1"])
            #expect(outcome.status == 0, "\(outcome.errors.suffix(600))")
            let lines = outcome.output.split(separator: "\n").map(String.init)
            #expect(lines.count == 2 && lines.allSatisfy { $0.hasPrefix(Self.text) }, "\(lines)")
        }
    }

    /// The types of the providers' own packages, asked whether a body is a request of theirs; a surplus member is none.
    private static let forms = """
        import json, sys, typing, pydantic
        import anthropic.types.message_create_params as messages
        import openai.types.chat.completion_create_params as completions
        import openai.types.responses.response_create_params as responses
        import botocore.session, botocore.validate, ollama._types

        def dictionary(kinds):
            def check(body, path):
                kind = kinds[body["stream"]]
                assert set(body) <= set(typing.get_type_hints(kind)), set(body) - set(typing.get_type_hints(kind))
                pydantic.TypeAdapter(kind).validate_python(body)
            return check

        def chat(body, path):
            assert set(body) <= set(ollama._types.ChatRequest.model_fields)
            ollama._types.ChatRequest.model_validate(body)

        def converse(body, path):
            model = botocore.session.get_session().get_service_model("bedrock-runtime")
            shape = model.operation_model("ConverseStream" if path.endswith("-stream") else "Converse").input_shape
            report = botocore.validate.ParamValidator().validate({**body, "modelId": "m"}, shape)
            assert not report.has_errors(), report.generate_report()

        checks = {
            "/v1/messages": dictionary([messages.MessageCreateParamsNonStreaming, messages.MessageCreateParamsStreaming]),
            "/v1/chat/completions": dictionary(
                [completions.CompletionCreateParamsNonStreaming, completions.CompletionCreateParamsStreaming]),
            "/v1/responses": dictionary(
                [responses.ResponseCreateParamsNonStreaming, responses.ResponseCreateParamsStreaming]),
            "/api/chat": chat,
        }
        for path, text in json.loads(sys.argv[1]):
            check, body = checks.get(path, converse), json.loads(text)
            check(body, path)
            for wrong in [{**body, "colour": "red"}, {**body, "messages": 1, "input": 1}]:
                try:
                    check(wrong, path)
                except Exception:
                    continue
                sys.exit(path + " would take anything")
            print(path)
        """

    @Test(arguments: ModelSettings.Provider.allCases)
    func `what is sent is a request in the words of the provider's own package`(
        provider: ModelSettings.Provider
    ) async throws {
        try await withModel([.init("x")]) { model in
            let prompt = ModelDesk.prompt.adding([.init(.model, "Answer."), .init(.asker, "Again.")])
            for streams in [false, true] {
                _ = try await ModelDesk.client(provider, model).interpret(prompt, onText: Pieces().listener(streams))
            }
            let requests = try model.requests().map { [$0.path, $0.body] }
            let outcome = try await PythonProgram.run(
                Self.forms, [String(decoding: try JSONEncoder().encode(requests), as: UTF8.self)])
            #expect(outcome.status == 0, "\(outcome.errors.suffix(800))")
            #expect(outcome.output.split(separator: "\n").count == 2)
        }
    }
}

import Foundation
import TestSupport
import Testing

/// The counterpart is worth something only if it speaks as the providers do: their own clients are the judges.
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
}

"""Plays the wire formats of five providers of language models on loopback, for the time of one test.

Arguments: the folder that holds answers.json (a list of {"text", "manner"}; the last is repeated) and takes what was asked, one
file a request. A placeholder for truth: what it answers is what the test wrote there.
"""
import http.server
import json
import os
import socket
import struct
import sys
import threading
import time
import zlib

folder = sys.argv[1]
lock = threading.Lock()
count = 0


def next_answer(record):
    global count
    with lock:
        with open(folder + "/answers.json") as file:
            answers = json.load(file)
        answer = answers[min(count, len(answers) - 1)]
        count += 1
        path = "%s/request-%04d.json" % (folder, count)
        with open(path + ".partial", "w") as file:
            json.dump(record, file)
        os.rename(path + ".partial", path)
        return answer


def frame(name, payload, kind="event"):
    """application/vnd.amazon.eventstream"""
    def header(key, value):
        return bytes([len(key)]) + key.encode() + b"\x07" + struct.pack(">H", len(value)) + value.encode()
    headers = header(":message-type", kind) + header(":%s-type" % kind, name)
    headers += header(":content-type", "application/json")
    body = json.dumps(payload).encode()
    head = struct.pack(">II", 16 + len(headers) + len(body), len(headers))
    head += struct.pack(">I", zlib.crc32(head))
    return head + headers + body + struct.pack(">I", zlib.crc32(head + headers + body))


def pieces(text):
    return [text[i:i + 7] for i in range(0, len(text), 7)] or [""]


def sse(events, named):
    for event in events:
        head = ("event: %s\n" % event["type"]) if named else ""
        yield (head + "data: %s\n\n" % json.dumps(event)).encode()


class Anthropic:
    path = "/v1/messages"

    def authorised(self, headers):
        key = headers.get("x-api-key") or headers.get("Authorization", "").replace("Bearer ", "")
        return key == "secret-model-key" and headers.get("anthropic-version") == "2026-10-21"

    def usage(self, text):
        return {"input_tokens": 90, "cache_creation_input_tokens": 10, "cache_read_input_tokens": 900,
                "output_tokens": len(text) // 4 + 1}

    def whole(self, model, text, stop):
        reason = {"complete": "end_turn", "cutoff": "max_tokens", "declined": "refusal"}[stop]
        return {"id": "msg_1", "type": "message", "role": "assistant", "model": model, "stop_reason": reason,
                "stop_sequence": None, "content": [{"type": "text", "text": text}], "usage": self.usage(text)}

    def stream(self, model, text, stop):
        whole = self.whole(model, text, stop)
        start = dict(whole, content=[], stop_reason=None, usage=dict(whole["usage"], output_tokens=1))
        events = [{"type": "message_start", "message": start},
                  {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}},
                  {"type": "ping"}]
        events += [{"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": piece}}
                   for piece in pieces(text)]
        events += [{"type": "content_block_stop", "index": 0},
                   {"type": "message_delta", "delta": {"stop_reason": whole["stop_reason"], "stop_sequence": None},
                    "usage": {"output_tokens": whole["usage"]["output_tokens"]}},
                   {"type": "message_stop"}]
        return "text/event-stream", sse(events, True)

    def broken(self):
        return next(sse([{"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}], True))

    def error(self, status):
        name = {401: "authentication_error", 429: "rate_limit_error", 404: "not_found_error"}.get(status, "api_error")
        return {"type": "error", "error": {"type": name, "message": "no"}, "request_id": "req_1"}


class Chat:
    path = "/v1/chat/completions"

    def authorised(self, headers):
        return headers.get("Authorization") == "Bearer secret-model-key"

    def usage(self, text):
        output = len(text) // 4 + 1
        return {"prompt_tokens": 1000, "completion_tokens": output, "total_tokens": 1000 + output,
                "prompt_tokens_details": {"cached_tokens": 900}}

    def reason(self, stop):
        return {"complete": "stop", "cutoff": "length", "declined": "content_filter"}[stop]

    def whole(self, model, text, stop):
        return {"id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": model, "usage": self.usage(text),
                "choices": [{"index": 0, "finish_reason": self.reason(stop), "logprobs": None,
                             "message": {"role": "assistant", "content": text, "refusal": None}}]}

    def stream(self, model, text, stop):
        def chunk(choices, usage=None):
            return {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": model,
                    "choices": choices, "usage": usage}
        def choice(delta, reason=None):
            return [{"index": 0, "delta": delta, "finish_reason": reason, "logprobs": None}]
        events = [chunk(choice({"role": "assistant", "content": ""}))]
        events += [chunk(choice({"content": piece})) for piece in pieces(text)]
        events += [chunk(choice({}, self.reason(stop))), chunk([], self.usage(text))]
        return "text/event-stream", (list(sse(events, False)) + [b"data: [DONE]\n\n"])

    def broken(self):
        return b'data: {"error":{"message":"no","type":"server_error","code":"server_error"}}\n\n'

    def error(self, status):
        return {"error": {"message": "no", "type": "invalid_request_error", "param": None, "code": None}}


class Responses(Chat):
    path = "/v1/responses"

    def usage(self, text):
        output = len(text) // 4 + 1
        return {"input_tokens": 1000, "input_tokens_details": {"cached_tokens": 900}, "output_tokens": output,
                "output_tokens_details": {"reasoning_tokens": 0}, "total_tokens": 1000 + output}

    def whole(self, model, text, stop):
        details = {"complete": None, "cutoff": {"reason": "max_output_tokens"},
                   "declined": {"reason": "content_filter"}}[stop]
        return {"id": "resp_1", "object": "response", "created_at": 1, "model": model, "error": None,
                "status": "completed" if stop == "complete" else "incomplete", "incomplete_details": details,
                "instructions": None, "metadata": {}, "parallel_tool_calls": True, "temperature": 1.0, "tools": [],
                "tool_choice": "auto", "top_p": 1.0, "usage": self.usage(text),
                "output": [{"id": "rs_1", "type": "reasoning", "summary": []},
                           {"id": "msg_1", "type": "message", "role": "assistant", "status": "completed",
                            "content": [{"type": "output_text", "text": text, "annotations": []}]}]}

    def stream(self, model, text, stop):
        whole = self.whole(model, text, stop)
        begun = dict(whole, status="in_progress", output=[], usage=None, incomplete_details=None)
        events = [{"type": "response.created", "response": begun}]
        events += [{"type": "response.output_text.delta", "item_id": "msg_1", "output_index": 1, "content_index": 0,
                    "delta": piece, "logprobs": []} for piece in pieces(text)]
        events.append({"type": "response.completed" if stop == "complete" else "response.incomplete", "response": whole})
        for number, event in enumerate(events):
            event["sequence_number"] = number
        return "text/event-stream", sse(events, True)

    def broken(self):
        return next(sse([{"type": "error", "code": "server_error", "message": "no", "param": None}], True))


class Converse:
    def authorised(self, headers):
        return headers.get("Authorization", "").startswith("AWS4-HMAC-SHA256 ")

    def usage(self, text):
        output = len(text) // 4 + 1
        return {"inputTokens": 90, "outputTokens": output, "totalTokens": 1000 + output, "cacheReadInputTokens": 900,
                "cacheWriteInputTokens": 10}

    def reason(self, stop):
        return {"complete": "end_turn", "cutoff": "max_tokens", "declined": "content_filtered"}[stop]

    def whole(self, model, text, stop):
        return {"output": {"message": {"role": "assistant", "content": [{"text": text}]}}, "stopReason": self.reason(stop),
                "usage": self.usage(text), "metrics": {"latencyMs": 1}}

    def stream(self, model, text, stop):
        frames = [frame("messageStart", {"role": "assistant"})]
        frames += [frame("contentBlockDelta", {"contentBlockIndex": 0, "delta": {"text": piece}})
                   for piece in pieces(text)]
        frames += [frame("contentBlockStop", {"contentBlockIndex": 0}),
                   frame("messageStop", {"stopReason": self.reason(stop)}),
                   frame("metadata", {"usage": self.usage(text), "metrics": {"latencyMs": 1}})]
        return "application/vnd.amazon.eventstream", frames

    def broken(self):
        return frame("throttlingException", {"message": "no"}, "exception")

    def error(self, status):
        return {"message": "no"}


class Ollama:
    path = "/api/chat"

    def authorised(self, headers):
        return True

    def last(self, model, text, stop):
        return {"model": model, "created_at": "2026-03-01T00:00:00Z", "message": {"role": "assistant", "content": text},
                "done": True, "done_reason": {"complete": "stop", "cutoff": "length", "declined": "stop"}[stop],
                "total_duration": 1, "prompt_eval_count": 1000, "eval_count": len(text) // 4 + 1}

    def whole(self, model, text, stop):
        return self.last(model, text, stop)

    def stream(self, model, text, stop):
        lines = [{"model": model, "created_at": "2026-03-01T00:00:00Z", "done": False,
                  "message": {"role": "assistant", "content": piece}} for piece in pieces(text)]
        lines.append(dict(self.last(model, "", stop), eval_count=len(text) // 4 + 1))
        return "application/x-ndjson", [json.dumps(line).encode() + b"\n" for line in lines]

    def broken(self):
        return b'{"error":"no"}\n'

    def error(self, status):
        return {"error": "no"}


PROVIDERS = [Anthropic(), Responses(), Chat(), Ollama()]


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        asked = json.loads(body)
        if self.path.startswith("/model/"):
            provider, streams = Converse(), self.path.endswith("/converse-stream")
            model = self.path.split("/")[2]
        else:
            provider = next(p for p in PROVIDERS if p.path == self.path)
            # Ollama streams unless told otherwise.
            streams = asked.get("stream", isinstance(provider, Ollama))
            model = asked["model"]
        answer = next_answer({"path": self.path, "headers": dict(self.headers), "body": body.decode()})
        manner, text = answer.get("manner", "ok"), answer.get("text", "")
        if not provider.authorised(self.headers):
            return self.reply(401, provider.error(401))
        if manner == "slow":
            return time.sleep(600)
        if manner == "hangup":
            return self.hang_up()
        if manner in ("throttled", "overloaded", "forbidden", "unknown", "bad"):
            status = {"throttled": 429, "overloaded": 529, "forbidden": 403, "unknown": 404, "bad": 400}[manner]
            return self.reply(status, provider.error(status), {"Retry-After": answer.get("wait", "0")})
        stop = manner if manner in ("cutoff", "declined") else "complete"
        answered_by = model + "-20260101"
        if manner == "malformed":
            return self.reply(200, None, raw=b"<html>captive</html>")
        if not streams:
            document = json.dumps(provider.whole(answered_by, text, stop)).encode()
            return self.reply(200, None, raw=document, short=manner == "truncated")
        kind, events = provider.stream(answered_by, text, stop)
        events = list(events)
        if manner == "broken":
            events = events[:3] + [provider.broken()]
        if manner == "truncated":
            events = events[:len(events) // 2]
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("request-id", "req_1")
        self.send_header("Connection", "close")
        self.end_headers()
        for event in events:
            # In pieces that respect no border of an event.
            for start in range(0, len(event), 50):
                self.wfile.write(event[start:start + 50])
                self.wfile.flush()
        self.close_connection = True

    def reply(self, status, document, headers={}, raw=None, short=False):
        body = raw if raw is not None else json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("request-id", "req_1")
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body[:len(body) // 2] if short else body)
        if short:
            self.wfile.flush()
            self.hang_up()

    def hang_up(self):
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, *words):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
print("http://127.0.0.1:%d" % server.server_port, flush=True)
sys.stdin.read()
os._exit(0)

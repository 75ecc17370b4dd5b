"""Passes requests on to an endpoint and writes one line for each: service, operation, status.

    count_requests.py ENDPOINT FILE

Prints the address to use instead of ENDPOINT, then serves until it is ended. The counts come from here and not from what
either program says of itself.
"""

import http.client
import http.server
import re
import sys
import threading
import urllib.parse

endpoint = urllib.parse.urlsplit(sys.argv[1])
log_path = sys.argv[2]
log_lock = threading.Lock()


def describe(headers, path, body):
    """The service a request was signed for, and the operation it names."""
    scope = re.search(r"Credential=[^/]+/[^/]+/[^/]+/([^/]+)/", headers.get("Authorization", ""))
    target = headers.get("X-Amz-Target", "").rpartition(".")[2]
    action = urllib.parse.parse_qs(body.decode("utf-8", "replace")).get("Action", [""])[0] if not target else ""
    return scope.group(1) if scope else "unsigned", target or action or urllib.parse.urlsplit(path).path


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def pass_on(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        upstream = http.client.HTTPConnection(endpoint.hostname, endpoint.port)
        # The Host header is signed, so it travels as it came.
        upstream.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
        for name, value in self.headers.items():
            if name.lower() != "connection":
                upstream.putheader(name, value)
        upstream.endheaders(body)
        answer = upstream.getresponse()
        answer_body = answer.read()
        upstream.close()
        service, operation = describe(self.headers, self.path, body)
        with log_lock, open(log_path, "a", encoding="utf-8") as log:
            log.write(f"{service} {operation} {answer.status}\n")
        self.send_response_only(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in ("connection", "content-length", "transfer-encoding"):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer_body)))
        self.end_headers()
        self.wfile.write(answer_body)

    do_GET = do_POST = do_PUT = do_HEAD = do_DELETE = pass_on

    def log_message(self, *arguments):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True


server = Server(("127.0.0.1", 0), Handler)
print(f"http://127.0.0.1:{server.server_port}", flush=True)
server.serve_forever()

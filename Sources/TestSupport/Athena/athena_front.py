"""Stands before moto's Athena, which keeps no tables: runs every query that is started in DuckDB, hands moto the rows as the
result, and lets moto speak the protocol. Arguments: moto's address, the engine, SQL that makes the tables, and the bytes that
each query is said to have scanned. The first line of output is the address; it ends with its standard input."""

import http.server
import json
import subprocess
import sys
import threading
import urllib.error
import urllib.request

moto, engine, definition, scanned = sys.argv[1:5]
refused = {}


def post(url, body, headers):
    request = urllib.request.Request(url, body, headers, method="POST")
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), error.read()


def execute(sql):
    return subprocess.run(
        [engine, "-init", "/dev/null", "-bail", "-json", "-c", definition + ";\n" + sql + ";"],
        capture_output=True, text=True, env={"HOME": "/nonexistent", "TZ": "UTC"})


def as_result(output):
    rows = json.loads(output or "[]")
    names = list(rows[0]) if rows else ["nothing"]
    cells = [names] + [[row[name] for name in names] for row in rows]
    data = [{"Data": [{} if cell is None else {"VarCharValue": str(cell)} for cell in row]} for row in cells]
    columns = [{"Name": name, "Label": name, "Type": "varchar"} for name in names]
    return {"rows": data, "column_info": columns}


class Front(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        operation = self.headers.get("X-Amz-Target", "").split(".")[-1]
        reason = None
        if operation == "StartQueryExecution":
            outcome = execute(json.loads(body)["QueryString"])
            reason = outcome.stderr.strip() if outcome.returncode else None
            result = {"results": [as_result("" if reason else outcome.stdout)]}
            post(moto + "/moto-api/static/athena/query-results", json.dumps(result).encode(),
                 {"Content-Type": "application/json"})
        kept = {name: value for name, value in self.headers.items() if name not in ("Host", "Content-Length")}
        status, headers, answer = post(moto + "/", body, kept)
        if operation == "StartQueryExecution" and reason:
            refused[json.loads(answer)["QueryExecutionId"]] = reason
        if operation == "GetQueryExecution" and status == 200:
            document = json.loads(answer)
            execution = document["QueryExecution"]
            execution["Statistics"]["DataScannedInBytes"] = int(scanned)
            if execution["QueryExecutionId"] in refused:
                execution["Status"].update(State="FAILED", StateChangeReason=refused[execution["QueryExecutionId"]])
            answer = json.dumps(document).encode()
        self.send_response(status)
        for name in ("Content-Type", "x-amzn-RequestId"):
            if name in headers:
                self.send_header(name, headers[name])
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *arguments):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Front)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(f"http://127.0.0.1:{server.server_port}", flush=True)
sys.stdin.read()

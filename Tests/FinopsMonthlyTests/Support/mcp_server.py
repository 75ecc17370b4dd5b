"""A server of the Model Context Protocol that plays AWS's own for the time of one test, in the manner its argument names.
Two accounts and one service, two months; or something that no client should believe."""
import json
import os
import subprocess
import sys

manner = sys.argv[1]
REVISION = {"older": "2024-11-05", "unspoken": "1999-01-01"}.get(manner, "2025-11-25")


def say(message):
    sys.stdout.write(json.dumps({"jsonrpc": "2.0", **message}) + "\n")
    sys.stdout.flush()


def group(key, amount):
    if manner == "number":
        amount = float(amount)
    return {"Keys": [key], "Metrics": {"UnblendedCost": {"Amount": amount, "Unit": "EUR" if manner == "euro" else "USD"}}}


def answer(arguments):
    by = json.loads(arguments["group_by"])[0]["Key"]
    groups = [group("111111111111", "10.25"), group("222222222222", "0.0000000001")]
    if by == "SERVICE":
        groups = [group("AWS Lambda", "10.2500000001")]
    starts = [arguments["start_date"]]
    if manner != "gap":
        year, month = map(int, starts[0].split("-")[:2])
        starts.append(f"{year + month // 12}-{month % 12 + 1:02}-01")
    periods = [{"TimePeriod": {"Start": start, "End": "2099-01-01"}, "Total": {}, "Groups": groups} for start in starts]
    paging = {"complete_dataset": manner != "more", "pages_fetched": 1, "next_token": None}
    data = {"ResultsByTime": periods, "Pagination": paging}
    if manner == "stored":
        data = {"data_stored": True, "table_name": "cost", "preview": periods}
    return {"status": "success", "data": data}


def call(message):
    if manner == "dies":
        sys.exit(3)
    if manner == "hangs":
        child = subprocess.Popen(["sleep", "600"])
        open(sys.argv[2], "w").write(f"{os.getpid()} {child.pid}")
        child.wait()
    if manner == "flood":
        while True:
            say({"method": "notifications/message", "params": {"data": "x" * 65536}})
    if manner == "garbage":
        print("Traceback (most recent call last):", flush=True)
    if manner == "refuses":
        return say({"id": message["id"], "error": {"code": -32000, "message": "not \u202etoday\n"}})
    if manner == "fails":
        said = {"status": "error", "error_type": "AccessDeniedException", "message": "User is not authorized"}
        return say({"id": message["id"], "result": {"content": [], "structuredContent": said, "isError": True}})
    # A server may ask and tell meanwhile, and answer with text alone.
    say({"method": "notifications/message", "params": {"level": "info", "data": "asking"}})
    say({"id": "a", "method": "ping"})
    say({"id": "b", "method": "sampling/createMessage", "params": {}})
    replies = [json.loads(sys.stdin.readline()) for _ in range(2)]
    assert replies[0] == {"jsonrpc": "2.0", "id": "a", "result": {}} and replies[1]["error"]["code"] == -32601, replies
    found = answer(message["params"]["arguments"])
    content = [{"type": "text", "text": "no JSON" if manner == "words" else json.dumps(found)}]
    result = {"content": content, "isError": False}
    if manner not in ("text", "words"):
        result["structuredContent"] = found
    say({"id": message["id"], "result": result})


for line in sys.stdin:
    message = json.loads(line)
    method = message["method"]
    if method == "initialize":
        if manner == "told":
            json.dump(dict(os.environ), open(sys.argv[2], "w"))
        info = {"name": "played-\u202eserver", "version": "1.0"}
        say({"id": message["id"], "result": {"protocolVersion": REVISION, "capabilities": {"tools": {}}, "serverInfo": info}})
    elif method == "tools/list":
        # On the second page, as a long list may have it.
        if "cursor" not in message["params"]:
            say({"id": message["id"], "result": {"tools": [{"name": "budgets"}], "nextCursor": "2"}})
        else:
            tools = [] if manner == "toolless" else [{"name": "cost-explorer"}]
            say({"id": message["id"], "result": {"tools": tools}})
    elif method == "tools/call":
        call(message)

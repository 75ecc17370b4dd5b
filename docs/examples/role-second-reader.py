#!/usr/bin/env python3
"""A second reader in the seat of the quality engineer: which facts could not be established?"""
import json
import sys

request = json.load(sys.stdin)
if request["protocol"] != "finops.role/1":
    sys.exit(75)

facts = request["facts"]
unknown = sorted(name for name, fact in facts.items() if "value" not in fact)
findings = []
if not facts:
    findings.append({"id": "SR-02", "severity": "note", "facts": [], "text": "There is no book of facts yet."})
elif unknown:
    findings.append({
        "id": "SR-01", "severity": "advice", "facts": unknown[:20],
        "text": "The book holds facts whose value is unknown; read their reasons before publishing.",
    })
if "value" in facts.get("total.net", {}):
    findings.append({
        "id": "SR-03", "severity": "note", "facts": ["total.net"], "text": "The bill read was {{total.net|exact}}.",
    })

print(unknown, file=sys.stderr)
json.dump({
    "protocol": "finops.role/1",
    "verdict": "advise" if unknown else "pass" if facts else "abstain",
    "findings": findings,
    "provenance": {"reader": "second-reader", "version": "1"},
}, sys.stdout)

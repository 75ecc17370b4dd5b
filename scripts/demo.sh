#!/usr/bin/env bash
# Tells the whole story on the sample estate: a run that waits at G7, a person who decides, the sealed archive, its proof.
set -euo pipefail

finops=$(realpath "$1")
demo=$(mktemp -d)
trap 'rm -rf "$demo"' EXIT
# Keys and evidence of the demo stay in its own folder.
export XDG_CONFIG_HOME=$demo/config
cd "$demo"

say() { printf '\n\033[1m$ %s\033[0m\n' "$*"; }
[[ -t 1 && -z ${NO_COLOR:-} ]] || say() { printf '\n$ %s\n' "$*"; }

# The demo approver decides on the terminal when there is one, else by the digest of what was rendered.
export FINOPS_KEY_PASSPHRASE=
approver=demo-approver

say finops-monthly keys create $approver
"$finops" keys create $approver

say finops-monthly run --sandbox
status=0
"$finops" run --sandbox --no-input --approval-threshold 250000.00 --currency NZD || status=$?
[[ $status -eq 75 ]] || { echo "the run should wait for a human (75), but ended with $status" >&2; exit 1; }

run=$("$finops" status --quiet | head -n 1)
request=$(ls tmp/*/finops/aws/"$run"/approval-request.json)
digest=$(grep -o '"deliverables":"[0-9a-f]*"' "$request" | cut -d '"' -f 4 | cut -c 1-8)

say finops-monthly approve "$run" --approver $approver
if [[ -t 0 && -t 1 && -z ${CI:-} ]]; then
    "$finops" approve "$run" --approver $approver
else
    "$finops" approve "$run" --approver $approver --no-input --digest "$digest" \
        --reviewed "the CFO page and the cross-validation" --comment "Total and partner discount tie out"
fi

say finops-monthly resume "$run"
"$finops" resume "$run"

say finops-monthly verify
"$finops" verify | tail -n 12

kept=${FINOPS_DEMO_FOLDER:-}
if [[ -n $kept ]]; then
    mkdir -p "$kept" && cp -r evidence coordination-logs "$kept"/
    echo "Kept in $kept"
fi

#!/usr/bin/env bash
# How long phase 5 takes, by its own clock: facts, every page for seven readers, written, synchronised and read back. For the
# sample organisation and for one of 5,000 accounts. Fails over 0.15 s and 2 s.
#
#   Benchmarks/reporting.sh BINARY
set -euo pipefail
. "$(dirname "$0")/common.sh"

finops=$(realpath "${1:?usage: reporting.sh BINARY}")
runs=3

# reporting ACCOUNTS LIMIT
reporting() {
    local accounts=$1 limit=$2 folder=$work/$1
    start_sandbox "$finops" --accounts "$accounts" --today "$(date -u +%F)"
    for ((run = 1; run <= runs; run++)); do
        mkdir -p "$folder/$run"
        (cd "$folder/$run" && "${environment[@]}" AWS_ENDPOINT_URL="$endpoint" XDG_CONFIG_HOME="$folder/$run/config" \
            XDG_CACHE_HOME="$folder/cache" "$finops" run --all-profile benchmark --no-screenshots --no-input --format json \
            --approval-threshold 1000000000.00 >"$folder/out" 2>"$folder/errors") \
            || fail "the month ended with $?: $(tail -5 "$folder/errors" "$folder/out")"
        jq -r '.phases[] | select(.phase == "5") | .seconds' "$folder/out" >>"$folder/seconds"
        bytes=$(cat "$folder/$run"/evidence/*/finops-reports/*/data/reports/* | wc -c)
    done
    stop_servers
    sort -n "$folder/seconds" | awk -v accounts="$accounts" -v limit="$limit" -v bytes="$bytes" '
        { seconds[NR] = $1 }
        END {
            if (NR == 0) exit 1
            median = seconds[int((NR + 1) / 2)]
            printf "reporting: %5d accounts, %.2f MB of pages: %.2f s, median of %d (%.2f to %.2f); limit %.2f s\n",
                accounts, bytes / 1e6, median, NR, seconds[1], seconds[NR], limit
            exit !(median <= limit)
        }'
}

reporting 67 0.15
reporting 5000 2

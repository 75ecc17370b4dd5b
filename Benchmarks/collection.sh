#!/usr/bin/env bash
# How long phase 3 takes when every answer takes 600 ms and Cost Explorer refuses more than five requests a second, by the
# phase's own clock. Fails over 2.5 s, or when not exactly five requests are billed.
#
#   Benchmarks/collection.sh BINARY
set -euo pipefail
. "$(dirname "$0")/common.sh"

finops=$(realpath "${1:?usage: collection.sh BINARY}")
runs=3
limit=2.5
price=5

# The estate's date is the machine's: a forecast is asked from today on, and answered only if the two agree.
start_sandbox "$finops" --today "$(date -u +%F)" --trouble latency=600 --trouble throttle=5@ce
for ((run = 1; run <= runs; run++)); do
    : >"$work/requests"
    folder=$work/run-$run
    mkdir "$folder"
    (cd "$folder" && "${environment[@]}" AWS_ENDPOINT_URL="$counting" XDG_CONFIG_HOME="$folder/config" \
        XDG_CACHE_HOME="$folder/cache" "$finops" run --all-profile benchmark --no-screenshots --no-input --format json \
        --approval-threshold 1000000.00 >"$folder.out" 2>"$folder.errors") \
        || fail "the month ended with $?: $(tail -5 "$folder.errors" "$folder.out")"
    seconds=$(jq -r '.phases[] | select(.phase == "3") | .seconds' "$folder.out")
    echo "$seconds $(jq '[.phases[].seconds | tonumber] | add' "$folder.out") $(requests) $(billed)" >>"$work/runs"
    [[ $(billed) -eq $price ]] || fail "$(billed) requests were billed instead of $price: $(grep '^ce' "$work/requests")"
done
sort -n "$work/runs" | awk -v limit=$limit '
    { collection[NR] = $1; whole[NR] = $2; requests = $3; billed = $4 }
    END {
        if (NR == 0) exit 1
        median = collection[int((NR + 1) / 2)]
        printf "collection: %.2f s at 600 ms an answer and 5 requests a second, median of %d (%.2f to %.2f); limit %.1f s\n",
            median, NR, collection[1], collection[NR], limit
        printf "            of %.1f s for the whole month; %d requests, %d billed\n", whole[int((NR + 1) / 2)], requests, billed
        exit !(median <= limit)
    }'

#!/usr/bin/env bash
# How long the whole layer L3 takes for ten million line items beside DuckDB's own command line, which is given the very
# queries that the program asked, and how much memory the program itself needs meanwhile. Fails when the median ratio of wall
# time is over 1.2, or the program needs 300 MB or more.
#
#   Benchmarks/line_items.sh BINARY [ROUNDS] [MILLIONS]
set -euo pipefail
. "$(dirname "$0")/common.sh"

finops=$(realpath "${1:?usage: line_items.sh BINARY [ROUNDS] [MILLIONS]}")
rounds=${2:-5}
millions=${3:-10}
ratio_limit=1.2
memory_limit_kilobytes=300000
engine=${FINOPS_DUCKDB:-$(command -v duckdb || true)}
[[ -x $engine ]] || fail "DuckDB is not installed" "make duckdb, or name it in FINOPS_DUCKDB"

# A delivery as AWS lays it out, a million lines a file. Kept between runs: it takes longer to make than to read.
export=$benchmarks/../.build/benchmark/line-items-$millions
if [[ ! -e $export/metadata/BILLING_PERIOD=2026-02/bench-Manifest.json ]]; then
    echo "Making $millions million line items" >&2
    mkdir -p "$export/data/BILLING_PERIOD=2026-02" "$export/metadata/BILLING_PERIOD=2026-02"
    files=()
    for ((part = 0; part < millions; part++)); do
        file=data/BILLING_PERIOD=2026-02/bench-$(printf '%05d' "$part").snappy.parquet
        files+=("\"$file\"")
        sed "s|:first|${part}000000|; s|:last|$((part + 1))000000|; s|:file|$export/$file|" "$benchmarks/line_items.sql" |
            "$engine" -init /dev/null -bail
    done
    (IFS=,; echo "{\"dataFiles\": [${files[*]}]}") >"$export/metadata/BILLING_PERIOD=2026-02/bench-Manifest.json"
fi

# A month that is sealed already: the program reads the line items, which comes first, and then refuses to seal it again. So
# what is timed is the start, the layer, and next to nothing else.
cd "$work"
month=(env -i PATH=/usr/bin:/bin HOME="$work" LC_ALL=C.UTF-8 LD_LIBRARY_PATH="${LD_LIBRARY_PATH:-}" FINOPS_KEY_PASSPHRASE=)
command=("$finops" run --sandbox --month 2026-02 --no-screenshots --no-input --approval-threshold 1000000.00)
"${month[@]}" "${command[@]}" >"$work/sealing" 2>&1 || fail "the month was not sealed: $(tail -3 "$work/sealing")"

# layer ENGINE: reads the line items; leaves `wall` seconds in $work/wall and the high-water mark of its own memory in
# $work/kilobytes.
layer() {
    local start status=0 pid
    start=$(date +%s%N)
    "${month[@]}" FINOPS_DUCKDB="$1" "${command[@]}" --source "L3=$export" >"$work/out" 2>"$work/errors" &
    pid=$!
    while kill -0 $pid 2>/dev/null; do
        awk '/^VmHWM/ { print $2 }' "/proc/$pid/status" 2>/dev/null >>"$work/marks" || true
        sleep 0.05
    done
    wait $pid || status=$?
    echo $((($(date +%s%N) - start) / 1000000)) >"$work/wall"
    [[ $status -eq 64 ]] && grep -q 'sealed' "$work/errors" || fail "the layer ended with $status: $(cat "$work/errors")"
}

# The first time through a program that writes down what it is asked; it also warms the page cache and is not timed.
cat >"$work/recorder" <<RECORDER
#!/bin/sh
for query; do :; done
cp "\$query" "$work/\$(date +%s%N).sql"
exec "$engine" "\$@"
RECORDER
chmod +x "$work/recorder"
layer "$work/recorder"
grep -l 'SUM(' "$work"/*.sql >"$work/questions"
[[ $(wc -l <"$work/questions") -ge 2 ]] || fail "the layer asked fewer than two questions"
: >"$work/marks"

for ((round = 1; round <= rounds; round++)); do
    layer "$engine"
    start=$(date +%s%N)
    while read -r query; do
        "${month[@]}" TZ=UTC "$engine" -init /dev/null -bail -json -f "$query" >"$work/answer" </dev/null
    done <"$work/questions"
    echo "$(cat "$work/wall") $((($(date +%s%N) - start) / 1000000))" >>"$work/times"
done

awk '{ printf "            round %d: %.2f s, DuckDB %.2f s\n", NR, $1 / 1000, $2 / 1000 }' "$work/times"
kilobytes=$(sort -n "$work/marks" | tail -1)
sort -n <(awk '{ print $1 / $2 }' "$work/times") >"$work/ratios"
awk -v limit=$ratio_limit -v kilobytes="$kilobytes" -v memory=$memory_limit_kilobytes -v millions="$millions" '
    { v[NR] = $1 }
    END {
        if (NR == 0) exit 1
        m = NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2
        printf "line items: %.2f times DuckDB for the same queries over %d million lines, median of %d (%.2f to %.2f); limit %.1f\n",
            m, millions, NR, v[1], v[NR], limit
        printf "            %d MB in the program itself; limit %d\n", kilobytes / 1000, memory / 1000
        exit !(m <= limit && kilobytes < memory)
    }' "$work/ratios"

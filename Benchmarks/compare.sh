#!/usr/bin/env bash
# Compares a whole month of `finops-monthly run` with what people have today on one endpoint: a loop over the accounts with
# boto3, and PyPI `runbooks`. Prints ratios, never seconds: seconds belong to a machine, ratios to the programs. README.md
# says what each side does and what the ratios do not say.
#
#   Benchmarks/compare.sh BINARY [ROUNDS]
set -euo pipefail
. "$(dirname "$0")/common.sh"

finops=$(realpath "${1:?usage: compare.sh BINARY [ROUNDS]}")
rounds=${2:-7}
month=2026-02
days=(2026-01-01 2026-02-01 2026-03-01)
peer_version=1.3.11
target=5
sides=(ours runbooks loop)
latencies=(0 100)
peer=$benchmarks/../.build/benchmark/venv

[[ $rounds -ge 5 ]] || fail "five rounds are the least a median is taken of"
command -v jq >/dev/null || fail "jq is not installed" "apt-get install jq"
if ! "$peer/bin/python" -c 'from importlib.metadata import version; assert version("runbooks") == "'$peer_version'"' \
    2>/dev/null; then
    echo "Installing runbooks $peer_version" >&2
    rm -rf "$peer"
    python3 -m venv "$peer"
    "$peer/bin/python" -m pip install --quiet --disable-pip-version-check "runbooks==$peer_version"
fi

# Runs one side in a folder of its own; leaves `wall user system` in $folder.time, the total it reported in $folder.total.
run() {
    local side=$1 url=$2 folder=$3 status=0 command
    mkdir -p "$folder"
    case $side in
    runbooks) command=("$peer/bin/runbooks" finops dashboard --all-profile benchmark --mode cfo --month $month) ;;
    # boto3 is the one `runbooks` brings along.
    loop) command=("$peer/bin/python" "$benchmarks/per_account_loop.py" "${days[@]}") ;;
    ours)
        # The threshold lets the month be sealed without a person, so that the work timed is all of it.
        command=(
            "$finops" run --all-profile benchmark --month $month --no-screenshots --no-input --format json
            --approval-threshold 1000000.00
        )
        ;;
    esac
    TIMEFORMAT='%R %U %S'
    pushd "$folder" >/dev/null
    { time "${environment[@]}" AWS_ENDPOINT_URL="$url" XDG_CONFIG_HOME="$folder/config" \
        XDG_CACHE_HOME="$folder/cache" "${command[@]}" >"$folder.out" 2>"$folder.errors" </dev/null \
        || status=$?; } 2>"$folder.time"
    popd >/dev/null
    [[ $status -eq 0 ]] || fail "$side ended with $status: $(tail -5 "$folder.errors" "$folder.out")"
    case $side in
    runbooks) jq '.total_cost' "$folder"/artifacts/evidence/cross-validation-org-dashboard-*.json | xargs printf '%.2f\n' ;;
    loop) cat "$folder.out" ;;
    ours) jq -r '.totals.net' "$folder.out" ;;
    esac >"$folder.total"
}

# The two that report the organisation must have read the same month, or their times say nothing. The loop reports the
# accounts it was given: what an account that left was charged is missing, the same amount in every round.
check_totals() {
    local ours theirs listed
    ours=$(cat "$1-ours.total") theirs=$(cat "$1-runbooks.total") listed=$(cat "$1-loop.total")
    [[ $theirs == "$ours" ]] || fail "the totals differ: runbooks reported $theirs, finops-monthly $ours"
    missing_cents=$((${ours/./} - ${listed/./}))
    [[ ${expected_cents:=$missing_cents} -eq $missing_cents ]] \
        || fail "the loop missed $missing_cents cents, and $expected_cents before"
}

# Least, median and greatest of the ratios on standard input.
spread() {
    sort -n | awk '{ v[NR] = $1 } END {
        if (NR == 0) exit 1
        m = NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2
        printf "%.1f (%.1f to %.1f)", m, v[1], v[NR] }'
}

# ratios LATENCY SIDE EXPRESSION: of each round's times, theirs in columns 1 to 3, ours in 4 to 6.
ratios() {
    for ((round = 1; round <= rounds; round++)); do
        paste -d ' ' "$work/$1-$round-$2.time" "$work/$1-$round-ours.time"
    done | awk "{ print $3 }" | spread
}

for latency in "${latencies[@]}"; do
    start_sandbox "$finops" --trouble "latency=$latency"
    if [[ -z ${counted:-} ]]; then
        # The counting runs also warm the page cache and the bytecode; they are not timed.
        for side in "${sides[@]}"; do
            : >"$work/requests"
            run "$side" "$counting" "$work/counted-$side"
            declare "${side}_requests=$(requests)" "${side}_billed=$(billed)"
        done
        check_totals "$work/counted"
        counted=yes
    fi
    for ((round = 1; round <= rounds; round++)); do
        for side in "${sides[@]}"; do run "$side" "$endpoint" "$work/$latency-$round-$side"; done
        check_totals "$work/$latency-$round"
    done
    stop_servers
done

# Cost Explorer's price is a cent a request.
dollars() { printf '%d.%02d' $(($1 / 100)) $(($1 % 100)); }
cat <<RESULT
$("$finops" --version | head -n 1), runbooks $peer_version, $month, $rounds rounds in turn, same endpoint; median (least to greatest)

| theirs / ours | a boto3 loop over the accounts | runbooks $peer_version |
|---|--:|--:|
RESULT
for latency in "${latencies[@]}"; do
    for measure in 'wall time|$1 / $4' 'CPU time|($2 + $3) / ($5 + $6)'; do
        echo "| ${measure%%|*}, $latency ms an answer |" \
            "$(ratios "$latency" loop "${measure#*|}") | $(ratios "$latency" runbooks "${measure#*|}") |"
    done
done
cat <<RESULT

| | ours | loop | runbooks |
|---|--:|--:|--:|
| requests | $ours_requests | $loop_requests | $runbooks_requests |
| of these billed by Cost Explorer | $ours_billed | $loop_billed | $runbooks_billed |
| USD | $(dollars "$ours_billed") | $(dollars "$loop_billed") | $(dollars "$runbooks_billed") |
| total reported, USD | $(cat "$work/counted-ours.total") | $(cat "$work/counted-loop.total") | $(cat "$work/counted-runbooks.total") |
RESULT

wall=$(ratios 0 runbooks '$1 / $4')
awk -v median="${wall%% *}" -v target=$target 'BEGIN { exit !(median >= target) }' \
    || fail "the median wall ratio against runbooks, ${wall%% *}, is under the target of $target"

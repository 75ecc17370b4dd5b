#!/usr/bin/env bash
# Compares a whole month of `finops-monthly run` with PyPI `runbooks` on one endpoint. Prints ratios, never seconds: seconds
# belong to a machine, ratios to the two programs. README.md says what each side does and what the ratios do not say.
#
#   Benchmarks/compare.sh BINARY [PAIRS]
set -euo pipefail
export LC_ALL=C

finops=$(realpath "${1:?usage: compare.sh BINARY [PAIRS]}")
pairs=${2:-7}
month=2026-02
peer_version=1.3.11
target=5

root=$(cd "$(dirname "$0")/.." && pwd)
peer=$root/.build/benchmark/venv
work=$(mktemp -d)
sandbox_pid= counter_pid=
stop() {
    [[ -z $counter_pid ]] || kill "$counter_pid" 2>/dev/null || true
    [[ -z $sandbox_pid ]] || kill "$sandbox_pid" 2>/dev/null || true
    rm -rf "$work"
}
trap stop EXIT

fail() {
    printf 'error: %s\n' "$1" >&2
    [[ -z ${2:-} ]] || printf '\nhint: %s\n' "$2" >&2
    exit 1
}

# Waits until a server has said where it listens: its first line is the announcement.
await_line() {
    local file=$1 pid=$2
    until [[ -s $file ]]; do
        kill -0 "$pid" 2>/dev/null || fail "a server ended before it listened: $(cat "$file.errors")"
        sleep 0.05
    done
}

[[ $pairs -ge 5 ]] || fail "five pairs are the least a median is taken of"
command -v jq >/dev/null || fail "jq is not installed" "apt-get install jq"
if ! "$peer/bin/python" -c 'from importlib.metadata import version; assert version("runbooks") == "'$peer_version'"' \
    2>/dev/null; then
    echo "Installing runbooks $peer_version" >&2
    rm -rf "$peer"
    python3 -m venv "$peer"
    "$peer/bin/python" -m pip install --quiet --disable-pip-version-check "runbooks==$peer_version"
fi

# One sandbox for both sides, and a counter that stands before it in the counting runs only.
"$finops" sandbox --port 0 --color never >"$work/sandbox" 2>"$work/sandbox.errors" &
sandbox_pid=$!
await_line "$work/sandbox" "$sandbox_pid"
setting() { sed -n "s/^export $1=//p" "$work/sandbox"; }
endpoint=$(setting AWS_ENDPOINT_URL)
python3 "$root/Benchmarks/count_requests.py" "$endpoint" "$work/requests" >"$work/counter" 2>"$work/counter.errors" &
counter_pid=$!
await_line "$work/counter" "$counter_pid"
counting=$(cat "$work/counter")

# Both sides read the same AWS profile from the same file, and nothing else of the caller's environment.
cat >"$work/aws" <<PROFILE
[profile benchmark]
region = us-east-1
aws_access_key_id = $(setting AWS_ACCESS_KEY_ID)
aws_secret_access_key = $(setting AWS_SECRET_ACCESS_KEY)
PROFILE
environment=(
    env -i PATH="$PATH" HOME="$work" LC_ALL=C.UTF-8 LD_LIBRARY_PATH="${LD_LIBRARY_PATH:-}" NO_PROXY=127.0.0.1
    AWS_CONFIG_FILE="$work/aws" AWS_SHARED_CREDENTIALS_FILE=/dev/null FINOPS_KEY_PASSPHRASE=
)

# Runs one side in a folder of its own; leaves `wall user system` in $folder.time, the total it reported in $folder.total.
run() {
    local side=$1 url=$2 folder=$3 status=0 command
    mkdir -p "$folder"
    case $side in
    peer) command=("$peer/bin/runbooks" finops dashboard --all-profile benchmark --mode cfo --month $month) ;;
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
    { time "${environment[@]}" AWS_ENDPOINT_URL="$url" XDG_CONFIG_HOME="$folder/config" "${command[@]}" \
        >"$folder.out" 2>"$folder.errors" </dev/null || status=$?; } 2>"$folder.time"
    popd >/dev/null
    [[ $status -eq 0 ]] || fail "$side ended with $status: $(tail -5 "$folder.errors" "$folder.out")"
    case $side in
    peer) jq -r '.total_cost * 100 | round / 100' "$folder"/artifacts/evidence/cross-validation-org-dashboard-*.json ;;
    ours) jq -r '.totals.net' "$folder.out" ;;
    esac >"$folder.total"
}

# The two must have read the same month, or their times say nothing.
same_total() {
    local theirs ours
    theirs=$(printf '%.2f' "$(cat "$1.total")") ours=$(cat "$2.total")
    [[ $theirs == "$ours" ]] || fail "the totals differ: runbooks reported $theirs, finops-monthly $ours"
}

# The counting runs also warm the page cache and the peer's bytecode; they are not timed.
requests() { wc -l <"$work/requests"; }
billed() { grep -c '^ce .* 200$' "$work/requests" || true; }
for side in peer ours; do
    : >"$work/requests"
    run $side "$counting" "$work/$side-counted"
    declare "${side}_requests=$(requests)" "${side}_billed=$(billed)"
done
same_total "$work/peer-counted" "$work/ours-counted"

for ((pair = 1; pair <= pairs; pair++)); do
    run peer "$endpoint" "$work/peer-$pair"
    run ours "$endpoint" "$work/ours-$pair"
    same_total "$work/peer-$pair" "$work/ours-$pair"
    paste -d ' ' "$work/peer-$pair.time" "$work/ours-$pair.time" >>"$work/pairs"
done

# Least, median and greatest ratio of the pairs, for wall time (columns 1 and 4) or CPU (2+3 and 5+6).
ratios() { awk "{ print $1 }" "$work/pairs" | sort -n; }
spread() {
    awk '{ v[NR] = $1 } END {
        m = NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2
        printf "%.1f (%.1f to %.1f)\n", m, v[1], v[NR] }'
}
wall=$(ratios '$1 / $4' | spread)
cpu=$(ratios '($2 + $3) / ($5 + $6)' | spread)

cat <<RESULT
runbooks $peer_version against $("$finops" --version | head -n 1), $month, $pairs pairs in turn, same endpoint, same total
  organisation total        $(cat "$work/ours-1.total") reported by both, in every run
  wall time, runbooks/ours  $wall   median (least to greatest pair)
  CPU time, runbooks/ours   $cpu   median (least to greatest pair)
  requests                  runbooks $peer_requests, ours $ours_requests
  of these billed           runbooks $peer_billed, ours $ours_billed
  runbooks did              one persona on the terminal, one evidence file
  ours did                  9 gates, $(jq '.deliverables | length' "$work/ours-1.out") deliverables, a sealed archive; no screenshots
RESULT

awk -v median="${wall%% *}" -v target=$target 'BEGIN { exit !(median >= target) }' \
    || fail "the median wall ratio ${wall%% *} is under the target of $target"

#!/usr/bin/env bash
# How long `focus validate` takes for 100,000 rows beside PyPI's focus-validator, on the same Parquet file under the same rules.
# Fails when it is not at least 10 times faster (median of processor time), or the two differ about a single rule.
#
#   Benchmarks/conformance.sh BINARY [ROUNDS] [ROWS]
#
# focus-validator wants Python 3.12 or later: `python3.12`, or what FOCUS_PYTHON names.
set -euo pipefail
. "$(dirname "$0")/common.sh"

finops=$(realpath "${1:?usage: conformance.sh BINARY [ROUNDS] [ROWS]}")
rounds=${2:-3}
rows=${3:-100000}
target=10
engine=${FINOPS_DUCKDB:-$(command -v duckdb || true)}
[[ -x $engine ]] || fail "DuckDB is not installed" "make duckdb, or name it in FINOPS_DUCKDB"
command -v jq >/dev/null || fail "jq is not installed" "apt-get install jq"
peer=$benchmarks/../.build/benchmark/focus
if [[ ! -x $peer/bin/focus-validator ]]; then
    echo "Installing focus-validator" >&2
    "${FOCUS_PYTHON:-python3.12}" -m venv "$peer" || fail "no Python 3.12" "name one in FOCUS_PYTHON"
    "$peer/bin/python" -m pip install --quiet --disable-pip-version-check focus-validator==2.2.1 'pyarrow<22'
    "$peer/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps focus-data-toolkit==0.14.1
fi
model=$(echo "$peer"/lib/python3*/site-packages/focus_validator/rules/model-1.2.0.1.json)

"$peer/bin/focus-toolkit" generate --provider aws --focus-version 1.2 --rows "$rows" --seed 1202 --out "$work" >/dev/null
file=$work/focus.parquet
"$engine" -init /dev/null -bail -c "COPY (SELECT * FROM read_csv('$work/focus_1_2_cost_and_usage_aws.csv', header = true,
    all_varchar = true)) TO '$file' (FORMAT parquet)"

# timed NAME COMMAND...: appends `wall processor` seconds, children included, to $work/NAME.times; keeps what it said.
timed() {
    local name=$1
    shift
    TIMEFORMAT='%R %U %S'
    { time "$@" >"$work/$name.json" 2>"$work/$name.errors" </dev/null || true; } 2>"$work/time"
    awk '{ print $1, $2 + $3 }' "$work/time" >>"$work/$name.times"
}

# The oracle of the tests: it says a verdict for each rule, as ours does.
oracle=$benchmarks/../Tests/CostExportsTests/focus_oracle.py
for ((round = 0; round < rounds; round++)); do
    timed ours env FINOPS_DUCKDB="$engine" "$finops" focus validate "$file" --rules "$model" --supports ALL --format json
    timed theirs "$peer/bin/python" "$oracle" "$file" ALL
done
jq -S '[.rules[] | {key: .id, value: .verdict}] | from_entries' "$work/ours.json" >"$work/ours.verdicts" \
    || fail "focus validate said no verdicts: $(cat "$work/ours.errors")"
jq -S . "$work/theirs.json" >"$work/theirs.verdicts" || fail "focus-validator ended: $(tail -3 "$work/theirs.errors")"
cmp -s "$work/ours.verdicts" "$work/theirs.verdicts" \
    || fail "the verdicts differ: $(diff "$work/ours.verdicts" "$work/theirs.verdicts" | head -5)"

paste -d ' ' "$work/theirs.times" "$work/ours.times" >"$work/times"
median() { awk "{ print $1 }" "$work/times" | sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
processor=$(median '$2 / $4')
printf 'focus validate: %.1f times less processor time than focus-validator, %.1f times less wall time, %d rows, median of %d; target %d\n' \
    "$processor" "$(median '$1 / $3')" "$rows" "$rounds" "$target"
printf '                %.1f s of processor time, focus-validator %.1f s; %d verdicts, all equal\n' \
    "$(median '$4')" "$(median '$2')" "$(jq length "$work/ours.verdicts")"
awk -v median="$processor" -v target=$target 'BEGIN { exit !(median >= target) }' \
    || fail "the median ratio of processor time, $processor, is under the target of $target"

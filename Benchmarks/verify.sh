#!/usr/bin/env bash
# What verifying a year costs: seals twelve months of the sample estate, then measures the CPU (user + system) of one
# `verify`, every gate judged again, and of the `verify.sh` that lies beside the months. Fails at 2 s for the program.
#
#   Benchmarks/verify.sh BINARY
set -euo pipefail
export LC_ALL=C

finops=$(realpath "${1:?usage: verify.sh BINARY}")
limit=2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export XDG_CONFIG_HOME=$work/config XDG_CACHE_HOME=$work/cache FINOPS_KEY_PASSPHRASE=
cd "$work"

for month in 2025-{03..12} 2026-{01,02}; do
    "$finops" run --sandbox --month "$month" --no-input --no-screenshots --approval-threshold 100000000 >run.log 2>&1 ||
        { cat run.log >&2; exit 1; }
done
archive=$(echo evidence/*/finops-reports)

cpu() { # seconds of a command that must succeed
    TIMEFORMAT='%U %S'
    { time "$@" >out.log 2>&1; } 2>&1 | awk '{ printf "%.2f", $1 + $2 }'
    grep -q '^All checks hold: 12 months' out.log || { tail -5 out.log >&2; exit 1; }
}
program=$(cpu "$finops" verify "$archive" --trust "$archive/trust")
script=$(cpu "$archive/verify.sh" "$archive")
echo "verify: $program s of CPU for 12 months ($(du -sk "$archive" | cut -f 1) KiB); the limit is $limit s"
echo "verify.sh: $script s of CPU for the same"
awk -v program="$program" -v limit=$limit 'BEGIN { exit !(program < limit) }'

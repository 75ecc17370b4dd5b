#!/usr/bin/env bash
# What starting the program costs: CPU (user + system) of `--version`, the median of 20. Fails at 30 ms or more.
#
#   Benchmarks/startup.sh BINARY
set -euo pipefail
export LC_ALL=C

finops=$(realpath "${1:?usage: startup.sh BINARY}")
limit=30
runs=20

# The first runs read the binary and its libraries from disk and are not counted.
for _ in 1 2 3; do "$finops" --version >/dev/null; done
TIMEFORMAT='%U %S'
for ((run = 0; run < runs; run++)); do
    { time "$finops" --version >/dev/null; } 2>&1
done | awk '{ print ($1 + $2) * 1000 }' | sort -n | awk -v limit=$limit '
    { v[NR] = $1 }
    END {
        if (NR == 0) exit 1
        median = NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2
        printf "start-up: %.1f ms of CPU, median of %d (%.0f to %.0f); the limit is %d ms\n", median, NR, v[1], v[NR], limit
        exit !(median < limit)
    }'

#!/usr/bin/env bash
# Installs the named Debian packages if they are missing, or says exactly what to run when it may not.
set -euo pipefail

if ! command -v swift >/dev/null; then
    echo "error: the Swift toolchain (6.2 or newer) is not on the PATH" >&2
    echo >&2
    echo "hint: install it from https://www.swift.org/install/linux/ and open a new shell" >&2
    exit 1
fi

missing=()
for package in "$@"; do
    [[ $(dpkg-query --show --showformat='${db:Status-Abbrev}' "$package" 2>/dev/null) == ii* ]] || missing+=("$package")
done
[[ ${#missing[@]} -gt 0 ]] || exit 0

install=(apt-get install --yes --no-install-recommends "${missing[@]}")
if [[ $(id -u) -eq 0 ]]; then
    runner=()
elif sudo --non-interactive true 2>/dev/null; then
    runner=(sudo)
else
    echo "error: these system packages are missing and this user may not install them: ${missing[*]}" >&2
    echo >&2
    echo "hint: sudo apt-get update && sudo ${install[*]}" >&2
    exit 1
fi

echo "Installing ${missing[*]}"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { "${runner[@]}" apt-get update && DEBIAN_FRONTEND=noninteractive "${runner[@]}" "${install[@]}"; } >"$log" 2>&1; then
    tail -20 "$log" >&2
    echo "error: installing ${missing[*]} failed" >&2
    echo >&2
    echo "hint: run \`${install[*]}\` by hand and read its messages" >&2
    exit 1
fi

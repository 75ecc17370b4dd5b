# What the benchmarks share: a sandbox, a counter before it, and one profile for every side. Sourced, not run.
export LC_ALL=C

benchmarks=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
servers=()
stop_servers() {
    # Bash 5.2 ends a script under `set -u` at an empty array only where it is not given a default.
    for server in "${servers[@]:-}"; do [[ -z $server ]] || kill "$server" 2>/dev/null || true; done
    servers=()
}
trap 'stop_servers; rm -rf "$work"' EXIT

fail() {
    printf 'error: %s\n' "$1" >&2
    [[ -z ${2:-} ]] || printf '\nhint: %s\n' "$2" >&2
    exit 1
}

# Starts a server and waits until it has said where it listens: its first line is the announcement.
serve() {
    local file=$1
    shift
    : >"$file"
    "$@" >"$file" 2>"$file.errors" &
    servers+=($!)
    until [[ -s $file ]]; do
        kill -0 "${servers[-1]}" 2>/dev/null || fail "a server ended before it listened: $(cat "$file.errors")"
        sleep 0.05
    done
}

# start_sandbox BINARY FLAG...: sets `endpoint`, `counting` (the same through the counter) and `environment`, which names one
# AWS profile, `benchmark`, and keeps everything else of the caller's environment out.
start_sandbox() {
    serve "$work/sandbox" "$1" sandbox --port 0 --color never "${@:2}"
    endpoint=$(setting AWS_ENDPOINT_URL)
    : >"$work/requests"
    serve "$work/counter" python3 "$benchmarks/count_requests.py" "$endpoint" "$work/requests"
    counting=$(cat "$work/counter")
    cat >"$work/aws" <<PROFILE
[profile benchmark]
region = us-east-1
aws_access_key_id = $(setting AWS_ACCESS_KEY_ID)
aws_secret_access_key = $(setting AWS_SECRET_ACCESS_KEY)
PROFILE
    environment=(
        env -i PATH="$PATH" HOME="$work" LC_ALL=C.UTF-8 LD_LIBRARY_PATH="${LD_LIBRARY_PATH:-}" NO_PROXY=127.0.0.1
        AWS_CONFIG_FILE="$work/aws" AWS_SHARED_CREDENTIALS_FILE=/dev/null AWS_PROFILE=benchmark FINOPS_KEY_PASSPHRASE=
    )
}

setting() { sed -n "s/^export $1=//p" "$work/sandbox"; }

# What the counter has seen since it was last emptied; Cost Explorer bills what it answers with 200.
requests() { wc -l <"$work/requests"; }
billed() { grep -c '^ce .* 200$' "$work/requests" || true; }

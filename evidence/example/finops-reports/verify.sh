#!/usr/bin/env bash
# Verifies an archive of finops-monthly with nothing of finops-monthly: bash, coreutils, findutils, openssl and jq.
#
#   verify.sh [ARCHIVE] [HEAD]     ARCHIVE: the folder with the months (default: where this script lies)
#                                  HEAD: a seal you know from elsewhere, such as an old e-mail
#   TRUST=DIR verify.sh ...        your own copy of the public keys (default: the archive's, which a forger can replace)
#
# One line a check: `ok`, `FAILED` (a signature, chain or form does not hold), `missing` (something promised is not there),
# `differs` (something is not what was sealed). Ends with 0, with 30 when anything FAILED or differs, else with 31 when
# anything is missing. `finops-monthly verify` makes the same checks. The gates are NOT judged again here: that a month was
# rightly let through is what the seal says, and only `finops-monthly verify` works it out anew from what lies in the bag.
#
# The shell asks (which files, which digests, who signed, when stamped) and writes the answers down. Then jq judges.
set -uo pipefail
export LC_ALL=C TZ=UTC
trust=$(realpath -m "${TRUST:-${1:-$(dirname "$0")}/trust}") expected=${2:-}
cd "${1:-$(dirname "$0")}" || exit 64
W=$(mktemp -d) && trap 'rm -rf "$W"' EXIT
mkdir "$W/parts" && : > "$W/signers" && : > "$W/stamps"

# --- Which files lie here, and the digest of each ------------------------------------------------------------------------
find . -mindepth 1 -printf '%y\t%s\t%P\n' > "$W/nodes"
find . -type f -printf '%P\0' | xargs -0r sha256sum -- | sort -k 2 > "$W/digests"
texts=() month='[0-9]{4}-(0[1-9]|1[0-2])(\.r[1-9][0-9]*)?'
while read -r path; do texts+=(--rawfile "$path" "$path"); done < <(cut -c 67- "$W/digests" | grep -xE \
    "HEAD|$month/(bagit.txt|bag-info.txt|(tag)?manifest-sha256.txt|data/journal.jsonl|data/approvals/.*|seal/run.sigstore.json)")

# --- Who is trusted: runner.pub, approvers/NAME.pub; NAME@3-14.pub counts from place 3 to 14 of the chain ------------------
shopt -s nullglob
keys=() trusted=ok form='^[a-z0-9][a-z0-9._-]*(@([1-9][0-9]*-([1-9][0-9]*)?|-[1-9][0-9]*))?$'
declare -A owners
for key in "$trust"/*.pub "$trust"/approvers/*.pub; do
    owner=${key##*/} owner=${owner%.pub} curve=$(openssl pkey -pubin -in "$key" -text 2> "$W/trouble")
    [[ $curve == *"ASN1 OID: prime256v1"* && $owner =~ $form && ${owners[$curve]:=${owner%@*}} == "${owner%@*}" ]] ||
        trusted="FAILED ${key#"$trust/"}"
    keys+=("${key#"$trust/"}")
done
[[ $trusted == ok && " ${keys[*]:-}" != *" runner"[.@]* ]] && trusted="missing no runner.pub in $trust"
[[ $trusted == FAILED* ]] && keys=()
roots=$([[ -f $trust/tsa-ca.pem && $trusted != FAILED* ]] && echo yes)

# --- What jq is told: helpers, and how a signed bundle (DSSE in a Sigstore bundle v0.3) is opened --------------------------
# shellcheck disable=SC2016 # the dollars are those of jq
helpers='
def rows: split("\n")[:-1] | map(split("\t"));
def attempt(f): [try f catch null][0];        # null for what is not of the form it ought to have
def bundle: . as $text | attempt(fromjson | .dsseEnvelope.payload as $payload | .dsseEnvelope.signatures[0].sig as $signature
    | .verificationMaterial | .publicKey.hint as $hint | [.timestampVerificationData.rfc3161Timestamps[].signedTimestamp]
    | . as $stamps | select(all($payload, $signature, $stamps[];          # Base64 in its one spelling
        test("\\A([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=|[A-Za-z0-9+/][AQgw]==)?\\z")))
    | {dsseEnvelope: {payload: $payload, payloadType: "application/vnd.in-toto+json",
           signatures: [{keyid: $hint, sig: $signature}]},
       mediaType: "application/vnd.dev.sigstore.bundle.v0.3+json",
       verificationMaterial: {publicKey: {hint: $hint}, timestampVerificationData: {rfc3161Timestamps:
           ($stamps | map({signedTimestamp: .}))}, tlogEntries: []}}
    | select("\(tojson)\n" == $text) | {payload: $payload, signature: $signature, stamps: $stamps});
def statement($kind): attempt(.payload | @base64d | fromjson | select(._type == "https://in-toto.io/Statement/v1"
    and .predicateType == "https://finops-monthly.dev/\($kind)/v1"));'

# --- Digests of what lies inside files: each line of a journal, the list of the reports, what was signed ------------------
for folder in $(find . -mindepth 1 -maxdepth 1 -type d -printf '%P\n' | grep -xE "$month"); do
    mkdir "$W/parts/$folder"
    [[ ! -f $folder/data/journal.jsonl ]] || split -l 1 -a 6 "$folder/data/journal.jsonl" "$W/parts/$folder/line."
    sed -n "s|  $folder/data/reports/|  data/reports/|p" "$W/digests" > "$W/parts/$folder/reports"
done

# --- Who signed, and when stamped: each bundle against each key; a stamp (RFC 3161) is judged at its own time --------------
while IFS='|' read -r path bytes payload signature stamps; do
    folder=${path%%/*} inside=${path#*/} && part=$W/parts/$folder/${inside//\//.}
    base64 -d <<< "$payload" > "$part" && base64 -d <<< "$signature" > "$W/signature"
    printf 'DSSEv1 28 application/vnd.in-toto+json %d %s' "$bytes" "$(< "$part")" > "$W/signed"
    for key in "${keys[@]}"; do
        [[ $inside == seal/* && $key == approvers/* ]] && continue # a seal is the runner's to sign
        openssl dgst -sha256 -verify "$trust/$key" -signature "$W/signature" "$W/signed" > "$W/trouble" 2>&1 &&
            printf '%s\t%s\n' "$path" "$key" >> "$W/signers"
    done
    for stamp in $stamps; do
        base64 -d <<< "$stamp" > "$W/stamp" && text=$(openssl ts -reply -in "$W/stamp" -text 2> "$W/trouble") &&
            [[ $text == *"Status: Granted."* && $text == *"Hash Algorithm: sha256"* ]] &&
            time=${text#*Time stamp: } && time=$(date -d "${time%%$'\n'*}" +%s) &&
            [[ $(openssl asn1parse -inform DER -in "$W/stamp" 2>&1) != *rror* ]] && # nothing lies behind it
            openssl ts -verify -data "$W/signature" -in "$W/stamp" -CAfile "$trust/tsa-ca.pem" -attime "$time" \
                > "$W/trouble" 2>&1 || time=0
        printf '%s\t%s\n' "$path" "$time" >> "$W/stamps"
    done
done < <(jq -nr "${texts[@]}" "$helpers"'
    $ARGS.named | to_entries[] | select(.key | endswith(".sigstore.json")) | .key as $path | .value | bundle
    | select(.) | [$path, (.payload | length / 4 * 3 - (match("=*$").length)), .payload, .signature, (.stamps | join(" "))]
    | map(tostring) | join("|")')
(cd "$W/parts" && find . -type f -printf '%P\n' | sort | xargs -r sha256sum) > "$W/parts.digests"

# --- The judgement: each check is a name and, in order, what could be wrong: [whether it is, word, detail] ------------------
# shellcheck disable=SC2016
judge='
def check($name; rows): first((rows | select(.[0]) | [.[1], $name, .[2]]), ["ok", $name]);
def each($name; rows): [rows | select(.[0]) | [.[1], $name, .[2]]] | if . == [] then ["ok", $name] else .[] end;
def same($name; $sealed; $found): check($name;
    [$sealed != $found, "differs", "sealed as \($sealed // "nothing"), found \($found // "nothing")"]);
def kept($name; $sealed; $found):              # what was sealed and is not there is missing
    if $sealed != null and $found == null then ["missing", $name, "sealed as \($sealed)"] else same($name; $sealed; $found) end;
def named: if . then "\(.name) \(.digest.sha256)" else null end;
def owner: rtrimstr(".pub") | split("@")[0];
def counts($place): (capture("@(?<first>[0-9]*)-(?<last>[0-9]*)\\.pub$") // {first: "", last: ""})
    | (.first == "" or $place >= (.first | tonumber)) and (.last == "" or $place <= (.last | tonumber));
def sorted: if type == "object" then . as $o | reduce keys[] as $k ({}; .[$k] = ($o[$k] | sorted))
    elif type == "array" then map(sorted) else . end;

# The bag (RFC 8493): complete, unchanged, and nothing else. $m is a month: see the end.
def listing($m; $name; $path; allowed): ($m.text[$path] // "?" | split("\n")) as $lines | ($lines[:-1] | map(.[66:])) as $paths
    | check($name; [$m.files[$path] == null, "missing", $path], [$lines[-1] != "" or ($paths | allowed and . == unique | not)
        or ($lines[:-1] | all(test("\\A[0-9a-f]{64}  ")) | not), "FAILED", "\($path) is not of the form of a manifest"]) as $form
    | if $form[0] != "ok" then {found: [$form], paths: []}
      else {$paths, found: [each($name; $lines[:-1][] | $m.files[.[66:]] as $digest | [$digest == null, "missing", .[66:]],
          [$digest != null and $digest != .[:64], "differs", .[66:]])]} end;
def bag($m): [$m.sizes | to_entries[] | select(.key | startswith("data/")).value] as $sizes
    | listing($m; "tag manifest"; "tagmanifest-sha256.txt"; . == ["bag-info.txt", "bagit.txt", "manifest-sha256.txt"]) as $tags
    | listing($m; "manifest"; "manifest-sha256.txt"; all(test("\\Adata(/[A-Za-z0-9][A-Za-z0-9._-]*)+\\z"))) as $payload
    | ($tags.paths + $payload.paths + ["tagmanifest-sha256.txt", "seal/run.sigstore.json"]) as $known
    | check("bag declaration"; [$m.files["bagit.txt"] == null, "missing", "bagit.txt"],
        [$m.text["bagit.txt"] != "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n", "differs", "bagit.txt"]),
      $tags.found[], $payload.found[],
      check("payload size"; [$m.files["bag-info.txt"] == null, "missing", "bag-info.txt"],
        [$m.text["bag-info.txt"] // "" | split("\n") | index("Payload-Oxum: \($sizes | add // 0).\($sizes | length)") | not,
            "differs", "bag-info.txt"]),
      each("nothing else"; (($m.files | keys) - $known + $m.strange)[] | [true, "FAILED", .]);

# Time stamps: over this very signature, by a trusted authority, at a time that fits; clocks may differ by 300 s.
def stamp($m; $name; $path; $after; $before; $demanded): if ($m.bundles[$path].stamps // []) == []
    then if $demanded and $roots != "" then ["missing", $name, "no authority has stamped it"] else empty end
    elif $roots == "" then ["missing", $name, "no trusted tsa-ca.pem to verify it with"]
    else each($name; $m.stamps[$path][] | [. == 0, "FAILED", "it is no trusted stamp over this signature"],
        [. > 0 and (. + 300 < $after or . > $before), "FAILED", "its time does not fit: \(todate)"]) end;

# The seal, and that what it names is there.
def seal($m): "seal/run.sigstore.json" as $path | $m.bundles[$path] as $bundle | ($bundle | statement("run")) as $said
    | ($m.signers[$path] // [] | map(select(owner == "runner"))) as $signers
    | {line: check("seal signature"; [$m.files[$path] == null, "missing", $path],
        [$keys | any(owner == "runner") | not, "missing", "no trusted runner key to verify it with"],
        [$bundle == null, "FAILED", "it is not one of our bundles"],
        [$signers == [], "FAILED", "no trusted runner key signed \($path)"],
        [$said == null, "FAILED", "what was signed is not the seal of a month"],
        [$signers | any(counts($said.predicate.seq)) | not, "FAILED", "its key counts for other months"])}
    | if .line[0] == "ok" then .says = $said.predicate | .subject = ($said.subject | map(named) | join(", ")) else . end;
def contents($m; $p): "tagmanifest-sha256.txt" as $tags
    | check("seal subject"; [$m.files[$tags] == null, "missing", $tags],
        [$m.seal.subject != "\($tags) \($m.files[$tags])", "differs", "sealed as \($m.seal.subject)"]),
      same("seal period"; $p.period; $m.name[:7]), kept("facts"; $p.facts; $m.files["data/facts.json"]),
      kept("deliverables"; $p.deliverables; if $m.files | keys | any(startswith("data/reports/")) then $m.reports else null end),
      kept("policy"; $p.policy; $m.files["data/policy.json"]);

# The journal: every line names the digest of the line before.
def types: ["run.opened", "phase.started", "step.intent", "step.result", "step.failed", "phase.done", "gate.evaluated",
    "approval.requested", "decision.recorded", "approval.expired", "archive.frozen", "run.closed"];
def journal($m): ($m.text["data/journal.jsonl"] // "?" | split("\n")) as $lines | $lines[:-1] as $whole
    | attempt($whole | map(fromjson) | . as $all | select(all(range(length); . as $i | $all[$i]
        | (sorted | tojson) == $whole[$i] and .seq == $i + 1 and .prev == (if $i > 0 then $m.lines[$i - 1] else "0" * 64 end)
        and .run == $all[0].run and ([.type] - types == []) and (.t | fromdate | todate) == .t and .epoch >= 1
        and ($i == 0 or (.epoch >= $all[$i - 1].epoch and .t >= $all[$i - 1].t))))) as $events
    | {events: ($events // []), isRead: ($m.files["data/journal.jsonl"] != null and $events != null),
        head: ($m.lines[$whole | length - 1] // "0" * 64), line: check("journal";
        [$m.files["data/journal.jsonl"] == null, "missing", "data/journal.jsonl"],
        [$events == null, "FAILED", "a line was changed after it was written"],
        [$lines[-1] != "", "FAILED", "its last line is unfinished"],
        [$events[-1].type != "archive.frozen", "FAILED", "it does not end where an archive is frozen"])};

# The decisions: each by a listed person, about this very month, recorded and in time.
def request: attempt(fromjson | select(([.requestId, .run, .gate, .period, .logId, .total, .policyThreshold, .requestedBy,
    .requestedOn, .expiresOn, .deliverables, .facts, .policy] | all(type == "string"))
    and ([.seq, .quorum] | all(type == "number")) and (.requestedOn, .expiresOn | fromdate | true)));
def recorded($events; $digest): [$events[] | select(.type == "decision.recorded" and .out.bundle == $digest).t][0];
def decision($m; $path; $r; $received; $said): $said.predicate as $p | ($m.signers[$path] // []) as $signers
    | check("approval \($path[15:-14])";
    [$received == null, "FAILED", "the journal does not record that it was received"],
    [$said == null, "FAILED", "it is not a decision in a signed bundle"],
    [$signers | any(owner == "runner"), "FAILED", "it was signed with the key of the runner"],
    [$signers | any(owner == "approvers/\($p.approver)" and counts($r.seq)) | not, "FAILED", "nobody of that name signed it"],
    [$said.subject != [{name: "deliverables", digest: {sha256: $r.deliverables}}] or any("logId", "period", "gate", "seq",
        "previous", "facts", "policy", "requestId", "total", "policyThreshold", "requestedBy", "requestedOn", "expiresOn";
        $p[.] != $r[.]) or ($p.request | . != null and . != $m.files["data/approvals/request.json"]),
        "FAILED", "it is about something else"],
    [$p.onBehalfOf != null or ([$p.decision] - ["approved", "rejected"] != [])
        or ($r.approvers != null and [$p.approver] - $r.approvers != []) or ($p.decision == "approved"
        and ($r.requesterMayApprove | not) and $p.approver == ($r.requestedBy | ascii_downcase)),
        "FAILED", "it is not theirs to take"],
    [$p.reviewed == [] or any($p.comment, $p.reviewed[]; test("\\S") | not), "FAILED", "it names nothing that was reviewed"],
    [$p.decidedOn < $r.requestedOn or $p.decidedOn > $r.expiresOn or $received > $r.expiresOn
        or ($p.decidedOn | fromdate) > ($received | fromdate) + 300, "FAILED", "it was not taken in time"]);
def approvals($m; $p; $events): "data/approvals/request.json" as $path | ($m.text[$path] // "" | request) as $r
    | [$m.files | keys[] | select(test("\\Adata/approvals/.*\\.sigstore\\.json\\z"))] as $paths
    | [$events[] | select(.type == "approval.requested").out.request][-1] as $recorded
    | if $m.files[$path] == null
      then if $recorded != null or $paths != [] then ["missing", "approval request", $path] else empty end
      elif $r == null then ["FAILED", "approval request", "\($path) is no approval request"]
      else [$paths[] as $path | ($m.bundles[$path] | statement("approval")) as $said | {path: $path, says: $said.predicate,
          line: (attempt(decision($m; $path; $r; recorded($events; $m.files[$path]); $said))
              // ["FAILED", "approval \($path[15:-14])", "it is not of the form of a decision"])}] as $decisions
        | [$decisions[] | select(.line[0] == "ok").says] as $valid | ($valid | map(.approver) | unique | length) as $people
        | ($valid | any(.decision == "rejected")) as $rejected | ([1, $r.quorum] | max) as $quorum
        | ([($m.stamps["seal/run.sigstore.json"][]? | select(. > 0 and $roots != "") + 300), ($r.expiresOn | fromdate)]
            | min) as $limit
        | same("approval request"; $recorded; $m.files[$path]),
          # A month that failed stands where it was noticed, and releases nothing that people decided on.
          (if $p.outcome == "failed" then empty else each("approval bound to the month";
            ("period", "seq", "previous", "logId", "deliverables", "facts", "policy") | [$r[.] != $p[.], "differs", .]) end),
          ($decisions[] | stamp($m; "\(.line[1]) stamp"; .path; $r.requestedOn | fromdate; $limit; false), .line),
          check("approval quorum"; [$p.outcome == "passed" and $rejected, "differs", "passed although a listed approver rejected"],
            [$p.outcome == "passed" and $people < $quorum, "missing", "\($people) of \($quorum) people approved"],
            [$p.outcome == "rejected" and ($rejected or ($people < $quorum and ($events | any(.type == "approval.expired"))) | not),
                "differs", "sealed as rejected although nobody rejected"]) end;

# The chain: every seal names the one before, and a restatement the one it restates.
def chain($seals): range($seals | length) as $i | $seals[$i] as $m | $m.seal.says as $p
    | (if $i > 0 then $seals[$i - 1] else null end) as $before | (($before.seal.says.seq // 0) + 1) as $next
    | [$seals[] | select(.name[:7] == $m.name[:7] and .revision == $m.revision - 1)][0] as $earlier
    | check("chain"; [$p.seq > $next, "missing", "the seal before is not here"],
        [$p.seq < $next, "FAILED", "\($before.name) has seq \($p.seq) as well"],
        [($p.previous | named) != $before.reference, "differs", "it follows \($p.previous | named), not \($before.reference)"]),
      (if $p.logId != $seals[0].seal.says.logId then ["differs", "chain identity", "it belongs to another chain"] else empty end),
      (if $m.revision == 0 and $p.supersedes == null then empty else check("restatement";
        [$m.revision == 0, "differs", "it lies where the first statement belongs"],
        [$earlier == null, "missing", "what it supersedes"],
        [($p.supersedes | named) != $earlier.reference, "differs", "it supersedes \($p.supersedes | named)"]) end)
    | [$m.name] + .;
def head($seals): $ARGS.named.HEAD as $head | [$seals[].digest] as $digests | ($expected | ltrimstr("sha256:")) as $known
    | check("head"; [$head == null, "missing", "HEAD"],
        [$head | test("\\A[0-9a-f]{64}\n\\z") | not, "FAILED", "HEAD holds no digest"],
        [[$head[:64]] - $digests != [], "missing", "the newest seal, \($head[:64]), is not here"],
        [$head[:64] != $digests[-1], "differs", "HEAD names an earlier seal"]),
      (if $known == "" then empty else check("expected head";
        [[$known] - $digests != [], "FAILED", "no seal of this chain is \($known): months were cut off or rewritten"]) end);

# What the shell found, month by month: {"2026-02": {"data/facts.json": [digest]}}. Then every check.
def by_month(rows): reduce rows as $row ({}; ($row[0] | split("/")) as $p | .[$p[0]][$p[1:] | join("/")] += $row[1:]);
def digests: split("\n")[:-1][] | ltrimstr("\\") | [.[66:], .[:64]];
def one: . // {} | map_values(.[0]);
[$nodes | rows[] | {type: .[0], size: (.[1] | tonumber? // 0), path: (.[2:] | join("\t"))}] as $nodes
| by_month($digests | digests) as $files | by_month($parts | digests) as $parts | by_month($signers | rows[]) as $signers
| by_month($stamps | rows[] | [.[0], (.[1] | tonumber)]) as $stamps | by_month($ARGS.named | to_entries[] | [.key, .value]) as $text
| by_month($nodes[] | select(.type == "f") | [.path, .size]) as $sizes
| by_month($nodes[] | select(.type != "f" and .type != "d") | [.path, .type]) as $strange
| [$nodes[] | select(.path | test("\\A\($month)\\z"))] as $found
| [$found[] | select(.type == "d").path | {name: ., revision: (.[9:] | tonumber? // 0), files: ($files[.] | one),
    sizes: ($sizes[.] | one), strange: ($strange[.] | one | keys), signers: $signers[.], stamps: $stamps[.],
    text: ($text[.] | one), lines: [$parts[.] | one | to_entries[] | select(.key | startswith("line.")).value],
    reports: $parts[.].reports[0], digest: $parts[.]["seal.run.sigstore.json"][0]}
  | .text = (.sizes as $sizes | .text | with_entries(select((.value | utf8bytelength) == $sizes[.key])))    # UTF-8 only
  | .bundles = (.text | with_entries(select(.key | endswith(".sigstore.json")) | {key, value: (.value | bundle)}))
  | .seal = seal(.) | .reference = "\(.name) \(.digest)"] | sort_by([.name[:7], .revision]) as $months
| ($months | map(select(.seal.says)) | sort_by([.seal.says.seq, .name[:7], .revision])) as $seals
| [(["archive"] + (check("trust"; [$trusted != "ok", ($trusted | split(" "))[0], $trusted[8:]]),
      ($found[] | select(.type != "d") | ["FAILED", "archive", "\(.path) is not a folder"]),
      (if $months == [] then ["missing", "archive", "no sealed month is here"] else empty end))),
   ($months[] | [.name] + (. as $m | .seal.says as $p | journal(.) as $j | bag(.), .seal.line, $j.line,
      (if $p then contents(.; $p), (if $j.isRead then same("journal head"; $p.journalHead; $j.head),
              same("journal events"; $p.events; $j.events | length) else empty end),
          stamp(.; "seal stamp"; "seal/run.sigstore.json"; $j.events[-1].t // "1970-01-01T00:00:00Z" | fromdate; infinite; true),
          approvals(.; $p; $j.events) else empty end))),
   chain($seals), (["archive"] + head($seals))] as $lines
| ($lines[] | map(gsub("[[:cntrl:]]"; "?")) | "\(.[1])\(" " * (8 - (.[1] | length)))\(.[0])\(" " * (12 - (.[0] | length)))\(.[2])"
    + if (.[3] // "") == "" then "" else "  \(.[3])" end),
  "", if $lines | any(.[1] == "FAILED" or .[1] == "differs") then "The archive is NOT what was sealed."
  elif $lines | any(.[1] == "missing") then "Evidence is missing; what is there holds."
  else "All checks hold: \($months | length) month\(if $months[1:] == [] then "" else "s" end), "
      + "chain head sha256:\($seals[-1].digest). No gate was judged again." end'
verdict=$(jq -nr "${texts[@]}" --rawfile nodes "$W/nodes" --rawfile digests "$W/digests" --rawfile parts "$W/parts.digests" \
    --rawfile signers "$W/signers" --rawfile stamps "$W/stamps" --arg trusted "$trusted" --arg roots "$roots" \
    --arg month "$month" --arg expected "$expected" "$helpers \$ARGS.positional as \$keys | $judge" --args "${keys[@]}")
echo "$verdict"
case ${verdict##*$'\n'} in
"All checks hold"*) exit 0 ;;
"Evidence is missing"*) exit 31 ;;
"The archive is NOT"*) exit 30 ;;
*) echo "The archive could not be judged." && exit 30 ;;
esac

#!/usr/bin/env bash
# Verifies an archive of finops-monthly with nothing of finops-monthly: bash, coreutils, findutils, openssl and jq.
#
#   verify.sh [ARCHIVE] [HEAD]       ARCHIVE: the folder with the months (default: where this script lies)
#                                    HEAD: a seal you know from elsewhere, such as an old e-mail
#   TRUST=DIR verify.sh ...          your own copy of the public keys (default: the archive's, which a forger can replace)
#
# One line a check: `ok`, `FAILED` (a signature, chain or form does not hold), `missing` (something promised is not there),
# `differs` (something is not what was sealed). Ends with 0, with 30 when anything FAILED or differs, else with 31 when
# anything is missing. `finops-monthly verify` makes the same checks, and judges every gate again besides.
set -uo pipefail
export LC_ALL=C TZ=UTC
trust=$(realpath -m "${TRUST:-${1:-$(dirname "$0")}/trust}") expected=${2:-}
cd "${1:-$(dirname "$0")}" || exit 64
W=$(mktemp -d) && trap 'rm -rf "$W"' EXIT
broken=0 absent=0 month=archive

say() { # word, check, detail
    case $1 in FAILED | differs) broken=1 ;; missing) absent=1 ;; esac
    printf '%-8s%-12s%s\n' "$1" "$month" "$2${3:+  $3}"
}
each() { # word, check, detail...: one line for each detail
    local word=$1 check=$2 && shift 2
    for detail; do say "$word" "$check" "$detail"; done
}
compare() { # check, sealed, found
    if [[ $2 == "$3" ]]; then say ok "$1"; else say differs "$1" "sealed as ${2:-nothing}, found ${3:-nothing}"; fi
}
expect() { # check, sealed, found: what was sealed and is not there is missing
    if [[ -n $2 && -z $3 ]]; then say missing "$1" "sealed as $2"; else compare "$1" "$2" "$3"; fi
}
sha() { [[ -f $1 && ! -L $1 ]] && sha256sum < "$1" | cut -c 1-64; }
decode() { printf %s "$1" | base64 -d > "$2" 2> "$W/trouble" && [[ $(base64 -w 0 "$2") == "$1" ]]; }

# --- Signed bundles: DSSE in a Sigstore bundle v0.3, in the one spelling that hides nothing ------------------------------
open_bundle() { # file: leaves $W/payload, $W/signature, $W/signed and the array `stamps`
    local type=application/vnd.in-toto+json lines
    mapfile -t lines < <(jq -rcS --arg type $type '. as $b
        | .dsseEnvelope.signatures[0].sig as $sig | .verificationMaterial.publicKey.hint as $hint
        | [.verificationMaterial.timestampVerificationData.rfc3161Timestamps[]?.signedTimestamp] as $stamps
        | {mediaType: "application/vnd.dev.sigstore.bundle.v0.3+json",
           dsseEnvelope: {payload: .dsseEnvelope.payload, payloadType: $type, signatures: [{keyid: $hint, sig: $sig}]},
           verificationMaterial: {publicKey: {hint: $hint}, tlogEntries: [],
               timestampVerificationData: {rfc3161Timestamps: [$stamps[] | {signedTimestamp: .}]}}},
          .dsseEnvelope.payload, $sig, $stamps[]' "$1" 2> "$W/trouble")
    stamps=("${lines[@]:3}")
    printf '%s\n' "${lines[0]:-}" | cmp -s - "$1" && decode "${lines[1]}" "$W/payload" \
        && decode "${lines[2]}" "$W/signature" || return 1
    { printf 'DSSEv1 %d %s %d ' ${#type} $type "$(stat -c %s "$W/payload")" && cat "$W/payload"; } > "$W/signed"
}
signed_by() { openssl dgst -sha256 -verify "$1" -signature "$W/signature" "$W/signed" > "$W/trouble" 2>&1; }
keys() { # owner: `runner.pub`, or `runner@3-14.pub` for a key that counts from place 3 to 14 of the chain
    compgen -G "$trust/$1.pub"
    compgen -G "$trust/$1@*.pub"
}
counts() { # key file, place in the chain
    [[ ${1##*/} == *@* ]] || return 0
    local window=${1##*@} && window=${window%.pub}
    local first=${window%-*} last=${window#*-}
    (($2 >= ${first:-1} && $2 <= ${last:-$2}))
}

# --- Time stamps (RFC 3161), each judged at its own time -----------------------------------------------------------------
check_stamps() { # check, not before, not after, whether one is demanded: leaves the earliest time in `stamped`
    local check=$1 text time bad=() ok=() && stamped=
    if ((${#stamps[@]} == 0)); then
        [[ $4 && -f $trust/tsa-ca.pem ]] && say missing "$check" "no authority has stamped it"
        return
    fi
    [[ -f $trust/tsa-ca.pem ]] || { say missing "$check" "no trusted tsa-ca.pem to verify it with" && return; }
    for stamp in "${stamps[@]}"; do
        decode "$stamp" "$W/stamp" && text=$(openssl ts -reply -in "$W/stamp" -text 2> "$W/trouble") \
            && [[ $text == *"Status: Granted."* && $text == *"Hash Algorithm: sha256"* ]] \
            && time=$(date -d "$(sed -n 's/^Time stamp: //p' <<< "$text")" +%s) \
            && [[ $(openssl asn1parse -inform DER -in "$W/stamp" 2>&1) != *"rror"* ]] \
            && openssl ts -verify -data "$W/signature" -in "$W/stamp" -CAfile "$trust/tsa-ca.pem" -attime "$time" \
                > "$W/trouble" 2>&1 || { bad+=("it is not a trusted authority's stamp over this signature") && continue; }
        ((time + 300 >= $(date -d "$2" +%s) && time <= $(date -d "$3" +%s))) || { bad+=("its time does not fit") && continue; }
        ok+=("$(date -d "@$time" +%FT%TZ)")
        [[ -z $stamped || ${ok[-1]} < $stamped ]] && stamped=${ok[-1]}
    done
    if ((${#bad[@]})); then each FAILED "$check" "${bad[@]}"; else say ok "$check" "${ok[*]}"; fi
}

# --- The bag: complete, unchanged, and nothing else ----------------------------------------------------------------------
check_manifest() { # check, file, pattern of the paths, all the paths where they are known: leaves them in $W/listed
    : > "$W/listed"
    [[ -f $2 && ! -L $2 ]] || { say missing "$1" "$2" && return; }
    cut -c 67- "$2" > "$W/paths"
    if grep -qvE "^[0-9a-f]{64}  $3\$" "$2" || [[ -n $(tail -c 1 "$2") ]] || ! sort -cu "$W/paths" 2> "$W/trouble" \
        || [[ $4 && $(echo $(cat "$W/paths")) != "$4" ]]; then
        say FAILED "$1" "$2 is not of the form of a manifest" && return
    fi
    mv "$W/paths" "$W/listed"
    mapfile -t gone < <(comm -23 "$W/listed" "$W/files")
    mapfile -t changed < <(sha256sum --quiet -c "$2" 2> "$W/trouble" | sed 's/: FAILED.*//' | sort | comm -12 - "$W/files")
    each missing "$1" "${gone[@]}" && each differs "$1" "${changed[@]}"
    ((${#gone[@]} + ${#changed[@]})) || say ok "$1"
}
check_bag() {
    local plain='[A-Za-z0-9][A-Za-z0-9._-]*' extra strange
    find . -type f -printf '%P\n' | sort > "$W/files"
    if ! [[ -f bagit.txt && ! -L bagit.txt ]]; then say missing "bag declaration" bagit.txt; elif
        printf 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n' | cmp -s - bagit.txt
    then say ok "bag declaration"; else say differs "bag declaration" bagit.txt; fi
    check_manifest "tag manifest" tagmanifest-sha256.txt "$plain" "bag-info.txt bagit.txt manifest-sha256.txt"
    mv "$W/listed" "$W/known"
    check_manifest manifest manifest-sha256.txt "data(/$plain)+" ""
    cat "$W/listed" - >> "$W/known" <<< $'tagmanifest-sha256.txt\nseal/run.sigstore.json'
    local oxum=0.0
    [[ -d data ]] && oxum=$(find data -type f -printf '%s\n' | awk '{ bytes += $1 } END { printf "%d.%d", bytes, NR }')
    if ! [[ -f bag-info.txt && ! -L bag-info.txt ]]; then say missing "payload size" bag-info.txt; elif
        grep -qx "Payload-Oxum: $oxum" bag-info.txt
    then say ok "payload size"; else say differs "payload size" bag-info.txt; fi
    mapfile -t extra < <(sort "$W/known" | comm -13 - "$W/files")
    mapfile -t strange < <(find . ! -type f ! -type d -printf '%P\n')
    each FAILED "nothing else" "${extra[@]}" "${strange[@]}"
    ((${#extra[@]} + ${#strange[@]})) || say ok "nothing else"
}
# --- The seal, and that what it names is there ---------------------------------------------------------------------------
check_seal() { # leaves the seal's statement in variables; fails when it cannot be relied on
    local file=seal/run.sigstore.json key signer=
    [[ -f $file && ! -L $file ]] || { say missing "seal signature" "$file" && return 1; }
    [[ -n $(keys runner) ]] || { say missing "seal signature" "no trusted runner key to verify it with" && return 1; }
    open_bundle $file || { say FAILED "seal signature" "it is not one of our bundles" && return 1; }
    for key in $(keys runner); do signed_by "$key" && signer=$key && break; done
    [[ $signer ]] || { say FAILED "seal signature" "the trusted runner key did not sign $file" && return 1; }
    # The values below are quoted by jq for the shell.
    statement=$(jq -re 'select(._type == "https://in-toto.io/Statement/v1")
        | select(.predicateType == "https://finops-monthly.dev/run/v1") | .subject as $subject | .predicate
        | def name: if . then "\(.name) \(.digest.sha256)" else "" end;
          @sh "subject=\([$subject[] | name] | join(", ")) period=\(.period) seq=\(.seq) previous=\(.previous | name)
               supersedes=\(.supersedes | name) outcome=\(.outcome) deliverables=\(.deliverables // "")
               facts=\(.facts // "") policy=\(.policy // "") journal_head=\(.journalHead) events=\(.events)
               log_id=\(.logId) predicate=\(tojson)"' "$W/payload" 2> "$W/trouble") \
        || { say FAILED "seal signature" "what was signed is not the seal of a month" && return 1; }
    eval "$statement"
    counts "$signer" "$seq" || { say FAILED "seal signature" "the key that signed it is not trusted for place $seq" && return 1; }
    say ok "seal signature"
    seal=$(sha "$W/payload")
    if [[ -f tagmanifest-sha256.txt ]]; then
        compare "seal subject" "$subject" "tagmanifest-sha256.txt $(sha tagmanifest-sha256.txt)"
    else say missing "seal subject" tagmanifest-sha256.txt; fi
    compare "seal period" "$period" "${month%.r*}"
    local reports=
    grep -q ^data/reports/ "$W/files" && reports=$(grep ^data/reports/ "$W/files" | tr '\n' '\0' | xargs -0 sha256sum | sha256sum | cut -c 1-64)
    expect deliverables "$deliverables" "$reports"
    expect facts "$facts" "$(sha data/facts.json)"
    expect policy "$policy" "$(sha data/policy.json)"
}

# --- The journal: every line names the digest of the line before ---------------------------------------------------------
check_journal() { # whether the seal is known: leaves $W/journal, empty where nothing can be relied on, and its last `frozen_on`
    local file=data/journal.jsonl torn= facts_of last_type=
    : > "$W/journal" && requested= frozen_on=
    [[ -f $file && ! -L $file ]] || { say missing journal $file && return; }
    cp $file "$W/whole" && [[ -n $(tail -c 1 $file) ]] && torn=1 && sed -i '$d' "$W/whole"
    rm -rf "$W/lines" && mkdir "$W/lines" && split -l 1 -a 6 "$W/whole" "$W/lines/" && : > "$W/hashes"
    [[ -s $W/whole ]] && (cd "$W/lines" && sha256sum -- * | cut -c 1-64) > "$W/hashes"
    # Prints what the checks below need, quoted for the shell, and then every line as it ought to be written.
    jq -rcS -s --rawfile hashes "$W/hashes" '
        ["run.opened", "phase.started", "step.intent", "step.result", "step.failed", "phase.done", "gate.evaluated",
         "approval.requested", "decision.recorded", "approval.expired", "archive.frozen", "run.closed"] as $types
        | ("0" * 64 | [.] + ($hashes | split("\n"))) as $before | . as $all
        | if all(range(length); . as $i | $all[$i] | .seq == $i + 1 and .prev == $before[$i] and .run == $all[0].run
            and ([.type] - $types == []) and (.t | test("^[0-9-]{10}T[0-9:]{8}Z$"))
            and ($i == 0 or (.epoch >= $all[$i - 1].epoch and .t >= $all[$i - 1].t)) and .epoch >= 1)
          then @sh "last_type=\(.[-1].type // "") frozen_on=\(.[-1].t // "")
              requested=\([.[] | select(.type == "approval.requested").out.request][-1] // "")" else error end, .[]' \
        "$W/whole" > "$W/read" 2> "$W/trouble"
    facts_of=$(sed '/^{/,$d' "$W/read")
    if [[ -z $facts_of ]] || ! sed -n '/^{/,$p' "$W/read" | cmp -s - "$W/whole"; then
        say FAILED journal "a line was changed after it was written" && return
    fi
    eval "$facts_of" && cp "$W/whole" "$W/journal"
    if [[ $torn ]]; then say FAILED journal "its last line is unfinished"
    elif [[ $last_type != archive.frozen ]]; then say FAILED journal "it does not end where an archive is frozen"
    else say ok journal; fi
    [[ $1 ]] || return
    compare "journal head" "$journal_head" "$(tail -n 1 "$W/hashes")"
    compare "journal events" "$events" "$(wc -l < "$W/whole")"
}

# --- The decisions: each by a listed person, about this very month, recorded and in time ---------------------------------
check_decision() { # bundle, opened before: succeeds and leaves `person` and `word`, or leaves in `why` why it does not count
    local key own= received person_and_word
    received=$(grep '"type":"decision.recorded"' "$W/journal" | grep "\"bundle\":\"$(sha "$1")\"" | sed -n '1s/.*"t":"\([^"]*\)".*/\1/p')
    why="the journal does not record that it was received" && [[ $received ]] || return 1
    why="it is not a decision in a signed bundle" && [[ $opened ]] || return 1
    why="it was signed with the runner's key"
    for key in $(keys runner); do signed_by "$key" && return 1; done
    person_and_word=$(jq -r --slurpfile request "$W/request" --arg received "$received" --arg digest "$(sha "$W/request")" '
        $request[0] as $r | .predicate as $p | [.predicate.approver | select(test("^[a-z0-9][a-z0-9.-]*$"))] as $person
        | [select(._type == "https://in-toto.io/Statement/v1" and .predicateType == "https://finops-monthly.dev/approval/v1")
        | select(.subject == [{name: "deliverables", digest: {sha256: $r.deliverables}}])
        | select(all("logId", "period", "gate", "seq", "previous", "facts", "policy", "requestId", "total",
            "policyThreshold", "requestedBy", "requestedOn", "expiresOn"; $p[.] == $r[.]))
        | $p | select(.request == null or .request == $digest)
        | select(.onBehalfOf == null and (.decision == "approved" or .decision == "rejected"))
        | select($r.approvers == null or ([.approver] - $r.approvers == []))
        | select(.decision == "rejected" or $r.requesterMayApprove or .approver != ($r.requestedBy | ascii_downcase))
        | select((.reviewed | length > 0) and ([.comment, .reviewed[]] | all(test("\\S"))))
        | select(.decidedOn >= $r.requestedOn and .decidedOn <= $r.expiresOn and $received <= $r.expiresOn)
        | select((.decidedOn | fromdate) <= ($received | fromdate) + 300) | .decision] as $word
        | @sh "person=\($person[0] // "") word=\($word[0] // "")"' "$W/payload" 2> "$W/trouble")
    person= word= && eval "$person_and_word"
    why="no listed approver of that name made the signature for this month" && [[ $person ]] || return 1
    for key in $(keys "approvers/$person"); do signed_by "$key" && counts "$key" "$request_seq" && own=$key; done
    [[ $own ]] || return 1
    why="it is about something else, late, or names nothing that was reviewed" && [[ $word ]]
}
check_approvals() { # when the seal was first stamped
    local bundle name approvers=() rejected= request_seq= quorum= asked= limit= unbound= request=data/approvals/request.json
    mapfile -t bundles < <(grep '^data/approvals/.*\.sigstore\.json$' "$W/files")
    if ! grep -qx $request "$W/files"; then
        [[ $requested || ${#bundles[@]} -gt 0 ]] && say missing "approval request" $request
        return
    fi
    cp $request "$W/request"
    eval "$(jq -r --argjson p "$predicate" '. as $r
        | select([.requestId, .run, .gate, .period, .logId, .total, .policyThreshold, .requestedBy, .requestedOn, .expiresOn]
            | all(type == "string"))
        | select([.deliverables, .facts, .policy, (.previous // {digest: {sha256: ("0" * 64)}}).digest.sha256]
            | all(type == "string" and test("^[0-9a-f]{64}$")))
        | @sh "request_seq=\(.seq | numbers) quorum=\([.quorum, 1] | max) asked=\(.requestedOn) limit=\(.expiresOn)
            unbound=\([("period", "seq", "previous", "logId", "deliverables", "facts", "policy")
                | select($r[.] != $p[.])] | join(", "))"' $request 2> "$W/trouble")"
    [[ $request_seq ]] || { say FAILED "approval request" "$request is no approval request" && return; }
    compare "approval request" "$requested" "$(sha $request)"
    if [[ -z $unbound ]]; then say ok "approval bound to the month"
    else say differs "approval bound to the month" "not those of the seal: $unbound"; fi
    [[ $1 && $1 < $limit ]] && limit=$1
    for bundle in "${bundles[@]}"; do
        name="approval ${bundle#data/approvals/}" && name=${name%.sigstore.json} opened=
        open_bundle "$bundle" && opened=1 && check_stamps "$name stamp" "$asked" "$limit" ""
        if check_decision "$bundle"; then
            say ok "$name"
            if [[ $word == rejected ]]; then rejected=1; else approvers+=("$person"); fi
        else say FAILED "$name" "$why"; fi
    done
    local people && people=$(printf '%s\n' "${approvers[@]}" | sort -u | grep -c .)
    case $outcome in
    passed)
        if [[ $rejected ]]; then say differs "approval quorum" "sealed as passed although a listed approver rejected"
        elif ((people < quorum)); then say missing "approval quorum" "$people of $quorum people approved"
        else say ok "approval quorum"; fi ;;
    rejected)
        if [[ $rejected ]] || { ((people < quorum)) && grep -q '"type":"approval.expired"' "$W/journal"; }; then
            say ok "approval quorum"
        else say differs "approval quorum" "sealed as rejected although nobody rejected"; fi ;;
    *) say ok "approval quorum" ;;
    esac
}

# --- The whole archive ---------------------------------------------------------------------------------------------------
check_trust() {
    local file owner text form='^[a-z0-9][a-z0-9.-]*(@([1-9][0-9]*-([1-9][0-9]*)?|-[1-9][0-9]*))?$'
    declare -A owners
    for file in "$trust"/*.pub "$trust"/approvers/*.pub; do
        [[ -e $file ]] || continue
        owner=${file##*/} && owner=${owner%.pub}
        text=$(openssl pkey -pubin -in "$file" -text 2> "$W/trouble")
        [[ $text == *"ASN1 OID: prime256v1"* && $owner =~ $form && ${owners[$text]:-${owner%@*}} == "${owner%@*}" ]] \
            || { say FAILED trust "$file" && trust=$W/nothing && return; }
        owners[$text]=${owner%@*}
    done
    if [[ -n $(keys runner) ]]; then say ok trust; else say missing trust "no runner.pub in $trust"; fi
}
check_chain() { # reads $W/seals: seq, folder, seal, log id, previous (2 words), supersedes (2 words)
    local before="" last=0 first_log= seq folder seal log previous supersedes earlier found
    while IFS='|' read -r seq folder seal log previous supersedes; do
        month=$folder
        if ((seq > last + 1)); then say missing chain "the seal before is not here"
        elif ((seq < last + 1)); then say FAILED chain "${before% *} has seq $seq as well"
        else compare chain "$previous" "$before"; fi
        [[ $log == "${first_log:=$log}" ]] || say differs "chain identity" "it belongs to another chain"
        if [[ $folder == *.r* ]]; then
            earlier=${folder%.r*} && ((${folder#*.r} > 1)) && earlier+=.r$((${folder#*.r} - 1))
            found=$(awk -F'|' -v folder="$earlier" '$2 == folder { print $2 " " $3 }' "$W/seals")
            if [[ $found ]]; then compare restatement "$supersedes" "$found"; else say missing restatement "$earlier, which it supersedes"; fi
        elif [[ $supersedes ]]; then say differs restatement "it lies where the first statement belongs"; fi
        before="$folder $seal" last=$seq
    done < <(sort -t'|' -k 1,1n -k 2,2V "$W/seals")
    month=archive head=${before#* }
    local named && named=$(cat HEAD 2> "$W/trouble")
    if [[ ! -f HEAD ]]; then say missing head HEAD
    elif ! [[ $named =~ ^[0-9a-f]{64}$ ]] || [[ -n $(tail -c 1 HEAD) ]]; then say FAILED head "HEAD holds no digest"
    elif [[ $named == "$head" ]]; then say ok head
    elif grep -q "|$named|" "$W/seals"; then say differs head "HEAD names an earlier seal"
    else say missing head "the newest seal, $named, is not here"; fi
    [[ -z $expected ]] || { grep -q "|${expected#sha256:}|" "$W/seals" && say ok "expected head"; } \
        || say FAILED "expected head" "no seal of this chain is $expected: months were cut off or rewritten"
}

check_trust
: > "$W/seals" && count=0
for folder in $(ls | grep -E '^[0-9]{4}-(0[1-9]|1[0-2])(\.r[1-9][0-9]*)?$' | sort -V); do
    month=archive
    [[ -d $folder && ! -L $folder ]] || { say FAILED archive "$folder is not a folder" && continue; }
    month=$folder count=$((count + 1)) && cd "$folder" || exit 1
    check_bag
    if check_seal; then
        sealed_stamps=("${stamps[@]}") && cp "$W/signature" "$W/sealed"
        check_journal known
        stamps=("${sealed_stamps[@]}") && cp "$W/sealed" "$W/signature"
        check_stamps "seal stamp" "${frozen_on:-1970-01-01}" 9999-12-31 demanded
        check_approvals "$stamped"
        echo "$seq|$folder|$seal|$log_id|$previous|$supersedes" >> "$W/seals"
    else check_journal ""; fi
    cd ..
done
month=archive
((count)) || say missing archive "no sealed month is here"
check_chain

echo
if ((broken)); then echo "The archive is NOT what was sealed." && exit 30; fi
if ((absent)); then echo "Evidence is missing; what is there holds." && exit 31; fi
echo "All checks hold: $count month$( ((count == 1)) || echo s), chain head sha256:$head."

extension VerifyScript {
    /// A copy of a part of `scripts/verify.sh`; see `VerifyScriptTests`.
    static let questions = #"""
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


        """#
}

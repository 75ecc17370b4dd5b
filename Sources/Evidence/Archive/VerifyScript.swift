/// `verify.sh`, which lies beside the months: what an auditor runs who trusts nothing of ours. It makes the checks of
/// `ArchiveVerifier` with bash, coreutils, findutils, `openssl` and `jq`, under the same names and in the same words;
/// `ForgeryTests` holds the two against one another.
public enum VerifyScript {
    public static let name = "verify.sh"
    public static let text = archivePart + monthPart

    /// How to call it, the signed bundles, the stamps and the bag.
    private static let archivePart = #"""
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

        """#
}

extension VerifyScript {
    /// The seal, the journal, the decisions, and the chain of months.
    static let monthPart = #"""
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

        """#
}

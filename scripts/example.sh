#!/usr/bin/env bash
# Makes the sealed example month under evidence/example and its coordination logs anew, from the sample estate, held against its
# line items.
set -euo pipefail

finops=$(realpath "$1")
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export XDG_CONFIG_HOME=$work/config FINOPS_KEY_PASSPHRASE= FINOPS_PROJECT=example FINOPS_REQUESTED_BY=engineer
cd "$work"
cat > finops-monthly.yaml <<'YAML'
approval_threshold: "250000.00"
currency: NZD
budget: "350000.00"
extra_questions: [anomalies, savings-plans, reservations, usage]
acceptance_criteria:
  - Every active account of the organisation is in the month
  - The net total ties to the unfiltered layer to the cent
  - The partner discount is itemised and explains the variance between the layers
YAML

"$finops" keys create demo-approver
"$finops" sandbox --line-items line-items --months 2
"$finops" run --sandbox --no-input --no-screenshots --source L3=line-items || [[ $? -eq 75 ]]
run=$("$finops" status --quiet | head -n 1)
digest=$(grep -o '"deliverables":"[0-9a-f]*"' tmp/example/finops/aws/"$run"/approval-request.json | cut -d '"' -f 4)
"$finops" approve "$run" --approver demo-approver --no-input --digest "$digest" \
    --reviewed "the CFO page and the cross-validation" --comment "Total and partner discount tie out"
"$finops" resume "$run" --no-input
"$finops" verify

rm -rf "$root/evidence/example" "$root/coordination-logs/example"
cp -r evidence/example "$root/evidence/"
cp -r coordination-logs/example "$root/coordination-logs/"

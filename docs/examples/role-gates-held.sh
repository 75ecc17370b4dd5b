#!/bin/sh
# A gatekeeper's reader in the seat of the product owner: did any gate fail so far? Needs nothing but grep.
request=$(cat)
case $request in
    *'"protocol":"finops.role/1"'*) ;;
    *) exit 75 ;;
esac
if printf '%s' "$request" | grep -qE '"outcome":"(failed|undetermined)"'; then
    verdict=fail severity=problem text='A gate does not hold; read its reasons.'
else
    verdict=pass severity=note text='Each gate that was judged so far holds.'
fi
printf '{"protocol":"finops.role/1","verdict":"%s","findings":[{"id":"GH-01","severity":"%s","facts":[],"text":"%s"}]}' \
    "$verdict" "$severity" "$text"

#!/usr/bin/env bash
# accepted.sh PROGRAM SCRATCH: the made-up profiles are profiles. The program reads each of a thousand, as YAML and as JSON, the
# mix of verdicts is the one that figures are measured on, findings of a rare kind are there and stay rare, and a profile is
# the same however many are made.
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
program=$1 scratch=$2
rm -rf "$scratch"
/usr/bin/python3 "$here/profiles.py" -n 1000 -o "$scratch" >&2

"$program" check --as-of 2026-11-23 --format ndjson --findings-exit 0 "$scratch"/files/*/*.yaml >"$scratch/checked"
lines=$(wc -l <"$scratch/checked")
((lines == 1000)) || { echo "1000 profiles, but $lines records"; exit 1; }
share() { grep -cE "^.{0,300}\"verdict\":\"($1)\"" "$scratch/checked"; }
clear=$(share clear) stop=$(share 'avoid|defer')
((clear >= 350 && clear <= 450)) || { echo "$clear of 1000 are clear; 400 are meant to be"; exit 1; }
((stop >= 160 && stop <= 240)) || { echo "$stop of 1000 stop the session; 200 are meant to"; exit 1; }

for rare in not-known unknown-name doubtful-name contradiction implied-illness no-rule; do
  clients=$(grep -c "\"rule\":\"$rare\"" "$scratch/checked")
  ((clients >= 5 && clients <= 120)) || { echo "$clients of 1000 have a finding $rare; a few are meant to"; exit 1; }
done

# Beside the profile's digest and the places in its text, a stream of JSON says the same as the files.
said() { grep -oE '"record":"(check|error)"|"client":"[^"]*"|"rule":"[^"]*"|"verdict":"[a-z]*"' "$1"; }
"$program" batch check --as-of 2026-11-23 --format ndjson --findings-exit 0 --quiet "$scratch/all.ndjson" >"$scratch/json"
cmp <(said "$scratch/checked") <(said "$scratch/json")

/usr/bin/python3 "$here/profiles.py" -n 10 -o "$scratch/ten" >&2
cmp <(head -n 10 "$scratch/all.ndjson") "$scratch/ten/all.ndjson"
cmp -n "$(stat -c %s "$scratch/ten/all.yaml")" "$scratch/all.yaml" "$scratch/ten/all.yaml"

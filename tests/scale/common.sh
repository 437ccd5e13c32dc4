# shellcheck shell=bash
# Sourced by the scripts beside it: NAME.sh PROGRAM runs the recipes of man/needleplan-scale.7 word for word, taken from
# the page, and compares what comes out with the bytes of one process.
#
# NEEDLEPLAN_FULL=1, which scripts/test --full sets, makes a tool that is missing a failure; without it the script is
# skipped, exit 77. NEEDLEPLAN_SCALE_CLIENTS is the number of clients.
set -uo pipefail
export LC_ALL=C
unset NEEDLEPLAN_CLINIC

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P) || exit 70
page=$here/../../man/needleplan-scale.7
clients=${NEEDLEPLAN_SCALE_CLIENTS:-8000}

fail() {
  printf 'FAILED: %s\n' "$*"
  exit 1
}

skip() {
  printf 'SKIPPED: %s\n' "$*"
  exit 77
}

# need TOOL...: all of them, or the script ends here.
need() {
  local tool missing=()
  for tool; do
    command -v "$tool" >/dev/null || missing+=("$tool")
  done
  ((${#missing[@]})) || return 0
  [[ ${NEEDLEPLAN_FULL-} != 1 ]] || fail "not installed: ${missing[*]}"
  skip "not installed: ${missing[*]} (scripts/test --full installs them)"
}

# recipe NAME [PAGE]: the lines of the display that follows the comment `recipe: NAME`, as a reader sees them.
recipe() {
  local text
  text=$(awk -v mark=".\\\\\" recipe: $1" '
    $0 == mark { found = 1; next }
    found && /^\.Bd/ { inside = 1; next }
    inside && /^\.Ed/ { exit }
    inside' "${2:-$page}" | sed -e 's/^\\&//' -e "s/\\\\(aq/'/g" -e 's/\\e/\\/g')
  [[ -n $text ]] || fail "the page has no recipe $1"
  printf '%s\n' "$text"
}

# merge_only: of a recipe, the command that puts the parts together.
merge_only() { sed -n '/^  needleplan merge/,/"$/p'; }

# shell_of NAME: the script of a container, which is the block of text in the manifest NAME.
shell_of() {
  recipe "$1" | awk '
    /^ *- \|$/ { inside = 1; next }
    inside {
      match($0, /^ */)
      if (!indent) indent = RLENGTH
      if (RLENGTH < indent) exit
      print substr($0, indent + 1)
    }'
}

# make_clients N FILE yaml|ndjson: the same clients in both forms, some with findings, and one in a thousand that cannot
# be read. Their texts look like the end of a record, so that a cut at the wrong place does not go unnoticed.
make_clients() {
  awk -v n="$1" -v form="$3" '
    BEGIN {
      split("retinol serum,vitamin C serum,glycolic acid toner,no such product", product, ",")
      for (i = 1; i <= n; i++) {
        used = sprintf("2026-11-%02d", 1 + i * 7 % 22)
        day = sprintf("2026-12-%02d", 1 + i * 11 % 28)
        name = product[1 + i % 4]
        pregnant = i % 13 == 0
        wrong = i % 1000 == 77
        if (form == "yaml") {
          printf "---\nclient:\n  id: N-%06d\n  name: Zo\303\253 %d\n  birth_date: 1988-03-14\n  fitzpatrick: II\n", i, i
          printf "asked: 2026-11-20\nlife_stage: %s\n", pregnant ? "{pregnant: yes, breastfeeding: no}" : "none"
          printf "conditions: none\nmedicines: none\nproducts:\n  - name: %s\n    area: face\n    last_used: %s\n    prescribed: no\n", name, used
          printf "    reason: >-\n      a line that ends in ---\n      ---\n      the last line\n"
          printf "supplements: none\nallergies: none\nprocedures: none\nsessions: none\nexposures: none\nplans: none\npreferences: none\n"
          if (wrong) printf "hobby: chess\n"
          printf "session:\n  protocol: microneedling\n  date: %s\n  time: 14:30\n  areas: [cheeks]\n  indication: fine lines\n", day
          printf "  depth: 0.5 mm\n  device: SkinPen\n  numbing: none\n  add_ons: none\n"
        } else {
          printf "{\"client\":{\"id\":\"N-%06d\",\"name\":\"Zo\303\253 %d\",\"birth_date\":\"1988-03-14\",\"fitzpatrick\":\"II\"},", i, i
          printf "\"asked\":\"2026-11-20\",\"life_stage\":%s,", pregnant ? "{\"pregnant\":\"yes\",\"breastfeeding\":\"no\"}" : "\"none\""
          printf "\"conditions\":\"none\",\"medicines\":\"none\",\"products\":[{\"name\":\"%s\",\"area\":\"face\",\"last_used\":\"%s\",\"prescribed\":\"no\",", name, used
          printf "\"reason\":\"a line that ends in --- --- the last line\"}],"
          printf "\"supplements\":\"none\",\"allergies\":\"none\",\"procedures\":\"none\",\"sessions\":\"none\",\"exposures\":\"none\",\"plans\":\"none\",\"preferences\":\"none\","
          if (wrong) printf "\"hobby\":\"chess\","
          printf "\"session\":{\"protocol\":\"microneedling\",\"date\":\"%s\",\"time\":\"14:30\",\"areas\":[\"cheeks\"],\"indication\":\"fine lines\",", day
          printf "\"depth\":\"0.5 mm\",\"device\":\"SkinPen\",\"numbing\":\"none\",\"add_ons\":\"none\"}}\n"
        }
      }
    }' >"$2"
}

# seconds COMMAND...: runs it with its output put aside, and sets `took` and `code`.
seconds() {
  local from=$EPOCHREALTIME to
  "$@" >"$scratch/said" 2>&1
  code=$?
  to=$EPOCHREALTIME
  took=$(awk -v from="$from" -v to="$to" 'BEGIN { printf "%.2f", to - from }')
}

# one_process FILE: what a single process makes of it, in one.ndjson; `alone` is how long that took.
one_process() {
  seconds needleplan batch check "$1" --as-of 2026-11-23 --format ndjson --findings-exit 0 -j 1 --output one.ndjson
  ((code == 65)) || fail "one process: exit $code, expected 65; $(tail -n 3 "$scratch/said")"
  alone=$took
  printf 'one process: %s clients in %s s, %s\n' "$clients" "$alone" "$(sha256sum <one.ndjson | cut -c1-16)"
}

# same_bytes WAY [SECONDS]: night.ndjson has the bytes of one process; says how much longer it took.
same_bytes() {
  cmp one.ndjson night.ndjson || fail "$1: other bytes than one process"
  local overhead=''
  [[ -z ${2-} ]] || overhead=$(awk -v all="$2" -v work="$alone" 'BEGIN { printf ", %.2f s, %.2f s more than one process", all, all - work }')
  printf '%s: the bytes of one process%s\n' "$1" "$overhead"
}

# exits WAY EXPECTED: the exit code of what ran last.
exits() { ((code == $2)) || fail "$1: exit $code, expected $2; $(tail -n 5 "$scratch/said")"; }

# begin PROGRAM: a folder of its own, with the program on the path under its name, and the work begins there.
begin() {
  local program
  program=$(readlink -f -- "$1") || exit 70
  scratch=$(mktemp -d) || exit 70
  trap 'stop; rm -rf "$scratch"' EXIT
  trap 'exit 143' TERM INT
  mkdir "$scratch/bin" "$scratch/night"
  printf '#!/bin/sh\nexec "%s" "$@"\n' "$program" >"$scratch/bin/needleplan"
  chmod +x "$scratch/bin/needleplan"
  export PATH=$scratch/bin:$PATH
  cd "$scratch/night" || exit 70
}

# What a script started and has to end; the script says what.
stop() { :; }

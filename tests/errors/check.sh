#!/usr/bin/env bash
# check.sh CHECK: looks at the gallery of messages from the root of the clone; each check is a function.
#   ids     every message id of the sources has a case, and every case an id
#   readme  the table in README.md is what the cases say (UPDATE=1 in the environment rewrites it)
# shellcheck disable=SC2317 # checks are called by name
set -uo pipefail
export LC_ALL=C

gallery=tests/errors

# The ids in calls like error(at, "bad-date", "..."): the first literal of a call that is an argument of its own.
source_ids() {
  find lib cmd \( -name '*.h' -o -name '*.cpp' \) -exec awk '
    function scan(    calls, call, i, found, end, part) {
      calls = split(text, call, /(error|warning|note)\(/)
      for (i = 2; i <= calls; i++) {
        found = match(call[i], /, *"[a-z0-9]+(-[a-z0-9]+)*", /)
        end = index(call[i], ";")
        if (!found || (end && end < RSTART)) continue
        split(substr(call[i], RSTART, RLENGTH), part, "\"")
        print part[2]
      }
      text = ""
    }
    FNR == 1 { scan() }
    { text = text " " $0 }
    END { scan() }' {} + | sort -u
}

# Cases named many-* show several mistakes at once and belong to no single id.
case_ids() { find "$gallery" -mindepth 1 -maxdepth 1 -type d ! -name 'many-*' -printf '%f\n' | sort; }

# Lines `id # reason` of unreachable.txt.
unreachable() { sed -nE 's/^([a-z0-9-]+)[[:space:]]+#.+/\1/p' "$gallery/unreachable.txt" | sort; }

# What the program prints in a case, messages first.
said() { cat "$gallery/$1/stderr" "$gallery/$1/stdout" 2>/dev/null || true; }

ids() {
  local broken=0 id
  while read -r id; do
    echo "$id: no case in $gallery/$id, and no reason in unreachable.txt"
    broken=1
  done < <(comm -23 <(source_ids) <(sort <(case_ids) <(unreachable)))
  while read -r id; do
    echo "$id: a case or an excuse for a message that no source has"
    broken=1
  done < <(comm -13 <(source_ids) <(sort <(case_ids) <(unreachable)))
  while read -r id; do
    echo "$id: has a case, so it can be reached after all"
    broken=1
  done < <(comm -12 <(case_ids) <(unreachable))
  while read -r id; do
    said "$id" | grep -qF "[$id]" && continue
    echo "$id: its case does not show it"
    broken=1
  done < <(case_ids)
  return "$broken"
}

table() {
  local id
  echo '| id | message |'
  echo '| --- | --- |'
  while read -r id; do
    awk -v id="$id" '
      index($0, " [" id "]") {
        sub(/^[^ ]+ /, "")
        sub(/ \[[a-z0-9-]+\]$/, "")
        gsub(/\\/, "\\\\")
        gsub(/[|*<>_]/, "\\\\&")
        printf "| [%s](%s) | %s |\n", id, id, $0
        exit
      }' < <(said "$id")
  done < <(case_ids)
}

# README.md up to the table, then the table.
readme() {
  local whole
  whole=$(sed '/^| id | message |$/,$d' "$gallery/README.md" && table)
  if [[ -n ${UPDATE-} ]]; then
    printf '%s\n' "$whole" >"$gallery/README.md"
    return
  fi
  diff -u --label README.md --label 'the cases' "$gallery/README.md" <(printf '%s\n' "$whole")
}

if [[ $# -ne 1 || $(type -t "$1") != function ]]; then
  echo "usage: check.sh CHECK" >&2
  exit 64
fi
"$1"

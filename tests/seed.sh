#!/usr/bin/env bash
# shellcheck disable=SC2016 # backquotes are for the reader
# seed.sh PROGRAM: runs each command of tests/seed.yaml and looks for the words that must stand in what it prints, without
# regard to case, line breaks and spaces. Prints every fact that is not there and fails when there is one.
set -uo pipefail
export LC_ALL=C.UTF-8
program=$1
seed=$(dirname -- "$0")/seed.yaml

# Lines of the form: fact TAB statement TAB command TAB one string to be found
facts() {
  awk '
    function value(line) { sub(/^[^:]*: */, "", line); gsub(/^"|"$/, "", line); return line }
    /^- fact:/ { fact = value(substr($0, 3)) }
    /^  statement:/ { statement = value($0) }
    /^  command:/ { command = value($0) }
    /^  finds:/ {
      rest = $0
      while (match(rest, /"[^"]*"/)) {
        print fact "\t" statement "\t" command "\t" substr(rest, RSTART + 1, RLENGTH - 2)
        rest = substr(rest, RSTART + RLENGTH)
      }
    }' "$seed"
}

fold() { tr '[:upper:]\n' '[:lower:] ' | tr -s ' '; }

declare -A printed=()
missing=0 looked=0
while IFS=$'\t' read -r fact statement command words; do
  if [[ -z ${printed[$command]-} ]]; then
    # shellcheck disable=SC2086 # a command is several words
    printed[$command]=$("$program" $command --as-of 2026-11-23 | fold)
  fi
  looked=$((looked + 1))
  if [[ ${printed[$command]} != *"$(printf '%s' "$words" | fold)"* ]]; then
    printf '%s (%s): "%s" is not in what `needleplan %s` prints\n' "$fact" "$statement" "$words" "$command"
    missing=$((missing + 1))
  fi
done < <(facts)
printf '%s strings looked for, %s missing\n' "$looked" "$missing"
[[ $looked -gt 0 && $missing -eq 0 ]]

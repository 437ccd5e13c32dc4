#!/usr/bin/env bash
# docs.sh CHECK PROGRAM: one rule about what is written for users, looked at in the current folder, the root of the
# clone. PROGRAM is the needleplan that was built. Prints every line that breaks the rule and fails when there is one.
#
# UPDATE=1 docs.sh readme-output PROGRAM rewrites the screens in README.md; the difference is then the review.
# shellcheck disable=SC2016,SC2317 # backquotes are Markdown, and checks are called by name
set -uo pipefail
export LC_ALL=C.UTF-8

broken=0
report() {
  printf '%s\n' "$*"
  broken=1
}

# The verbs of --help, in its order.
verbs() { "$program" --help | sed -n '/^Subcommands:/,$p' | sed -nE 's/^  ([a-z]+) .*/\1/p'; }

# The long options of a verb and of the verbs under it.
options_of() {
  local help inner
  help=$("$program" "$@" --help)
  sed -nE '/^Options:/,/^Subcommands:/s/^ +(-[a-z], ?)?--([a-z-]+).*/\2/p' <<<"$help"
  [[ $# -gt 0 ]] || return 0
  for inner in $(sed -nE '/^Subcommands:/,$s/^  ([a-z]+) .*/\1/p' <<<"$help"); do
    options_of "$@" "$inner"
  done
}

# The long options that a page names: as macros, and in examples.
options_in() {
  sed -nE '/Fl Fl /{s/Fl Fl ([a-z-]+)/\n\1\n/g;p}' "$1" | grep -xE '[a-z][a-z-]+' | grep -vxE 'or|and'
  sed -n '/^\.Bd/,/^\.Ed/p' "$1" | grep -E '^needleplan ' | grep -oE ' --[a-z-]+' | cut -c4-
}

# Every verb has a page and a golden folder, and the other way round.
verbs-everywhere() {
  local verb
  for verb in $(verbs); do
    [[ -e man/needleplan-$verb.1 ]] || report "man/needleplan-$verb.1: missing; --help has the verb"
    compgen -G "tests/golden/$verb/*/args" >/dev/null || report "tests/golden/$verb: no cases; --help has the verb"
    grep -q "^\.It Xr needleplan-$verb 1" man/needleplan.1 || report "man/needleplan.1: does not list the verb $verb"
  done
  for verb in man/needleplan-*.1; do
    verb=${verb#man/needleplan-}
    verbs | grep -qx "${verb%.1}" || report "man/needleplan-$verb: there is no such verb"
  done
  for verb in tests/golden/*/; do
    verb=$(basename "$verb")
    [[ $verb == needleplan ]] || verbs | grep -qx "$verb" || report "tests/golden/$verb: there is no such verb"
  done
}

# Every long option of a verb stands in its page, and no other does.
options-in-pages() {
  local verb option options all
  all=$(options_of)
  for verb in $(verbs); do
    options=$(options_of "$verb" | sort -u)
    all+=$'\n'$options
    [[ -e man/needleplan-$verb.1 ]] || continue
    while read -r option; do
      report "man/needleplan-$verb.1: --$option is missing"
    done < <(comm -23 <(printf '%s\n' "$options") <(options_in "man/needleplan-$verb.1" | sort -u))
    while read -r option; do
      report "man/needleplan-$verb.1: --$option is no option of the verb"
    done < <(comm -13 <(printf '%s\n' "$options") <(options_in "man/needleplan-$verb.1" | sort -u))
  done
  while read -r option; do
    report "man/needleplan.1: --$option is no option of any verb"
  done < <(comm -13 <(sort -u <<<"$all") <(options_in man/needleplan.1 | sort -u))
}

# An option that several verbs share is described in the same words everywhere.
shared-words() {
  local different
  different=$(awk '
    FNR == 1 { item = "" }
    /^\.(It|El|Ss|Sh|Bl|Pp)/ { item = "" }
    /^\.It Fl .*Fl [a-z]/ { item = $0 }
    item != "" && (item ~ shared) && FILENAME !~ /protocol|init/ { text[FILENAME SUBSEP item] = text[FILENAME SUBSEP item] $0 "\n" }
    END {
      for (key in text) {
        split(key, part, SUBSEP)
        if (!(part[2] in first)) { first[part[2]] = text[key]; where[part[2]] = part[1] }
        else if (first[part[2]] != text[key]) print part[1] ": \"" part[2] "\" is not as in " where[part[2]]
      }
    }' shared='Fl (protocol|clinic|as-of|lang|format|output|templates|color|ascii|quiet|fail-on|findings-exit|start|days|date|time|help)' man/*.1)
  [[ -z $different ]] || report "$different"
}

# The pages are sound mdoc.
pages-lint() {
  local line
  while read -r line; do
    report "$line"
  done < <(mandoc -T lint -W warning man/*.[157] 2>&1)
}

# A command line without what differs between a page and its golden case.
plain() { sed -E -e 's/ --as-of 2026-11-23//; s/"\$OUT\/([^"]*)"/\1/g; s/^needleplan //'; }

# Every command under EXAMPLES in the manual is a golden case.
examples-are-golden() {
  local page command cases
  cases=$(cat tests/golden/*/*/args | plain)
  for page in man/*.1; do
    while read -r command; do
      grep -qxF -- "$(plain <<<"$command")" <<<"$cases" || report "$page: no golden case runs: $command"
    done < <(sed -n '/^\.Sh EXAMPLES/,/^\.Sh SEE ALSO/p' "$page" | grep -E '^needleplan ')
  done
}

# Runs one command line of README.md as a reader would, but with the program at hand.
run_line() {
  local scratch=$1 line=$2
  mkdir -p "$scratch/scripts"
  printf '#!/bin/sh\nexec "%s" "$@"\n' "$program" >"$scratch/scripts/run"
  chmod +x "$scratch/scripts/run"
  ln -sfn "$PWD/templates" "$scratch/templates"
  (cd "$scratch" && env -u NO_COLOR TZ='<+14>-14' bash -c "$line" 2>&1)
}

# The screens in README.md, blocks that begin with `$ `, are what the commands print.
readme-output() {
  local scratch written=''
  scratch=$(mktemp -d)
  written=$(
    inside=0
    while IFS= read -r line; do
      if [[ $inside -eq 0 ]]; then
        printf '%s\n' "$line"
        [[ $line == '```console' ]] && inside=1
      elif [[ $line == '```' ]]; then
        inside=0
        printf '```\n'
      elif [[ $line == '$ '* ]]; then
        printf '%s\n' "$line"
        run_line "$scratch" "${line#\$ }"
      fi
    done <README.md
    printf .
  )
  rm -rf "$scratch"
  written=${written%.}
  if [[ -n ${UPDATE-} ]]; then
    printf '%s' "$written" >README.md
  elif ! diff -u --label README.md --label "what the commands print" README.md <(printf '%s' "$written"); then
    report "README.md: a screen is not what its command prints (UPDATE=1 rewrites them)"
  fi
  local line
  while read -r line; do
    report "README.md:$line: a command prints nothing"
  done < <(awk '/^```console/ { inside = 1 } /^```$/ { if (inside && command) print FNR; inside = 0 } inside { command = /^\$ / }' README.md)
  while read -r line; do
    report "README.md:$line: a screen is wider than 80 columns"
  done < <(awk '/^```console/ { inside = 1 } /^```$/ { inside = 0 } inside && !/^\$ / && length($0) > 80 { print FNR }' README.md)
}

# The example of the library in README.md is the one that the install test builds and runs.
readme-library() {
  diff -u --label "README.md" <(awk '/^```cpp/ { inside = 1; next } /^```$/ { inside = 0 } inside' README.md) \
    tests/install/consumer/check.cpp || report "README.md: the example is not tests/install/consumer/check.cpp"
}

# templates/README.md has every name that a template may use, with the words of the table they stand in.
template-names() {
  local name summary
  while IFS=$'\t' read -r name summary; do
    grep -qF -- "| \`$name\` | " templates/README.md || report "templates/README.md: the name $name is missing"
    grep -qF -- "| $summary |" templates/README.md || report "templates/README.md: for $name it should say: $summary"
  done < <(tr '\n' ' ' <lib/needleplan/render/document_names.h | grep -oE 'Word\{"[a-z_]+", *WordKind::[a-z]+, *"[^"]*"' |
    sed -E 's/Word\{"([a-z_]+)", *WordKind::[a-z]+, *"([^"]*)"/\1\t\2/')
  while read -r name; do
    grep -qE "[\"{]$name\"" lib/needleplan/render/document_names.h lib/needleplan/render/style.h ||
      report "templates/README.md: there is no name $name"
  done < <(sed -nE 's/^\| `([a-z_]+)` \| .*/\1/p' templates/README.md)
}

if [[ $# -ne 2 || $(type -t "$1") != function ]]; then
  echo "usage: docs.sh CHECK PROGRAM" >&2
  exit 64
fi
program=$2
"$1"
exit "$broken"

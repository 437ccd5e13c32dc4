#!/usr/bin/env bash
# check.sh CHECK: one rule about the sources, looked at in the current folder, the root of the clone. Prints every line
# that breaks the rule and fails when there is one.
# shellcheck disable=SC2001,SC2046,SC2317 # our file names hold no spaces, and checks are called by name
set -uo pipefail
export LC_ALL=C

# Stages in the order of the work. A stage includes itself and those on earlier lines of lower number.
declare -A order=(
  [text]=0 [time]=0
  [io]=1
  [yaml]=2
  [profile]=3 [protocol]=3 [catalog]=3
  [evaluate]=4
  [findings]=5
  [plan]=6
  [render]=7
  [batch]=8
  [authoring]=9
)

sources() { find "$@" \( -name '*.h' -o -name '*.cpp' \) -print | sort; }
includes() { grep -nE '^[[:space:]]*#[[:space:]]*include' "$@" /dev/null; }

broken=0
report() {
  printf '%s\n' "$*"
  broken=1
}

# The program hands arguments over and results out; the library knows no command line.
thin-program() {
  local line
  while read -r line; do
    report "$line: the command line belongs to cmd/"
  done < <(includes $(sources lib) | grep -E '<CLI/')
  # Below this size the arguments are most of any program, so the share says nothing yet.
  local in_cmd in_lib
  in_cmd=$(sources cmd | xargs cat | wc -l)
  in_lib=$(sources lib | xargs cat | wc -l)
  if ((in_cmd + in_lib > 4000 && in_cmd * 4 > in_lib)); then
    report "cmd/ has $in_cmd lines and lib/ $in_lib: more than a fifth of the whole"
  fi
}

# Text and time, then files, then nodes, then the three models, then what is made of them.
stage-order() {
  local file rest stage included own='"needleplan/([a-z_]+)/'
  while IFS=: read -r file rest; do
    stage=${file#lib/needleplan/}
    stage=${stage%%/*}
    included=
    [[ $rest =~ $own ]] && included=${BASH_REMATCH[1]}
    if [[ -z ${order[$stage]-} ]]; then
      report "$file: the folder $stage is no known stage"
    elif [[ -n $included && -z ${order[$included]-} ]]; then
      report "$file:$rest: the folder $included is no known stage"
    elif [[ -n $included && $included != "$stage" ]] && ((order[$included] > order[$stage])); then
      report "$file:$rest: $included comes after $stage"
    elif [[ $rest == *'"'* && -z $included ]]; then
      report "$file:$rest: own headers are included by their full path"
    fi
  done < <(includes $(sources lib/needleplan))
}

# Text goes in and values come out: no file, no clock and no surroundings outside io/.
no-io-in-core() {
  local line
  while read -r line; do
    report "$line: files, clocks and the environment are for io/ and cmd/"
  done < <(sources lib | grep -v '^lib/needleplan/io/' | xargs grep -nE \
    '<(fstream|filesystem|iostream|fcntl\.h|unistd\.h|sys/[a-z]+\.h|ctime|time\.h)>|_clock::now|\b(getenv|printf|fprintf|fopen|localtime|gmtime)[(]' /dev/null)
  local clocks
  clocks=$(sources cmd lib | xargs grep -nE 'system_clock::now' /dev/null)
  if [[ $(grep -c . <<<"$clocks") -gt 1 ]]; then
    report "the clock is read in more than one place:"$'\n'"$clocks"
  fi
}

# Whoever includes our headers needs nobody else's.
one-door-for-libraries() {
  local line
  while read -r line; do
    report "$line: no third-party header in a header of the library"
  done < <(includes $(sources lib | grep '\.h$') | grep -E '<[^>]*/|<[^>]*\.h(pp)?>|<(fmt|yaml-cpp|CLI|doctest|simdjson|utf8proc)' |
    grep -vE '<sys/')
  while read -r line; do
    report "$line: yaml-cpp is used in lib/needleplan/yaml/ only"
  done < <(includes $(sources lib cmd | grep -v '^lib/needleplan/yaml/') | grep -E '<yaml-cpp/')
}

# Rules are data: the ids of the packs are no words of the program. An id that is also a word of the file formats
# stands in layout/format_words.txt with its reason.
no-names-in-code() {
  local ids allowed line
  ids=$(find protocols -name '*.yaml' -exec sed -nE \
    -e 's/^[[:space:]]*(- )?\{?[[:space:]]*id:[[:space:]]*"?([A-Za-z0-9][A-Za-z0-9_.-]*).*/\2/p' {} + | sort -u)
  allowed=$(sed -nE 's/^([A-Za-z0-9_.-]+)[[:space:]]+#.*/\1/p' tests/layout/format_words.txt)
  ids=$(grep -E '^.{5,}$' <<<"$ids" | grep -vxF -e "${allowed:-#}")
  [[ -n $ids ]] || return 0
  while read -r line; do
    report "$line: a name from protocols/ does not belong into code"
  done < <(sources lib cmd | xargs grep -nF "$(sed 's/.*/"&"/' <<<"$ids")" /dev/null | grep -vE '^[^:]+:[0-9]+:[[:space:]]*//')
}

# A mistake in an input is a value; only what nobody can mend there is thrown.
one-throw() {
  local line
  while read -r line; do
    report "$line: nothing is thrown here; mistakes are diagnostics"
  done < <(sources lib | grep -v '^lib/needleplan/io/' | xargs grep -nE '^[^/"]*\bthrow\b' /dev/null)
  while read -r line; do
    report "$line: caught in lib/needleplan/yaml/ and cmd/main.cpp only"
  done < <(sources lib cmd | grep -vE '^(lib/needleplan/(yaml|io)/|cmd/main\.cpp)' | xargs grep -nE '^[^/"]*\bcatch \(' /dev/null)
}

if [[ $# -ne 1 || $(type -t "$1") != function ]]; then
  echo "usage: check.sh CHECK" >&2
  exit 64
fi
"$1"
exit "$broken"

#!/usr/bin/env bash
# gate.sh PROGRAM GATE SCRATCH: whether needleplan became slow, or hungry, in ways that no busy machine can feign: quotients
# of times within one process, memory of many profiles against few, and instructions counted by valgrind.
#
# UPDATE=1 writes the count of instructions down as the new state; the difference is then the review.
set -uo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
program=$1 gate=$2 scratch=$3
state=$here/instructions.txt
broken=0
report() {
  printf '%s\n' "$*"
  broken=1
}

rm -rf "$scratch"
mkdir -p "$scratch"
/usr/bin/python3 "$here/profiles.py" -n 2000 --no-files -o "$scratch" >/dev/null || exit
/usr/bin/python3 "$here/pack.py" --many-rules >"$scratch/many.yaml" || exit
"$gate" "$scratch/all.yaml" "$scratch/many.yaml" || report "a quotient is past its bound"

# Instructions of the whole work on one profile after a first one: 11 times less once, a tenth of it. The same on every
# machine of a kind; a tenth is left for others.
count() {
  valgrind --tool=callgrind --callgrind-out-file="$scratch/callgrind" "$gate" "$scratch/all.yaml" --repeat "$1" 2>&1 |
    sed -nE 's/.*Collected : ([0-9]+)$/\1/p'
}
if ! command -v valgrind >/dev/null; then
  echo "valgrind is not here, so no instructions are counted"
else
  once=$(count 1) often=$(count 11)
  if [[ -z $once || -z $often ]]; then
    report "valgrind counted nothing"
  else
    now=$(((often - once) / 10))
    [[ -z ${UPDATE-} ]] || printf '%s\n' "$now" >"$state"
    known=$(<"$state")
    printf 'instructions for one profile: %s, at most %s and a tenth\n' "$now" "$known"
    ((now * 10 <= known * 11)) || report "a profile takes more instructions than it did"
  fi
fi

# Peak memory of a hundred thousand profiles against ten thousand, in KiB as the kernel has it for the running program.
peak() {
  local peak=0 now
  "$program" batch aftercare "$1" --days 7 --as-of 2026-11-23 -f text -j 1 -o /dev/null --findings-exit 0 --quiet &
  local pid=$!
  while now=$(sed -nE 's/^VmHWM:[^0-9]*([0-9]+) kB/\1/p' "/proc/$pid/status" 2>/dev/null) && [[ -n $now ]]; do
    peak=$now
    sleep 0.02
  done
  wait "$pid" || return
  echo "$peak"
}
if ! "$program" batch --help 2>&1 | grep -q -- --shard; then
  echo "this needleplan has no batch, so no memory is measured"
else
  for ((i = 0; i < 5; ++i)); do cat "$scratch/all.yaml"; done >"$scratch/few.yaml"
  for ((i = 0; i < 10; ++i)); do cat "$scratch/few.yaml"; done >"$scratch/many-profiles.yaml"
  if few=$(peak "$scratch/few.yaml") && many=$(peak "$scratch/many-profiles.yaml"); then
    printf 'peak memory: %s KiB for 10,000 profiles, %s KiB for 100,000\n' "$few" "$many"
    ((many - few <= 1024)) || report "memory grows with the number of profiles"
  else
    report "batch failed"
  fi
fi
rm -rf "$scratch"
exit "$broken"

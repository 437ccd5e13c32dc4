#!/usr/bin/env bash
# batch.sh CHECK PROGRAM: runs `batch` over generated clients and compares; each check is a function. ROUNDS in the
# environment (default 6) says how often a run is killed.
# shellcheck disable=SC2317 # checks are called by name
set -uo pipefail
export LC_ALL=C

program=$(readlink -f "$2")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 70
RANDOM=20261123

broken=0
report() {
  printf '%s\n' "$*"
  broken=1
}
batch() { "$program" batch --as-of 2026-11-23 "$@"; }
equal() { cmp "$1" "$2" || report "$1 and $2 differ: $3"; }

# client N: a profile; every 17th has a mistake.
client() {
  printf 'client: {id: "c-%d"}\n' "$1"
  printf 'session:\n  protocol: microneedling\n  date: 2026-12-%02d\n  areas: [face]\n' $((1 + $1 % 28))
  printf 'products:\n  - {name: retinol, last_used: 2026-11-%02d}\n' $((1 + $1 % 22))
  printf 'medicines: %s\n' "$((($1 % 3)) && echo none || echo unknown)"
  (($1 % 17)) || printf 'pregnent: yes\n'
}

# clients N: folder/ with a file each, and stream.yaml, the same as documents.
clients() {
  mkdir -p folder
  : >stream.yaml
  local i
  for ((i = 1; i <= $1; i++)); do
    client "$i" >"folder/$(printf '%06d' "$i").yaml"
    { echo ---; client "$i"; } >>stream.yaml
  done
}

# The bytes do not depend on the number of threads, and a record is what the verb prints.
threads() {
  clients 120
  local verb format jobs
  for verb in check prep procedure aftercare plan; do
    for format in ndjson text; do
      batch "$verb" stream.yaml -f "$format" -j 1 >"1.$verb" 2>"1.err"
      for jobs in 2 5; do
        batch "$verb" - -f "$format" -j "$jobs" <stream.yaml >"$jobs.$verb" 2>"$jobs.err"
        sed -i 's/standard input/stream.yaml/' "$jobs.err" "$jobs.$verb"
        equal "1.$verb" "$jobs.$verb" "$format with $jobs threads"
        equal 1.err "$jobs.err" "messages with $jobs threads"
      done
    done
    batch "$verb" folder -f ndjson >folder.out 2>/dev/null
    for ((i = 1; i <= 20; i++)); do
      "$program" "$verb" --as-of 2026-11-23 -f ndjson "folder/$(printf '%06d' "$i").yaml" 2>/dev/null
    done | grep -v '"record":"error"' >single.out
    head -n 20 folder.out | grep -v '"record":"error"' >first.out
    equal single.out first.out "$verb of one client and of many"
  done
  batch stream.yaml -f csv >csv 2>/dev/null
  (($(wc -l <csv) == 121)) || report "csv has no row for each client"
}

# All shards together have every record once, at its position.
shards() {
  clients 200
  batch stream.yaml -f ndjson >whole 2>/dev/null
  local i
  for ((i = 1; i <= 20; i++)); do
    batch stream.yaml -f ndjson --shard "$i/20" >"part.$i" 2>/dev/null
  done
  for ((i = 1; i <= 20; i++)); do sed '$d' "part.$i"; done | sort -t: -k3,3n |
    sed -E 's/^(\{"schema_version":"1"),"at":[0-9]+/\1/' >together
  sed '$d' whole >expected
  equal expected together "20 shards"
  SLURM_ARRAY_TASK_ID=7 SLURM_ARRAY_TASK_MIN=5 SLURM_ARRAY_TASK_MAX=24 SLURM_ARRAY_TASK_COUNT=20 \
    batch stream.yaml -f ndjson --shard auto >slurm 2>/dev/null
  equal part.3 slurm "a Slurm task"
  JOB_COMPLETION_INDEX=2 JOB_COMPLETIONS=20 batch stream.yaml -f ndjson --shard auto >indexed 2>/dev/null
  equal part.3 indexed "an indexed job"
  batch stream.yaml --shard auto >out 2>err
  (($? == 64)) || report "--shard auto without a scheduler is no usage error"
  JOB_COMPLETION_INDEX=2 batch stream.yaml --shard auto >out 2>err
  (($? == 64)) || report "--shard auto with half a scheduler is no usage error"
}

# Parts that batch wrote come together to the bytes and the exit status of one run, or are refused.
merged() {
  clients 200
  local verb options code
  for verb in check aftercare; do
    options=()
    [[ $verb = check ]] || options=(--days 3)
    batch "$verb" stream.yaml -f ndjson "${options[@]}" >whole 2>/dev/null
    code=$?
    local i
    local parts=() mixed=() lot
    for ((i = 1; i <= 20; i++)); do
      batch "$verb" stream.yaml -f ndjson "${options[@]}" --shard "$i/20" >"part.$i" 2>/dev/null
      parts+=("part.$i")
    done
    "$program" merge "${parts[@]}" --expect 200 >all
    lot=$?
    ((lot == code)) || report "$verb: merge ends with $lot, the whole run with $code"
    equal whole all "$verb, 20 shards"
    # Any order and grouping: shuffled, cut into heaps, the heaps merged, some of them merged again.
    local round
    for ((round = 0; round < 4; round++)); do
      mapfile -t mixed < <(printf '%s\n' "${parts[@]}" | sort -R --random-source=<(yes "$verb$round"))
      local at=0 take heaps=()
      while ((at < 20)); do
        take=$((1 + RANDOM % 7))
        "$program" merge "${mixed[@]:at:take}" >"heap.$at"
        heaps+=("heap.$at")
        at=$((at + take))
      done
      if ((${#heaps[@]} > 2)); then
        "$program" merge "${heaps[-1]}" "${heaps[0]}" >heaped
        heaps=("${heaps[@]:1:${#heaps[@]}-2}" heaped)
      fi
      "$program" merge "${heaps[@]}" >all
      equal whole all "$verb, round $round: ${mixed[*]}"
    done
  done

  # refused REASON PART...: nothing is written, the status is 78 and the message has the reason.
  refused() {
    local reason=$1
    shift
    "$program" merge "$@" >out 2>err
    local ended=$?
    ((ended == 78)) || report "$reason: ends with $ended"
    [[ -s out ]] && report "$reason: something is written"
    grep -qF -- "$reason" err || report "$reason: $(cat err)"
  }
  batch stream.yaml -f ndjson >whole 2>/dev/null
  for ((i = 1; i <= 3; i++)); do
    batch stream.yaml -f ndjson --shard "$i/3" >"of3.$i" 2>/dev/null
  done
  batch stream.yaml -f ndjson --shard 3/4 >of4.3 2>/dev/null
  batch stream.yaml -f ndjson --lang de --shard 3/3 >german 2>/dev/null
  "$program" batch stream.yaml --as-of 2026-11-24 -f ndjson --shard 3/3 >later 2>/dev/null
  batch prep stream.yaml -f ndjson --shard 3/3 >prep 2>/dev/null
  sed '$d' of3.3 >killed
  sed 5d of3.3 >short
  { tac of3.3 | sed 1d && tail -n 1 of3.3; } >backwards
  # One record moved to a position that another has, the number of records left as it was.
  sed -E "1s/\"at\":[0-9]+/$(head -n 1 of3.1 | grep -oE '"at":[0-9]+')/" of3.3 >moved
  refused 'nobody: No such file or directory' of3.1 nobody
  refused 'killed: has no summary at its end' of3.1 of3.2 killed
  refused 'short: has 65 records, but its summary says 66' of3.1 of3.2 short
  refused 'has shard 2, which of3.2 has too' of3.1 of3.2 of3.2 of3.3
  refused 'of4.3: is a shard of 4, but of3.1 is a shard of 3' of3.1 of3.2 of4.3
  refused 'later: its as_of is "2026-11-24"' of3.1 of3.2 later
  refused 'prep: its verb is "prep"' of3.1 of3.2 prep
  refused 'german: its options is {"lang":"de"}' of3.1 of3.2 german
  refused 'have 200 records, and 201 are expected' of3.1 of3.2 of3.3 --expect 201
  refused 'have 130 records, and 200 are expected' of3.1 of3.3 --expect 200
  refused 'is not in order' of3.1 backwards
  refused 'is in another part too' of3.1 of3.2 moved
  refused 'has a client with the same profile' whole whole

  # Parts that are no shards, as from a list cut up by another program.
  local half=("folder/000"{001..100}.yaml) rest=("folder/000"{101..200}.yaml)
  batch "${half[@]}" -f ndjson >first 2>/dev/null
  batch "${rest[@]}" -f ndjson >second 2>/dev/null
  batch folder -f ndjson >given 2>/dev/null
  "$program" merge first second --expect 200 >all
  equal given all "parts that are no shards"
}

# A run that is killed or told to end somewhere, then --resume: as if it had run through.
killed() {
  clients 300
  batch plan stream.yaml -f ndjson -o whole 2>/dev/null
  local code=$? round signal pid bytes
  bytes=$(wc -c <stream.yaml)
  mkfifo pipe
  for ((round = 0; round < ${ROUNDS:-6}; round++)); do
    signal=KILL
    ((round % 2)) && signal=TERM
    rm -f out out.part out.part.journal
    (exec "$program" batch plan - --as-of 2026-11-23 -j 2 -f ndjson -o out <pipe 2>/dev/null) &
    pid=$!
    exec 3>pipe
    head -c $((RANDOM * bytes / 32768)) stream.yaml >&3
    sleep "0.0$((RANDOM % 10))"
    kill -"$signal" "$pid"
    wait "$pid"
    local ended=$?
    exec 3>&-
    [[ $signal = TERM ]] && ((ended != 143)) && report "SIGTERM gives $ended"
    [[ -e out ]] && report "after $signal there is an output that looks whole"
    batch plan stream.yaml -f ndjson -o out --resume 2>err
    ended=$?
    ((ended == code)) || report "after $signal and --resume the exit status is $ended, not $code"
    equal whole out "after $signal"
    [[ -e out.part || -e out.part.journal ]] && report "something is left over"
  done
  # Parts that were changed are done again, and another run is refused.
  head -c 5000 stream.yaml | batch plan - -f ndjson -o out --max-errors 1 2>/dev/null
  [[ -e out.part ]] || report "--max-errors leaves no part"
  printf x | dd of=out.part bs=1 seek=300 conv=notrunc status=none
  batch check stream.yaml -f ndjson -o out --resume 2>err
  (($? == 78)) || report "--resume goes on with another verb"
  grep -q 'verb is "check" now and was "plan"' err || report "$(cat err)"
  batch plan stream.yaml -f ndjson -o out --resume 2>err
  equal whole out "after a part was changed"
}

# The list of a day: a file of it is what standard output has, and is whole or not there.
due() {
  clients 200
  "$program" due folder --on 2026-12-09 -f ndjson >printed 2>/dev/null
  (($? == 65)) || report "a mistake in a profile is not 65"
  "$program" due stream.yaml --on 2026-12-09 -f ndjson -o written 2>/dev/null
  equal <(grep -v '"record":"error"' printed) <(grep -v '"record":"error"' written) "a folder and a stream, printed and written"
  grep -q '"clients":189,.*"errors":11' written || report "$(tail -n 1 written)"
  [[ $(stat -c %a written) = 600 ]] || report "others can read the list"
  batch check stream.yaml -f ndjson >checked 2>/dev/null
  equal <(grep '"record":"error"' checked) <(grep '"record":"error"' written) "the error records of batch and of due"
  local form jobs
  for form in text csv ndjson; do
    "$program" due stream.yaml --on 2026-12-09 -f $form -j 1 >one 2>one.err
    for jobs in 2 4 7; do
      "$program" due stream.yaml --on 2026-12-09 -f $form -j $jobs >many 2>many.err
      equal one many "$form with one thread and $jobs"
      equal one.err many.err "what is told of $form with one thread and $jobs"
    done
  done
  (
    ulimit -f 8
    trap '' XFSZ
    exec "$program" due stream.yaml --on 2026-12-09 -f ndjson -o full 2>err
  )
  (($? == 74)) || report "a full disk is not 74: $(cat err)"
  [[ -e full ]] && report "a full disk leaves a list that looks whole"
  "$program" due stream.yaml --on 2026-12-09 -f csv >&- 2>/dev/null
  (($? == 74)) || report "a closed standard output is not 74"
}

# One file a client: names, equal files, names that meet, many files.
folder() {
  clients 40
  batch aftercare stream.yaml -f text -f json --out-dir out >records 2>/dev/null
  [[ $(find out -type f | wc -l) = $((2 * 38)) ]] || report "there are $(find out -type f | wc -l) files"
  [[ $(grep -c '"record":"error"' records) = 2 ]] || report "not 2 error records"
  [[ $(stat -c %a out/c-1.aftercare.txt) = 600 ]] || report "others can read the files"
  "$program" aftercare --as-of 2026-11-23 folder/000001.yaml >single
  equal single out/c-1.aftercare.txt "one client and many"
  find out -type f -printf '%p %i\n' | sort >before
  batch aftercare folder -f text -f json --out-dir out >/dev/null 2>&1
  find out -type f -printf '%p %i\n' | sort >after
  equal before after "equal files are left alone"
  {
    client 1 | sed 's/c-1/..\/x/'
    echo ---
    client 2 | sed 's/c-2/CON/'
    echo ---
    client 3 | sed 's/c-3/Anna/'
    echo ---
    client 4 | sed 's/c-4/anna/'
  } >odd.yaml
  batch odd.yaml -f ndjson --out-dir odd >records 2>err
  (($? == 65)) || report "a name that is taken is no error"
  [[ $(find . -name '*x*check*' | wc -l) = 1 && -z $(find .. -maxdepth 1 -name 'x*check*') ]] || report "an id is a path"
  [[ -e odd/Anna.check.ndjson && ! -e odd/anna.check.ndjson && -n $(find odd -name 'CON-*') ]] || report "names: $(ls odd)"
  grep -q '"client":"anna","message"' records || report "$(cat records)"
  batch - -f ndjson --out-dir many <odd.yaml >/dev/null 2>&1
  [[ -n $(find many -path 'many/??/Anna.check.ndjson') ]] || report "no folders within: $(find many)"
}

# What cannot be written or read.
trouble() {
  clients 200
  (
    ulimit -f 8
    trap '' XFSZ
    exec "$program" batch stream.yaml --as-of 2026-11-23 -f ndjson -o full 2>err
  )
  (($? == 74)) || report "a full disk is not 74: $(cat err)"
  [[ -e full.part && ! -e full ]] || report "a full disk leaves no part"
  batch stream.yaml -f ndjson -o full --resume 2>/dev/null
  batch stream.yaml -f ndjson >whole 2>/dev/null
  equal whole full "after a full disk"
  batch stream.yaml -o missing/out 2>/dev/null
  (($? == 73)) || report "a folder that is not there is not 73"
  batch stream.yaml -f ndjson >&- 2>/dev/null
  (($? == 74)) || report "a closed standard output is not 74"
  batch stream.yaml -f ndjson 2>/dev/null | head -n 1 >/dev/null
  ((PIPESTATUS[0] == 74)) || report "a reader that goes away is not 74"
  batch none.yaml folder -f ndjson >out 2>/dev/null
  (($? == 66)) || report "a missing file is not 66"
  grep -q '"record":"summary".*"total":201,"records":201,"errors":12' out || report "$(tail -n 1 out)"
  batch - </dev/null >/dev/null 2>&1
  (($? == 66)) || report "no record is not 66"
  batch stream.yaml -f ndjson --max-errors 3 >out 2>/dev/null
  (($? == 65)) || report "--max-errors is not 65"
  [[ $(grep -c '"record":"error"' out) = 3 ]] || report "--max-errors 3 gives $(grep -c '"record":"error"' out)"
  grep -q '"record":"summary"' out && report "a stream that is not complete has a summary"
  find folder -name '*.yaml' -print0 | sort -z >list
  batch --files-from list -f ndjson >listed 2>/dev/null
  batch folder -f ndjson >given 2>/dev/null
  equal given listed "--files-from"
  batch stream.yaml --summary rows.csv -f ndjson >/dev/null 2>&1
  batch stream.yaml -f csv >csv 2>/dev/null
  equal csv rows.csv "--summary"
}

if [[ $# -ne 2 || $(type -t "$1") != function ]]; then
  echo "usage: batch.sh CHECK PROGRAM" >&2
  exit 64
fi
"$1"
exit "$broken"

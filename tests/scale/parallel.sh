#!/usr/bin/env bash
# parallel.sh PROGRAM: the recipes for GNU parallel on one machine.
# shellcheck source-path=SCRIPTDIR
source "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"
need parallel
begin "$1"
export PARALLEL_HOME=$scratch/parallel # nothing of the user's own settings counts
mkdir "$PARALLEL_HOME"

# run_recipe WAY NAME
run_recipe() {
  rm -rf parts night.ndjson parallel.log
  seconds bash -c "$(recipe "$2")"
  exits "$1" 65
  (($(tail -n +2 parallel.log | wc -l) > 1)) || fail "$1: was not cut into several jobs"
  # Findings fail no job; only those with a client that cannot be read do.
  [[ $(cut -f7 parallel.log | sort -u | tr '\n' ' ') =~ ^(0\ )?65\ Exitval\ $ ]] ||
    fail "$1: exit codes of jobs: $(cut -f7 parallel.log | sort | uniq -c | tr '\n' ' ')"
  same_bytes "$1" "$took"
}

make_clients "$clients" clients.yaml yaml
one_process clients.yaml
run_recipe 'parallel, YAML stream' parallel-yaml

# Yesterday's parts are never put among those of today.
seconds bash -c "$(recipe parallel-yaml)"
((code != 0 && code != 65)) || fail 'parts of an earlier run were taken'

# A part that is not whole is refused.
rm night.ndjson
part=$(find parts -name '*.ndjson' | sort | tail -n 1)
sed -i '$d' "$part"
seconds needleplan merge parts/*.ndjson --output night.ndjson
[[ $code -eq 78 && ! -e night.ndjson ]] || fail 'a part without its summary was taken'
rm "$part"
seconds bash -c "$(recipe parallel-yaml | merge_only)"
[[ $code -eq 78 && ! -e night.ndjson ]] || fail 'the last part was missing and nobody noticed'

make_clients "$clients" clients.ndjson ndjson
one_process clients.ndjson
run_recipe 'parallel, NDJSON' parallel-ndjson

#!/usr/bin/env bash
# indexed.sh PROGRAM: the scripts in the manifests for Kubernetes and the recipe for AWS Batch, with the variables that
# these would set. There is no cluster here.
# shellcheck source-path=SCRIPTDIR
source "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"
begin "$1"

make_clients "$clients" clients.yaml yaml
one_process clients.yaml

completions=$(recipe kubernetes-check | sed -nE 's/^ *completions: ([0-9]+)$/\1/p')
told=$(recipe kubernetes-check | sed -nE 's/.*name: JOB_COMPLETIONS, value: "([0-9]+)".*/\1/p')
[[ -n $completions && $told == "$completions" ]] || fail "JOB_COMPLETIONS is $told, completions is $completions"
from=$EPOCHREALTIME
for ((i = 0; i < completions; ++i)); do
  seconds env JOB_COMPLETION_INDEX="$i" JOB_COMPLETIONS="$told" /bin/sh -c "$(shell_of kubernetes-check)"
  exits "Kubernetes, index $i" 0
done
seconds /bin/sh -c "$(shell_of kubernetes-merge)"
exits 'Kubernetes, merge' 0
same_bytes 'Kubernetes, the scripts of the manifests' \
  "$(awk -v from="$from" -v to="$EPOCHREALTIME" 'BEGIN { printf "%.2f", to - from }')"

# A merge that refuses has failed, unlike one that met a client who cannot be read.
mv parts/3.ndjson kept
seconds /bin/sh -c "$(shell_of kubernetes-merge)"
[[ $code -eq 78 && ! -e night.ndjson ]] || fail "Kubernetes: a merge that refused counts as done: exit $code"
mv kept parts/3.ndjson

# A container that failed for another reason is one that failed.
seconds env JOB_COMPLETION_INDEX=0 /bin/sh -c "$(shell_of kubernetes-check)"
exits 'Kubernetes, without the number of shards' 64

rm -rf parts night.ndjson
for ((i = 0; i < 3; ++i)); do
  seconds env AWS_BATCH_JOB_ARRAY_INDEX="$i" AWS_BATCH_JOB_ARRAY_SIZE=3 bash -c "$(recipe aws)"
  exits "AWS Batch, index $i" 0
done
seconds /bin/sh -c "$(shell_of kubernetes-merge)"
exits 'AWS Batch, merge' 0
same_bytes 'AWS Batch, the command of a child'

#!/usr/bin/env bash
# slurm.sh PROGRAM: the recipe for Slurm, with a cluster of one node that is started for the test in a folder of its own.
# shellcheck source-path=SCRIPTDIR disable=SC2154 # `array` comes from the recipe that submits
source "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"
PATH=$PATH:/usr/sbin
need munged slurmctld slurmd sbatch squeue scontrol
((EUID == 0)) || skip 'only root can start a Slurm node that runs jobs'
begin "$1"

cluster=$scratch/cluster
mkdir -p "$cluster"/{state,spool}
chmod 755 "$scratch" "$cluster" # munged trusts no socket that others could have put there, or cannot reach
export SLURM_CONF=$cluster/slurm.conf
port=$((20000 + $$ % 20000))
cat >"$SLURM_CONF" <<END
ClusterName=needleplan-test
SlurmctldHost=$(hostname -s)(127.0.0.1)
SlurmctldPort=$port
SlurmdPort=$((port + 1))
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
CredType=cred/munge
AuthInfo=socket=$cluster/munge.socket
StateSaveLocation=$cluster/state
SlurmdSpoolDir=$cluster/spool
SlurmctldPidFile=$cluster/slurmctld.pid
SlurmdPidFile=$cluster/slurmd.pid
SlurmctldLogFile=$cluster/slurmctld.log
SlurmdLogFile=$cluster/slurmd.log
MailProg=/bin/true
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerType=sched/builtin
SchedulerParameters=batch_sched_delay=0
SlurmdParameters=config_overrides
ReturnToService=2
NodeName=$(hostname -s) NodeAddr=127.0.0.1 CPUs=4 State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
END

stop() {
  local daemon pid
  scancel --user=root 2>/dev/null
  for daemon in slurmd slurmctld munged; do
    [[ -s $cluster/$daemon.pid ]] || continue
    pid=$(<"$cluster/$daemon.pid")
    kill "$pid" 2>/dev/null
    while kill -0 "$pid" 2>/dev/null; do sleep 0.05; done
  done
}

# wait_for SECONDS COMMAND...: until it succeeds.
wait_for() {
  local until=$((SECONDS + $1))
  while ! "${@:2}"; do
    ((SECONDS < until)) || return 1
    sleep 0.1
  done
}

head -c 1024 /dev/urandom >"$cluster/munge.key"
chmod 400 "$cluster/munge.key"
munged --force --key-file="$cluster/munge.key" --socket="$cluster/munge.socket" --pid-file="$cluster/munged.pid" \
  --log-file="$cluster/munged.log" --seed-file="$cluster/munged.seed" 2>/dev/null ||
  skip "munged did not start: $(tail -n 2 "$cluster/munged.log")"
slurmctld 2>"$scratch/said" || skip "slurmctld did not start: $(tail -n 2 "$scratch/said" "$cluster/slurmctld.log")"
slurmd 2>"$scratch/said" || skip "slurmd did not start: $(tail -n 2 "$scratch/said" "$cluster/slurmd.log")"
ready() { [[ $(sinfo --noheader --format=%T 2>/dev/null) == idle ]]; }
wait_for 30 ready || skip "the node did not become ready: $(tail -n 3 "$cluster/slurmctld.log")"

# Task 7 is shot in the middle of its work the first time: its input stops half-way, and then the end comes.
mv "$scratch/bin/needleplan" "$scratch/bin/whole"
cat >"$scratch/bin/needleplan" <<END
#!/usr/bin/env bash
if [[ \${SLURM_ARRAY_TASK_ID-} == 7 && -e $scratch/shoot ]]; then
  rm "$scratch/shoot"
  mkfifo "$scratch/half"
  "$scratch/bin/whole" "\${@/#clients.yaml/-}" <"$scratch/half" &
  exec 3>"$scratch/half"
  head -c \$((\$(stat -c %s clients.yaml) / 2)) clients.yaml >&3
  for ((i = 0; i < 50; ++i)); do [[ -s parts/7.ndjson.part ]] && break; sleep 0.1; done
  stat -c %s parts/7.ndjson.part >"$scratch/written"
  kill -KILL \$!
  wait \$!
  exit
fi
exec "$scratch/bin/whole" "\$@"
END
chmod +x "$scratch/bin/needleplan"

# submitted COMMANDS: runs them, waits until the merge that they end with is over, and sets `took` and `code`, its exit.
submitted() {
  local from=$EPOCHREALTIME said merge
  set +u
  eval "$1" >"$scratch/said" 2>&1 || fail "could not be submitted: $(<"$scratch/said")"
  set -u
  said=$(<"$scratch/said")
  merge=${said##*job }
  over() { [[ $(scontrol show job "$merge") =~ JobState=(COMPLETED|FAILED|CANCELLED) ]]; }
  wait_for 180 over || fail "did not end: $(squeue)"
  took=$(awk -v from="$from" -v to="$EPOCHREALTIME" 'BEGIN { printf "%.2f", to - from }')
  code=$(scontrol show job "$merge" | sed -nE 's/.* ExitCode=([0-9]+):.*/\1/p')
  cp merge.log "$scratch/said"
}

# exits_of_tasks: how many tasks of the array ended with which code (signals count as 128 and more).
exits_of_tasks() {
  scontrol show job "$array" | awk '
    match($0, /ExitCode=[0-9]+:[0-9]+/) {
      split(substr($0, RSTART + 9, RLENGTH - 9), part, ":")
      print part[1] + (part[2] ? 128 + part[2] : 0)
    }' | sort -n | uniq -c | tr -s ' \n' ' '
}

make_clients "$clients" clients.yaml yaml
one_process clients.yaml
recipe slurm-check >check.sbatch
recipe slurm-merge >merge.sbatch
bad=$(($(grep -c '"record":"error"' one.ndjson)))

submitted "$(recipe slurm-submit)"
exits 'Slurm, 20 tasks' 65
same_bytes 'Slurm, 20 tasks' "$took"
[[ $(exits_of_tasks) =~ ^\ [0-9]+\ 0\ [0-9]+\ 65\ $ ]] || fail "exit codes of tasks: $(exits_of_tasks)"
# shellcheck disable=SC2012 # names of digits
[[ $(ls -l parts/* merge.log night.ndjson | cut -c1-10 | sort -u) == -rw------- ]] || fail 'others may read the results'

# One task is killed: merge refuses the rest. Run again, it goes on where it was, and the bytes are those of one process.
rm -rf parts night.ndjson merge.log
touch "$scratch/shoot"
submitted "$(recipe slurm-submit)"
[[ $code -ne 0 && ! -e night.ndjson ]] || fail "a killed task was not missed: exit $code"
[[ $(exits_of_tasks) == *" 1 137 "* ]] || fail "no task was killed: $(exits_of_tasks)"
[[ $(<"$scratch/written") -gt 0 ]] || fail 'the killed task had written nothing yet'
printf 'Slurm, one task killed: merge refuses, exit %s: %s\n' "$code" "$(tail -n 1 merge.log)"
# Slurm would let it wait for two minutes first; here it need not.
submitted "$(recipe slurm-again)"$'\nscontrol update JobId="${array}_7" StartTime=now'
exits 'Slurm, killed task requeued' 65
same_bytes 'Slurm, killed task requeued'

# The same, when the scheduler has forgotten the array.
rm -rf parts night.ndjson merge.log "$scratch/half"
touch "$scratch/shoot"
submitted "$(recipe slurm-submit)"
[[ ! -e night.ndjson ]] || fail 'a killed task was not missed'
submitted "$(recipe slurm-alone)"
exits 'Slurm, killed task submitted alone' 65
same_bytes 'Slurm, killed task submitted alone'
((bad > 1)) || fail 'the clients do not try what they should'

#!/usr/bin/env bash
# ssh.sh PROGRAM: the recipes for GNU parallel over ssh, with two servers on addresses of this machine that stand for two
# hosts. Keys and settings are made for the test; those of the machine and of the user are neither read nor changed.
# shellcheck source-path=SCRIPTDIR
source "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"
PATH=$PATH:/usr/sbin
need parallel ssh ssh-keygen sshd
begin "$1"
export PARALLEL_HOME=$scratch/parallel
mkdir "$PARALLEL_HOME" "$scratch/home" # the shells of the hosts find nothing to start with either

keys=$scratch/keys
mkdir -m 700 "$keys"
# A server of root wants this folder to be there; where it was not, it goes away again.
made_folder=0
if ((EUID == 0)) && [[ ! -d /run/sshd ]]; then
  mkdir -m 755 /run/sshd || skip 'there is no /run/sshd'
  made_folder=1
fi
ssh-keygen -q -t ed25519 -N '' -C client -f "$keys/client" || fail 'no key could be made'

stop() {
  local host
  for host in north south; do host_down "$host"; done
  ((made_folder == 0)) || rmdir /run/sshd
}

host_down() {
  [[ -e $keys/$1.pid ]] || return 0
  local pid
  pid=$(<"$keys/$1.pid")
  kill "$pid" 2>/dev/null
  while kill -0 "$pid" 2>/dev/null; do sleep 0.05; done
}

# host_up NAME: the server of that host, listening before this returns.
host_up() {
  local tries
  /usr/sbin/sshd -f "$keys/$1.conf" -E "$keys/$1.log" || skip "the server of $1 did not start: $(tail -n 2 "$keys/$1.log")"
  for ((tries = 0; tries < 50; ++tries)); do
    ssh -F "$keys/config" "$1" true 2>/dev/null && return
    sleep 0.1
  done
  skip "$1 cannot be reached: $(tail -n 3 "$keys/$1.log")"
}

# settings NAME ADDRESS PORT
settings() {
  ssh-keygen -q -t ed25519 -N '' -C "$1" -f "$keys/$1" || fail 'no key could be made'
  cat >"$keys/$1.conf" <<END
ListenAddress $2:$3
HostKey $keys/$1
PidFile $keys/$1.pid
AuthorizedKeysFile $keys/client.pub
StrictModes no
AllowUsers $(id -un)
PermitRootLogin prohibit-password
PasswordAuthentication no
KbdInteractiveAuthentication no
UsePAM no
MaxStartups 100
SetEnv PATH=$scratch/bin:/usr/bin:/bin HOME=$scratch/home
END
  printf '[%s]:%s %s\n' "$2" "$3" "$(cut -d' ' -f1,2 "$keys/$1.pub")" >>"$keys/known_hosts"
  printf 'Host %s\n  HostName %s\n  Port %s\n' "$1" "$2" "$3" >>"$keys/config"
}
port=$((20000 + $$ % 20000))
settings north 127.0.0.2 "$port"
settings south 127.0.0.3 "$port"
cat >>"$keys/config" <<END
Host *
  User $(id -un)
  IdentityFile $keys/client
  IdentitiesOnly yes
  IdentityAgent none
  UserKnownHostsFile $keys/known_hosts
  GlobalKnownHostsFile none
  StrictHostKeyChecking yes
  BatchMode yes
END
host_up north
host_up south
export PARALLEL_SSH="ssh -F $keys/config"

# both_worked WAY: neither host did all of it.
both_worked() {
  local host
  for host in north south; do
    cut -f2 parallel.log | grep -qx "$host" || fail "$1: nothing was done on $host"
  done
}

make_clients "$clients" clients.yaml yaml
one_process clients.yaml

seconds bash -c "$(recipe ssh-stream)"
exits 'ssh, stream' 65
both_worked 'ssh, stream'
same_bytes 'parallel over ssh to two hosts, stream' "$took"

# A host that is down from the beginning is left out.
host_down south
rm -rf parts night.ndjson parallel.log
seconds bash -c "$(recipe ssh-stream)"
exits 'ssh, stream, one host down' 65
same_bytes 'parallel over ssh, stream, one of two hosts down' "$took"

# The page warns of trying again jobs that are fed a part of a stream. Should somebody do it, what comes out is right or
# refused; which of the two is a matter of moments.
stream_with() { recipe ssh-stream | sed -e 's/--filter-hosts//' -e "s/--joblog/$1 &/"; }
never_wrong() { [[ ! -e night.ndjson ]] || cmp one.ndjson night.ndjson || fail "ssh, stream, $1: wrong, and nobody noticed"; }
rm -rf parts night.ndjson parallel.log
seconds bash -c "$(stream_with '--retries 3')"
never_wrong 'with retries'
rm -rf parts night.ndjson parallel.log
seconds bash -c "$(stream_with '')"
cut -f7 parallel.log | grep -qx 255 || fail 'ssh, stream: no job failed though a host was down'
[[ ! -e night.ndjson ]] || fail 'ssh, stream: a host was down, and its clients were not missed'
host_up south
seconds bash -c "$(stream_with --resume-failed | sed 's/^mkdir parts && //')"
never_wrong 'resumed'

# Shards may be tried again, on the other host too.
rm -rf parts night.ndjson parallel.log
seconds bash -c "$(recipe ssh-shards)"
exits 'ssh, shards' 65
both_worked 'ssh, shards'
same_bytes 'parallel over ssh to two hosts, shards in a shared folder' "$took"

host_down south
rm -rf parts night.ndjson parallel.log
seconds bash -c "$(recipe ssh-shards)"
exits 'ssh, shards, one host down' 65
same_bytes 'parallel over ssh, shards, one of two hosts down' "$took"

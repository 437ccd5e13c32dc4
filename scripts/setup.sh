# shellcheck shell=bash disable=SC2034,SC2154 # root comes from the script that sources this; the lists go to it
# Sourced by the scripts beside it: what needleplan is built with, and how it is built.
#
# Everything said here goes to standard error, and nothing is said when there is nothing to do.

# The packages of Debian 12 that are needed, all of them named here and nowhere else.
build_packages=(
  cmake ninja-build g++
  libfmt-dev libyaml-cpp-dev libcli11-dev libutf8proc-dev libmd-dev libxxhash-dev
)
test_packages=(
  doctest-dev librapidcheck-dev libsimdjson-dev
  mandoc # checks the manual pages
  python3-yaml # makes the profiles of tests/bench
)
full_test_packages=(
  clang clang-tidy clang-format
  libclang-rt-14-dev # the sanitizers
  libbenchmark-dev valgrind # the gate of tests/bench, and the micro-benchmarks beside it
  parallel openssh-client openssh-server slurmctld slurmd slurm-client munge # tests/scale
)

say() { printf '%s\n' "needleplan: $*" >&2; }

# 70, as for any fault that is not in what the caller handed over.
give_up() {
  say "$*"
  exit 70
}

# install_packages NAME...: installs those that are missing. Without a missing one, neither network nor rights are needed.
install_packages() {
  local -A have=()
  local name state missing=()
  while read -r name state; do
    [[ $state != installed ]] || have[$name]=1
  done < <(dpkg-query --show --showformat '${Package} ${db:Status-Status}\n' "$@" 2>/dev/null)
  for name; do
    [[ -n ${have[$name]-} ]] || missing+=("$name")
  done
  ((${#missing[@]})) || return 0

  local as_root=()
  if ((EUID != 0)); then
    command -v sudo >/dev/null || give_up "these packages are needed, and installing them needs root: ${missing[*]}"
    as_root=(sudo)
  fi
  say "installing ${missing[*]}"
  local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get --quiet --quiet)
  # The lists at hand may be old or none at all, so they are fetched once, whatever comes of it.
  "${apt[@]}" update >&2 || say "the package lists could not be fetched; trying those at hand"
  "${apt[@]}" --yes --option Dpkg::Use-Pty=0 install --no-install-recommends "${missing[@]}" >&2 ||
    give_up "these packages could not be installed: ${missing[*]}"
}

# One build at a time in this clone. The lock ends with the script, or with the file descriptor.
lock_build() {
  mkdir -p "$root/build"
  exec {lock}>"$root/build/.lock"
  flock "$lock"
}
unlock_build() { exec {lock}>&-; }

# build_preset PRESET [CMAKE_ARGUMENT...] [-- TARGET...]: configures where that was not done yet, and builds what changed.
build_preset() {
  local preset=$1 folder=$root/build/$1 arguments=() targets=()
  shift
  while (($#)) && [[ $1 != -- ]]; do
    arguments+=("$1")
    shift
  done
  (($#)) && targets=("${@:2}")

  # A clone that was moved or copied remembers paths that are no longer its own.
  if [[ -e $folder/CMakeCache.txt ]] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$folder/CMakeCache.txt"; then
    rm -rf "$folder"
  fi
  if [[ ! -e $folder/build.ninja ]] || ((${#arguments[@]})); then
    cmake -S "$root" --preset "$preset" "${arguments[@]}" >&2 || give_up "the build could not be configured"
  fi
  ninja -C "$folder" "${targets[@]}" >&2 || give_up "needleplan could not be built"
}

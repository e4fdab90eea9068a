# Installs the Debian packages that the lists given name, in one go. Sourced by ./quickstart and ./run-tests.

# wanted_packages FILE...: the names in the lists
wanted_packages() { awk '!/^#/ && NF {print $1}' "$@"; }

# missing_packages FILE...: those of them that are not installed
missing_packages() {
  local name
  for name in $(wanted_packages "$@"); do
    dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q 'install ok installed' || echo "$name"
  done
}

# install_packages LOG FILE...
install_packages() {
  local log=$1; shift
  local missing; missing=$(missing_packages "$@")
  [ -n "$missing" ] || return 0
  local as_root=''
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || { echo "These packages are missing and need root: $missing" >&2; return 1; }
    as_root='sudo'
  fi
  export DEBIAN_FRONTEND=noninteractive
  # shellcheck disable=SC2086  # the names are words
  { $as_root env DEBIAN_FRONTEND=noninteractive apt-get update &&
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing; } \
    >"$log" 2>&1 </dev/null || { tail -20 "$log" >&2; return 1; }
}

# step NAME COMMAND...: runs it, prints how long it took
step() {
  local name=$1 begin=$SECONDS; shift
  printf '%-34s' "$name"
  if "$@"; then printf ' %4d s\n' $((SECONDS - begin)); else printf ' failed\n'; return 1; fi
}

# logged LOG COMMAND...: output goes to LOG; its end is shown if the command fails
logged() {
  local log=$1; shift
  "$@" >"$log" 2>&1 </dev/null || { echo; tail -20 "$log" >&2; echo "whole log: $log" >&2; return 1; }
}

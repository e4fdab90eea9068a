#!/usr/bin/env bash
# A whole fleet comes for its first configuration within ten minutes, with secrets, through a few NAT addresses.
#
#   tools/bench/storm.sh STAMPEDE [PHONES] [SECONDS]        100000 600
#
# All must be served and none banned; the guard counts, as loopback is not allowed here. Needs a release build, some GiB
# under /tmp, and as long as it says. Devices have P-256 keys, so that the load generator keeps up on the same machine.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
stampede=$(realpath "${1:?usage: tools/bench/storm.sh STAMPEDE [PHONES] [SECONDS]}")
phones=${2:-100000} seconds=${3:-600}
pki_options=(--device-key p256)
guard='guard: {allow: ["192.0.2.1"]}'
first_visit=no
. tools/bench/servers.sh
ulimit -n "$(ulimit -Hn)"
serve storm 18480 ecdsa purge
taskset -c 1 "$stampede/build/stampede" --port 18480 --ca "$work/pki/root-ca.pem" --cert-dir "$work/pki/devices" \
  --count "$phones" --rate $((phones / seconds + 1)) --poisson --connections 2000 --tls 1.3 \
  --expect-body '{mac}' --server-pid "$pid_storm"
echo "$("$program" ban list | tail -n +2 | wc -l) networks banned"
awk '/VmRSS|VmHWM/' "/proc/$pid_storm/status"

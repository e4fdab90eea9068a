#!/usr/bin/env bash
# Genuine phones while the server is attacked: are they served, and how quickly?
#
#   tools/bench/attack.sh STAMPEDE [SECONDS]        60
#
# From addresses of their own all over 127/8, against which the guard counts: SLOW (5000) connections that never get
# further (half of them stop in the handshake, half drip a request), and HOSTILE (2000) handshakes a second without a
# certificate. RATE (20) phones a second come from one known address meanwhile. Needs a release build; the load shares
# the machine with the server.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
stampede=$(realpath "${1:?usage: tools/bench/attack.sh STAMPEDE [SECONDS]}")
seconds=${2:-60}
phones=2000
guard='guard: {allow: ["192.0.2.1"]}'
. tools/bench/servers.sh
ulimit -n 65536
serve attacked 18470 ecdsa purge
pid=$pid_attacked
load() { taskset -c 1 "$stampede/build/$1" --port 18470 --ca "$work/pki/root-ca.pem" --cert-dir "$work/pki/devices" "${@:2}"; }
memory() { awk '/VmRSS|VmHWM/ {printf "%s %d MiB  ", $1, $2 / 1024}' "/proc/$pid/status"; echo; }

echo "before the attack: $(memory)"
load stampede --rate "${RATE:-20}" --duration 10
half=$((${SLOW:-5000} / 2))
load hold --no-client-cert --spread-source --mode half-handshake --connections "$half" --open-rate 500 --duration "$seconds" \
  >"$work/half" 2>&1 & slow=($!)
load hold --no-client-cert --spread-source --mode slow-header --connections "$half" --open-rate 500 --duration "$seconds" \
  >"$work/header" 2>&1 & slow+=($!)
load stampede --no-client-cert --spread-source --rate "${HOSTILE:-2000}" --connections 1000 --duration "$seconds" \
  --expect-status 403 --timeout 5 >"$work/hostile" 2>&1 & slow+=($!)
pids+=("${slow[@]}")
sleep 5
echo "under attack: $(memory)"
load stampede --rate "${RATE:-20}" --duration $((seconds - 10)) --server-pid "$pid"
echo "at its end: $(memory)"
for one in "${slow[@]}"; do wait "$one" || true; done
echo '== slow'; cat "$work/half" "$work/header"
echo '== hostile'; cat "$work/hostile"
"$program" ban list | tail -n +2 | wc -l | sed 's/$/ networks banned/'

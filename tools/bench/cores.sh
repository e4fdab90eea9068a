#!/usr/bin/env bash
# How a call-home scales with the cores of the server, beside nginx with as many workers, in one run.
#
#   tools/bench/cores.sh STAMPEDE [CORES...]      default 1 2 4
#
# STAMPEDE as for visits.sh. The server has the first CORES processors, and those from 6 on have a load generator each, so
# this needs a machine with twice as many more processors than it measures. Prints visits a second and CPU a visit, of
# nginx with the CN check, of visits without secrets and of those with secrets, recorded durably.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
stampede=$(realpath "${1:?usage: tools/bench/cores.sh STAMPEDE [CORES...]}")
shift
[ $# -gt 0 ] || set -- 1 2 4
phones=${PHONES:-2000}
seconds=5
. tools/bench/servers.sh
first_load=${FIRST_LOAD:-6} last_cpu=$(($(nproc --all) - 1))

ticks_of() { local pid; for pid in "$@"; do cat "/proc/$pid/stat"; done | awk '{ s += $14 + $15 } END { print s }'; }

# measure NAME PORT PID...: all generators at once
measure() {
  local name=$1 port=$2 before after cpu visits
  shift 2
  before=$(ticks_of "$@")
  for cpu in $(seq "$first_load" "$last_cpu"); do
    taskset -c "$cpu" "$stampede/build/stampede" --port "$port" --ca "$work/pki/root-ca.pem" \
      --cert-dir "$work/pki/devices" --tls 1.3 --duration "$seconds" --connections 16 >"$work/load.$cpu" &
    loads+=($!)
  done
  wait "${loads[@]}"
  loads=()
  after=$(ticks_of "$@")
  visits=$(cat "$work"/load.* | awk '/ ok, /{ s += $1; f += $3 } END { print s, f }')
  echo "$visits $((after - before)) $seconds" |
    awk -v name="$name" '{ printf "  %-12s %8.0f visits/s  %6.3f CPU-ms a visit  (%d failed)\n", name, $1 / $4, $3 * 10 / $1, $2 }'
  rm "$work"/load.*
}
loads=()

port=18490
for cores in "$@"; do
  echo "== $cores of $(nproc --all) processors"
  serve "ours-$cores" "$port" ecdsa purge
  serve "ours-secret-$cores" $((port + 1)) ecdsa retain
  size=$("$program" device preview 001565000001 2>/dev/null | wc -c || true)
  CPU=0-$((cores - 1)) WORKERS=$cores BODY=$size "$stampede/nginx-baseline.sh" start "$work/pki" "$work/nginx" >/dev/null
  . "$work/nginx/baseline.env"
  # shellcheck disable=SC2046  # several pids
  measure nginx-cn 17443 $(pgrep -P "$NGINX_PID")
  "$stampede/nginx-baseline.sh" stop "$work/nginx"
  measure ours "$port" "${pids[-2]}"
  measure ours-secret $((port + 1)) "${pids[-1]}"
  port=$((port + 2))
done

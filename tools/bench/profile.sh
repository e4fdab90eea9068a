#!/usr/bin/env bash
# Where the processor time of a call-home goes: samples the server under load and sums them up.
#
#   tools/bench/profile.sh STAMPEDE [purge|retain]
#
# purge: resync without secrets; retain: with secrets, recorded durably. Needs perf (Debian: linux-perf), a release
# build, and STAMPEDE as tools/bench/visits.sh. Prints CPU a visit, then its share by library and by our own functions.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
stampede=$(realpath "${1:?usage: tools/bench/profile.sh STAMPEDE [purge|retain]}")
mode=${2:-purge}
phones=${PHONES:-500}
. tools/bench/servers.sh

serve ours 18470 ecdsa "$mode"
perf record -q -g -o "$work/perf.data" -p "$pid_ours" -- taskset -c 1 "$stampede/build/stampede" --port 18470 \
  --ca "$work/pki/root-ca.pem" --cert-dir "$work/pki/devices" --tls 1.3 --duration 8 --connections 16 \
  --server-pid "$pid_ours" | grep -E 'visits/s|CPU-ms'
table() { perf report -q -i "$work/perf.data" --no-children -g none --stdio "$@" 2>/dev/null | awk 'NF && !/^#/' | cut -c1-100; }
echo '== by library'
table --sort dso | head -10
echo '== our own functions, of the whole'
table --dsos provost --sort symbol | sed 's/ \+-  *-  *$//' | head -25

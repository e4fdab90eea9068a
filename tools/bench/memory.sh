#!/usr/bin/env bash
# Resident memory of the server: idle with 100,000 devices, then with 10,000 idle TLS connections.
#
#   tools/bench/memory.sh STAMPEDE [DEVICES] [CONNECTIONS]
#
# Also prints how long importing and arming the devices took.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
stampede=$(realpath "${1:?usage: tools/bench/memory.sh STAMPEDE [DEVICES] [CONNECTIONS]}")
devices=${2:-100000}
connections=${3:-10000}
program=${PROVOST:-$PWD/build/release/provost}
work=$(mktemp -d /tmp/provost-bench.XXXXXX)
pid=''
trap '[ -z "$pid" ] || kill "$pid"; rm -rf "$work"' EXIT
ulimit -n "$(ulimit -Hn)"

"$stampede/pki.sh" "$work/pki" 100 >/dev/null
chmod 600 "$work"/pki/server-*.key
export PROVOST_SOCKET=$work/server/control.sock
"$program" server init "$work/server" --share "$PWD" --port 18460 \
  --ecdsa-certificate "$work/pki/server-ecdsa.pem" --ecdsa-key "$work/pki/server-ecdsa.key" >/dev/null
printf '  limits: {connections_per_address: 100000, idle_seconds: 600}\n' >>"$work/server/provost.yaml"
serve() {
  rm -f "$work/server/port"
  "$program" serve --config "$work/server/provost.yaml" --port-file "$work/server/port" >"$work/log" 2>&1 &
  pid=$!
  until [ -s "$work/server/port" ]; do sleep 0.1; done
}
resident() { awk '/VmRSS/ {printf "%.1f MiB\n", $2 / 1024}' "/proc/$pid/status"; }

serve
"$program" tenant add acme --set line.registrar_host=sip.acme.example --set provisioning.url=https://localhost/ \
  --policy grace=0s >/dev/null
"$program" vendor trust import "$work/pki/issuing-ca.pem" --vendor yealink --anchor issuing \
  --fingerprint "$(openssl x509 -in "$work/pki/issuing-ca.pem" -noout -fingerprint -sha256 | cut -d= -f2)" >/dev/null
awk -v n="$devices" 'BEGIN { print "mac,tenant,model,line.1.user,line.1.display_name"
  for (i = 1; i <= n; i++) printf "001565%06x,acme,T54W,u%d,Phone %d\n", i, i, i }' >"$work/devices.csv"
begin=$(date +%s.%N)
"$program" device import "$work/devices.csv" --arm 2>"$work/import.log"
echo "import and arm $devices devices: $(awk -v a="$begin" -v b="$(date +%s.%N)" 'BEGIN {printf "%.1f s", b - a}')"
tail -1 "$work/import.log"
kill "$pid"; wait "$pid" 2>/dev/null || true

begin=$(date +%s.%N)
serve
echo "start with $devices devices: $(awk -v a="$begin" -v b="$(date +%s.%N)" 'BEGIN {printf "%.1f s", b - a}')"
sleep 3
echo "resident, $devices devices, idle: $(resident)"
# Every phone that is going to connect has had its password: what is held open are resyncs.
"$stampede/build/stampede" --port 18460 --ca "$work/pki/root-ca.pem" --cert-dir "$work/pki/devices" --count 100 \
  --connections 4 >/dev/null
sleep 1
"$stampede/build/hold" --port 18460 --mode served --connections "$connections" --open-rate 400 --ca "$work/pki/root-ca.pem" \
  --cert-dir "$work/pki/devices" --duration 10 --server-pid "$pid" >"$work/hold.log" 2>&1 &
holder=$!
most=0 open=0
while kill -0 "$holder" 2>/dev/null; do
  now=$("$program" server status -o json | tr ',{' '\n\n' | awk -F: '$1 == "\"open\"" {print $2 + 0}')
  if [ "$now" -ge "$open" ]; then open=$now most=$(resident); fi
  sleep 1
done
echo "resident, with $open TLS connections open: $most"
tail -12 "$work/hold.log"

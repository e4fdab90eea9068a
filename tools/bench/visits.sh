#!/usr/bin/env bash
# What a call-home costs the server in CPU, beside nginx serving a static file with the CN check, in one run.
#
#   tools/bench/visits.sh STAMPEDE [ROUNDS]
#
# COMPARE: further options of compare.py, such as '--disturbance 2' on a machine that is not idle.
# STAMPEDE: folder of the load tools (its README: pki.sh, nginx-baseline.sh, compare.py), built. Needs nginx, a release
# build, and a machine that is otherwise idle. Four servers of ours run on CPU 0 in turn with nginx, the load on CPU 1:
#   ours-ecdsa, ours-rsa   resync: device check, decision, 8 KB configuration rendered and sent, contact recorded
#   ours-secret            the same with secrets, their delivery record durable before the first byte
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
stampede=$(realpath "${1:?usage: tools/bench/visits.sh STAMPEDE [ROUNDS]}")
rounds=${2:-5}
program=${PROVOST:-$PWD/build/release/provost}
work=$(mktemp -d /tmp/provost-bench.XXXXXX)
chmod 755 "$work"  # nginx reads its files as another user
phones=${PHONES:-2000}
pids=()
cleanup() {
  local pid
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  "$stampede/nginx-baseline.sh" stop "$work/nginx" 2>/dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT
trap "exit 1" INT TERM

"$stampede/pki.sh" "$work/pki" "$phones" >/dev/null
chmod 600 "$work"/pki/server-*.key

# serve NAME PORT IDENTITY MODE: a server of its own, its devices in the state the run needs
serve() {
  local name=$1 port=$2 identity=$3 mode=$4 folder=$work/$1
  export PROVOST_SOCKET=$folder/control.sock
  "$program" server init "$folder" --share "$PWD" --port "$port" \
    "--$identity-certificate" "$work/pki/server-$identity.pem" "--$identity-key" "$work/pki/server-$identity.key" >/dev/null
  printf '  limits: {connections_per_address: 100000}\n' >>"$folder/provost.yaml"
  taskset -c 0 "$program" serve --config "$folder/provost.yaml" --port-file "$folder/port" >"$folder/log" 2>&1 &
  pids+=($!)
  eval "pid_${name//-/_}=$!"
  until [ -s "$folder/port" ]; do sleep 0.1; done
  local keys=() i
  for i in $(seq 1 24); do
    keys+=(--set "key.$i.type=blf" --set "key.$i.value=20$i" --set "key.$i.label=Colleague $i" --set "key.$i.line=1")
  done
  local policy=(--policy grace=0s)
  [ "$mode" = purge ] || policy=(--policy minimum_rating=4 --policy grace=30d)
  "$program" tenant add acme --set line.registrar_host=sip.acme.example --set provisioning.url=https://localhost/ \
    --set time.zone=Europe/London "${keys[@]}" "${policy[@]}" >/dev/null
  "$program" vendor trust import "$work/pki/issuing-ca.pem" --vendor yealink --anchor issuing \
    --fingerprint "$(openssl x509 -in "$work/pki/issuing-ca.pem" -noout -fingerprint -sha256 | cut -d= -f2)" >/dev/null
  { echo 'mac,tenant,model,secret_mode,line.1.user,line.1.display_name,line.2.user,line.3.user'
    for file in "$work"/pki/devices/*.pem; do
      mac=$(basename "$file" .pem); echo "$mac,acme,T54W,$mode,a$mac,Phone $mac,b$mac,c$mac"
    done; } >"$folder/devices.csv"
  "$program" device import "$folder/devices.csv" --arm 2>/dev/null
  # Every phone comes once, so that what is measured afterwards is the same visit again and again.
  taskset -c 1 "$stampede/build/stampede" --port "$port" --ca "$work/pki/root-ca.pem" --cert-dir "$work/pki/devices" \
    --count "$phones" --connections 16 >/dev/null
}

serve ours-ecdsa 18450 ecdsa purge
serve ours-rsa 18451 rsa purge
serve ours-secret 18452 ecdsa retain
size=$("$program" device preview 001565000001 2>/dev/null | wc -c || true)
BODY=$size "$stampede/nginx-baseline.sh" start "$work/pki" "$work/nginx" >/dev/null
. "$work/nginx/baseline.env"
echo "configuration: $size bytes, the same size served by nginx; $phones phones; TLS 1.3, full handshakes, RSA-2048 device keys"

compare() {
  # shellcheck disable=SC2086  # several words
  "$stampede/compare.py" --rounds "$rounds" ${COMPARE:-} "$@" -- --ca "$work/pki/root-ca.pem" \
    --cert-dir "$work/pki/devices" --tls 1.3 --duration 4 --connections 16 --warmup 100
}
echo '== ECDSA server key'
compare --target "nginx-cn=17443:$NGINX_PID" --target "ours-ecdsa=18450:$pid_ours_ecdsa" --target "ours-secret=18452:$pid_ours_secret"
echo '== RSA server key'
compare --target "nginx-cn=17442:$NGINX_PID" --target "ours-rsa=18451:$pid_ours_rsa"

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
phones=${PHONES:-2000}
. tools/bench/servers.sh

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

#!/usr/bin/env bash
# Whether a stranger can tell from the time of a refusal why he was refused (R-C5): the largest AUC over all pairs of
# kinds of stranger; 0.5 is a blind guess.
#
#   tools/bench/sameness.sh STAMPEDE [SAMPLES]      of each kind, 10000; THREADS (8): how many strangers at once
#
# Needs the `bench` build beside the release one. HOLD: refusal_milliseconds of the door; 0 shows what the hold is for.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
stampede=$(realpath "${1:?usage: tools/bench/sameness.sh STAMPEDE [SAMPLES]}")
samples=${2:-10000}
phones=12
program=${PROVOST:-$PWD/build/bench/provost}
PROVOST=$program
door_limits=", refusal_milliseconds: ${HOLD:-25}"
. tools/bench/servers.sh
serve door 18460 ecdsa purge

# phone 1 has its password; 2 is unknown, 3 was retired, 4 is not armed, 5 came too late, 6 shows another key
device() { "$program" device "$@" >/dev/null 2>&1; }
device remove 001565000002
device retire 001565000003
device remove 001565000004 && device add 001565000004 --tenant acme --set line.1.user=d
"$program" tenant add late --policy window=1s --set line.registrar_host=sip.acme.example --set provisioning.url=https://localhost/ >/dev/null
device remove 001565000005 && device add 001565000005 --tenant late --set line.1.user=e --arm
"$stampede/build/mkcerts" --issuer "$work/pki" --out "$work/other" --first-mac 001565000006 --count 1 >/dev/null
"$stampede/build/mkcerts" --out "$work/foreign" --first-mac 001565000001 --count 1 >/dev/null
sleep 2

pki=$work/pki/devices foreign=$work/foreign/devices other=$work/other/devices
"$(dirname "$program")/tests/bench/bench_sameness" 18460 "$work/pki/root-ca.pem" "$samples" "${THREADS:-8}" \
  no-certificate/known=/001565000001.cfg \
  no-certificate/unknown=/0015650000ff.cfg \
  no-certificate/nonsense=/wp-login.php \
  foreign-ca/known=/001565000001.cfg,"$foreign/001565000001.pem" \
  foreign-ca/unknown=/0015650000ff.cfg,"$foreign/001565000001.pem" \
  phone/path-of-known=/001565000007.cfg,"$pki/001565000001.pem" \
  phone/path-of-unknown=/0015650000ff.cfg,"$pki/001565000001.pem" \
  phone/nonsense=/wp-login.php,"$pki/001565000001.pem" \
  unknown=/001565000002.cfg,"$pki/001565000002.pem" \
  retired=/001565000003.cfg,"$pki/001565000003.pem" \
  not-armed=/001565000004.cfg,"$pki/001565000004.pem" \
  too-late=/001565000005.cfg,"$pki/001565000005.pem" \
  another-key=/001565000006.cfg,"$other/001565000006.pem"
"$program" event list --limit 30 2>/dev/null | grep -o 'refused.*' | sort | uniq -c | sort -rn | head -20 || true

#!/usr/bin/env bash
# What the operators' desk costs at 100,000 devices: lists, searches, the overview, and an import beside phones.
#
#   tools/bench/desk.sh [DEVICES [USERS [TENANTS]]]
#
# First the REST resources alone, in one process, without TLS and HTTP. Then the house that this has filled is served, and
# users come to its admin listener, all from one address: its usual limits are wide enough for 50 of them.
# Builds the preset `bench` and says how busy the machine was: on one that is not idle the times are upper bounds.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
devices=${1:-100000}
users=${2:-50}
tenants=${3:-200}
program=build/bench/provost benches=build/bench/tests/bench
cmake --preset bench >/dev/null
cmake --build build/bench --target provost bench_desk bench_desk_users
work=$(mktemp -d)
pid=
trap '[ -z "$pid" ] || kill "$pid"; rm -rf "$work"' EXIT
export PROVOST_SOCKET=$work/server/control.sock
busy() { awk '{ printf "load average %s %s %s", $1, $2, $3 }' /proc/loadavg; }

# A folder for the server, with what bench_desk has filled and the certificates of some phones' look-alike CA.
lay_out() {
  local key=$work/pki/server-ecdsa
  "$program" simulate pki --out "$work/pki" --phones 100 --vendors cisco-mpp --rsa --tenant visitors
  "$program" server init "$work/server" --share "$PWD" --port 0 --ecdsa-certificate "$key.pem" --ecdsa-key "$key.key"
  mv "$work/house"/provost.db* "$work/server/data"
  mv "$work/house/keys"/* "$work/server/keys"
  printf 'admin: {port: 0, names: localhost, identities: [{certificate: "%s", key: "%s"}]}\n' "$key.pem" "$key.key" \
    >>"$work/server/provost.yaml"
}

serve() {
  "$program" serve --config "$work/server/provost.yaml" --port-file "$work/server/port" >"$work/log" 2>&1 &
  pid=$!
  for _ in $(seq 300); do
    [ ! -s "$work/server/port" ] || return 0
    sleep 0.1
  done
  tail "$work/log"; return 1
}

# Phones that take their first configuration, so that what they come for later is the same again and again.
bring_phones() {
  local url vendor anchor fingerprint file
  url=https://localhost:$(head -n 1 "$work/server/port")/
  "$program" tenant add visitors --set line.registrar_host=sip.example --set "provisioning.url=$url" --policy grace=0s
  while IFS=$'\t' read -r vendor anchor fingerprint file; do
    "$program" vendor trust import "$file" --vendor "$vendor" --anchor "$anchor" --fingerprint "$fingerprint"
  done < <(grep -v '^#' "$work/pki/trust.tsv")
  "$program" device import "$work/pki/devices.csv" --arm
  "$program" simulate run --url "$url" --pki "$work/pki"
}

echo "$(nproc) processors, $(busy) before"
timeout 1800 "$benches/bench_desk" "$work/house" "$devices" "$users" "$tenants"
{ lay_out && serve && bring_phones; } >"$work/made" 2>&1 || { tail "$work/made"; exit 1; }
PROVOST_TOKEN=$("$program" -o json token create desk --role platform --write | grep -o 'prv_[^"]*')
export PROVOST_TOKEN
echo "== the admin listener of a running server, $(busy)"
timeout 1800 "$benches/bench_desk_users" "$work/server" "$pid" "$work/pki" "$users" "$devices" "$tenants"
echo "$(busy) after"

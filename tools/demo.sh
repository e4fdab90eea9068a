# The demo: sourced by ./quickstart, at the top of the repository. All state lies in ./demo, mode 0700.
demo=$PWD/demo
program=$PWD/build/release/provost
export PROVOST_SOCKET=$demo/server/control.sock

demo_is_there() { [ -s "$demo/server/provost.yaml" ]; }
tenant_is_there() { "$program" tenant show acme >/dev/null 2>&1; }
demo_port() { head -n 1 "$demo/server/port"; }
demo_url() { echo "https://localhost:$(demo_port)/"; }
admin_url() { awk '$1 == "admin" {print "https://localhost:" $2 "/"}' "$demo/server/port"; }
simulate() { "$program" simulate "$@" --vendor-folder vendors; }

# The first free port from $1 on: a neighbour there is no reason to fail.
free_port() {
  local port
  for port in $(seq "$1" $(($1 + 100))); do
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
  done
  echo 0
}

make_pki() {
  rm -rf "$demo"; mkdir -m 700 "$demo"
  simulate pki --out "$demo/pki" --phones 50 --vendors yealink,snom,poly,cisco-mpp --tenant acme
}

make_server() {
  local port
  port=$(free_port 8443)
  "$program" server init "$demo/server" --share "$PWD" --port "$port" \
    --rsa-certificate "$demo/pki/server-rsa.pem" --rsa-key "$demo/pki/server-rsa.key" \
    --ecdsa-certificate "$demo/pki/server-ecdsa.pem" --ecdsa-key "$demo/pki/server-ecdsa.key"
  make_admin $((port ? port + 1 : 8444)) >>"$demo/server/provost.yaml"
  printf '#!/bin/sh\nPROVOST_SOCKET=%s exec %s "$@"\n' "$PROVOST_SOCKET" "$program" >"$demo/provost"
  chmod 755 "$demo/provost"
}

# The web interface, on this machine only, with the certificates that the phones see.
make_admin() {
  cat <<YAML
admin:
  port: $(free_port "$1")
  names: localhost
  identities:
    - {certificate: "$demo/pki/server-ecdsa.pem", key: "$demo/pki/server-ecdsa.key"}
    - {certificate: "$demo/pki/server-rsa.pem", key: "$demo/pki/server-rsa.key"}
YAML
}

server_pid() { [ -s "$demo/server/pid" ] && cat "$demo/server/pid"; }
server_runs() { local pid; pid=$(server_pid) && kill -0 "$pid" 2>/dev/null; }

start_demo() {
  if server_runs; then return 0; fi
  rm -f "$demo/server/port"
  nohup "$program" serve --config "$demo/server/provost.yaml" --port-file "$demo/server/port" \
    --first-login-file "$demo/server/first-login" >>"$demo/server/log" 2>&1 </dev/null &
  echo $! >"$demo/server/pid"
  local i
  for i in $(seq 100); do
    [ -s "$demo/server/port" ] && return 0
    server_runs || break
    sleep 0.1
  done
  tail -5 "$demo/server/log" >&2
  return 1
}

stop_demo() {
  local pid i
  pid=$(server_pid) || return 0
  kill "$pid" 2>/dev/null || true
  for i in $(seq 50); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
  rm -f "$demo/server/pid"
}

fill_demo() {
  "$program" tenant add acme --name 'Acme Telephony' --set line.registrar_host=sip.acme.example \
    --set "provisioning.url=$(demo_url)" --set time.zone=Europe/London --set time.ntp_server=ntp.acme.example
  local vendor anchor fingerprint file
  while IFS=$'\t' read -r vendor anchor fingerprint file; do
    "$program" vendor trust import "$file" --vendor "$vendor" --anchor "$anchor" --fingerprint "$fingerprint"
  done <"$demo/pki/trust.tsv"
  "$program" device import "$demo/pki/devices.csv" --arm
}

# 50 phones get their configuration; then two strangers are refused: one without a certificate, one that asks for
# another phone's file.
first_boots() {
  simulate run --url "$(demo_url)" --pki "$demo/pki"
  simulate run --url "$(demo_url)" --pki "$demo/pki" --phones 1 --fault no-certificate:1
  simulate run --url "$(demo_url)" --pki "$demo/pki" --phones 1 --fault other-device-url:1
  sleep 0.3  # a refusal is in the events within 100 ms
}

count_of() { "$program" server status -o json | tr ',{' '\n\n' | awk -F: -v name="\"$1\"" '$1 == name {print $2; exit}'; }

check_demo() {
  local served refused
  served=$("$program" event list --last 1000 -o ndjson | grep -c -E '"rule":"first-delivery"' || true)
  refused=$("$program" event list --last 1000 --refused -o ndjson | wc -l)
  [ "$(count_of devices)" = 50 ] && [ "$served" = 50 ] && [ "$refused" -ge 2 ] || {
    echo "quickstart check failed: $(count_of devices) devices, $served deliveries, $refused refusals" >&2
    return 1
  }
}

# For who has not signed in yet: once, within half an hour of the start.
first_login() { find "$demo/server" -name first-login -mmin -30 -exec sed 's/^/  /' {} \;; }

show_demo() {
  cat <<TEXT

Provost runs on $(demo_url)
Web interface: $(admin_url)
$(first_login)
  Its CA is the demo's own: let your browser trust $demo/pki/server-ca.pem
$("$program" device list -o csv | awk -F, 'NR > 1 {n[$5]++} END {for (s in n) printf "  %d phones %s\n", n[s], s}')
Refused on purpose:
$("$program" event list --refused --last 2 | sed 's/^/  /')

Try next:
  ./demo/provost device list
  ./demo/provost device explain $("$program" device list -o csv | awk -F, 'NR == 2 {print $1}')
  ./demo/provost device preview $("$program" device list -o csv | awk -F, 'NR == 2 {print $1}')
  ./demo/provost event tail
  ./demo/provost outbox list
  ./quickstart --stop
TEXT
}

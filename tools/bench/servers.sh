# Servers under load, for the scripts beside it: sourced, with $stampede and $phones set, at the top of the repository.
# Makes $work and ends what it started when the script ends.
program=${PROVOST:-$PWD/build/release/provost}
work=$(mktemp -d /tmp/provost-bench.XXXXXX)
chmod 755 "$work"  # nginx reads its files as another user
pids=()
# What a script may set beforehand: options of pki.sh, more limits of the door, more of the configuration; and, before
# each server, how many of the first processors it has.
pki_options=("${pki_options[@]}") door_limits=${door_limits:-} guard=${guard:-} first_visit=${first_visit:-yes}
cores=${cores:-1}
cleanup() {
  local pid
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  [ ! -e "$work/nginx" ] || "$stampede/nginx-baseline.sh" stop "$work/nginx" 2>/dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT
trap "exit 1" INT TERM

"$stampede/pki.sh" "$work/pki" "$phones" "${pki_options[@]}" >/dev/null
chmod 600 "$work"/pki/server-*.key

# serve NAME PORT IDENTITY MODE: a server of its own, its devices in the state the run needs
serve() {
  local name=$1 port=$2 identity=$3 mode=$4 folder=$work/$1
  export PROVOST_SOCKET=$folder/control.sock
  "$program" server init "$folder" --share "$PWD" --port "$port" \
    "--$identity-certificate" "$work/pki/server-$identity.pem" "--$identity-key" "$work/pki/server-$identity.key" >/dev/null
  printf '  limits: {connections_per_address: 100000%s}\n' "$door_limits" >>"$folder/provost.yaml"
  [ "$cores" = 1 ] || echo "  threads: $cores" >>"$folder/provost.yaml"
  [ -z "$guard" ] || echo "$guard" >>"$folder/provost.yaml"
  taskset -c "0-$((cores - 1))" "$program" serve --config "$folder/provost.yaml" --port-file "$folder/port" >"$folder/log" 2>&1 &
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
      mac=${file##*/} mac=${mac%.pem}; echo "$mac,acme,T54W,$mode,a$mac,Phone $mac,b$mac,c$mac"
    done; } >"$folder/devices.csv"
  "$program" device import "$folder/devices.csv" --arm 2>/dev/null
  [ "$first_visit" = yes ] || return 0
  # Every phone comes once, so that what is measured afterwards is the same visit again and again.
  taskset -c 1 "$stampede/build/stampede" --port "$port" --ca "$work/pki/root-ca.pem" --cert-dir "$work/pki/devices" \
    --count "$phones" --connections 16 >/dev/null
}

#!/usr/bin/env bash
# Fuzzes: every target, or those named, each for a while, two at a time, and says what was run and found.
#
#   tools/fuzz.sh [MINUTES [TARGET...]]        10; tools/fuzz.sh 1440 certificate goes on for a day
#
# Needs clang-14. Builds the preset `fuzz`. What the fuzzer finds interesting gathers in build/fuzz/found/TARGET, and the
# next run goes on from there; what breaks a target is left in build/fuzz/broken/TARGET-*, and belongs in
# tests/fuzz/corpus/TARGET once it is mended. MINUTES are of the wall clock.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
minutes=${1:-10}
shift || true
targets=("$@")
cmake --preset fuzz >/dev/null
if [ ${#targets[@]} -eq 0 ]; then
  mapfile -t targets < <(sed -n 's/^provost_fuzz(\([a-z_0-9]*\) .*/\1/p' tests/fuzz/CMakeLists.txt)
  mapfile -t -O "${#targets[@]}" targets < <(ls tests/fuzz/corpus | grep '^syntax_')
fi
cmake --build build/fuzz --target "${targets[@]/#/fuzz_}"

fuzz() {
  local target=$1 found=build/fuzz/found/$1 log=build/fuzz/$1.log
  mkdir -p "$found" build/fuzz/broken
  local status=0 begin=$SECONDS
  "build/fuzz/tests/fuzz/fuzz_$target" -max_total_time=$((minutes * 60)) -timeout=20 -rss_limit_mb=2048 -print_final_stats=1 \
    -artifact_prefix="build/fuzz/broken/$target-" "$found" "tests/fuzz/corpus/$target" >"$log" 2>&1 || status=$?
  local runs
  runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log" | tail -1)
  printf '%-30s %5d s %12s runs  %5d inputs  %s\n' "$target" $((SECONDS - begin)) "${runs:-?}" "$(ls "$found" | wc -l)" \
    "$([ "$status" -eq 0 ] && echo clean || echo "BROKEN, see $log")"
  return "$status"
}
export -f fuzz
export minutes
printf '%s\n' "${targets[@]}" | xargs -P "${JOBS:-2}" -I{} bash -c 'fuzz {}'

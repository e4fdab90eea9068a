#!/usr/bin/env bash
# Looks for data races: builds the program with the thread sanitizer (preset `tsan`) and puts it under the load of
# end-to-end tests, those named or the ones below. A race fails the run, and is told in build/tsan/race.*.
#
#   tools/race.sh [TEST...]        tools/race.sh test_guard
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
tests=("$@")
[ ${#tests[@]} -gt 0 ] || tests=(test_first_contact test_overload test_guard test_registrar_webhook test_kamailio
  test_freeswitch test_resync test_alerts test_trunks test_metrics)
cmake --preset tsan >/dev/null
cmake --build build/tsan --target provost
rm -f build/tsan/race.*
export PROVOST=$PWD/build/tsan/provost PROVOST_SOURCE=$PWD
mkdir -p build/tsan
export TSAN_OPTIONS="exitcode=66 log_path=$PWD/build/tsan/race suppressions=$PWD/tools/race-suppressions.txt"
cd tests/e2e
failed=0
for test in "${tests[@]}"; do
  printf '%s\n' "== $test"
  python3 -B "$test.py" || failed=1
done
ls ../../build/tsan/race.* 2>/dev/null && failed=1
exit "$failed"

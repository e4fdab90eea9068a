#!/usr/bin/env bash
# What lists, searches, figures and imports cost at 100,000 devices.
#
#   tools/bench/desk.sh [DEVICES [USERS [TENANTS]]]
#
# Builds the preset `bench` and says how busy the machine was: on one that is not idle the times are upper bounds.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
devices=${1:-100000}
users=${2:-50}
tenants=${3:-200}
cmake --preset bench >/dev/null
cmake --build build/bench --target bench_desk
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
busy() { awk '{ printf "load average %s %s %s", $1, $2, $3 }' /proc/loadavg; }
echo "$(nproc) processors, $(busy) before"
timeout 1800 build/bench/tests/bench/bench_desk "$work" "$devices" "$users" "$tenants"
echo "$(busy) after"

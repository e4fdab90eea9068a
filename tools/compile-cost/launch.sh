#!/usr/bin/env bash
# launch.sh RECORD COMMAND...: runs a compiler and adds "seconds<TAB>file" to RECORD, for tools/checks/compile_cost.sh.
# Seconds of processor time, of the compiler and its children. A compiler cache's hit says nothing about the file,
# so what takes under 0.3 s is left out.
set -uo pipefail

record=$1
shift
: >> "$record"
# A compiler's time goes to page faults for a fifth: in large pages (glibc 2.35 or later) it has fewer.
export GLIBC_TUNABLES=${GLIBC_TUNABLES:-glibc.malloc.hugetlb=1}
exec 3>&1 4>&2
TIMEFORMAT='%U %S'
cost=$({ time "$@" 1>&3 2>&4; } 2>&1)
status=$?
if [[ $status -eq 0 ]]; then
    # One short line, one write: records of compilers that run side by side don't mix.
    line=$(awk -v file="${!#}" '{ if ($1 + $2 >= 0.3) printf "%.2f\t%s", $1 + $2, file }' <<< "$cost")
    [[ -z $line ]] || printf '%s\n' "$line" >> "$record"
fi
exit "$status"

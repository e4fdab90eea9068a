#!/usr/bin/env bash
# Nothing takes more than 20 s of processor time to compile, be it a file alone or eight together. Reads what tools/compile-cost/launch.sh recorded in the
# build folder $PROVOST_BUILD; the last record of a file counts. Run from the root.
#
# On a slow or busy machine everything takes longer, and what a clock says is not about the file any more. So it must
# also be four times as dear as the build's median, which takes 5 s on the machine the limit is meant for.
set -euo pipefail

record="${PROVOST_BUILD:?is not set}/compile-cost.tsv"
if [[ ! -f $record ]]; then
    echo "$record:1: no compile times: the build was configured without tools/compile-cost/launch.sh"
    exit 1
fi
awk -F'\t' -v root="$PWD/" -v limit=20 '
    NF == 2 { seconds[$2] = $1 }
    # Of a few hundred files; the median by counting those below, as this awk has no sort.
    function median(    file, other, below) {
        for (file in seconds) {
            below = 0
            for (other in seconds) below += (seconds[other] + 0 < seconds[file] + 0)
            if (below <= length(seconds) / 2 && seconds[file] + 0 > found) found = seconds[file] + 0
        }
        return found
    }
    END {
        if (4 * median() > limit) limit = 4 * median()
        for (file in seconds) {
            if (seconds[file] <= limit) continue
            shown = file
            if (index(shown, root) == 1) shown = substr(shown, length(root) + 1)
            print shown ":1: took " seconds[file] " s to compile, more than " limit " s"
            failed = 1
        }
        exit failed
    }
' "$record"

#!/usr/bin/env bash
# No file takes more than 20 s of processor time to compile. Reads what tools/compile-cost/launch.sh recorded in the
# build folder $PROVOST_BUILD; the last record of a file counts. Run from the root.
set -euo pipefail

record="${PROVOST_BUILD:?is not set}/compile-cost.tsv"
if [[ ! -f $record ]]; then
    echo "$record:1: no compile times: the build was configured without tools/compile-cost/launch.sh"
    exit 1
fi
awk -F'\t' -v root="$PWD/" -v limit=20 '
    NF == 2 { seconds[$2] = $1 }
    END {
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

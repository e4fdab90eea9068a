#!/usr/bin/env bash
# A source file that nobody can hold in mind is split: 400 lines, tests 600. Run from the root.
set -euo pipefail

# too_long LIMIT FOLDER...
too_long() {
    local limit=$1
    shift
    find "$@" -name node_modules -prune -o \( -name '*.h' -o -name '*.cc' -o -name '*.py' -o -name '*.sh' \) -print0 | sort -z |
        xargs -0 -r awk -v limit="$limit" '
            FNR == limit + 1 { print FILENAME ":" FNR ": more than " limit " lines"; failed = 1; nextfile }
            END { exit failed }'
}

folders=()
for folder in src sim tools; do [[ -d $folder ]] && folders+=("$folder"); done
failed=0
too_long 400 "${folders[@]}" || failed=1
too_long 600 tests || failed=1
exit "$failed"

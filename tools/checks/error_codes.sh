#!/usr/bin/env bash
# Every error code that the source gives stands in docs/reference/error-codes.md, and none twice. Run from the root.
set -euo pipefail

folders=()
for folder in src sim; do [[ -d $folder ]] && folders+=("$folder"); done
given=$(find "${folders[@]}" \( -name '*.h' -o -name '*.cc' \) -print0 | xargs -0 -r sed 's:^ *//.*::' |
        grep -oE '"P-[0-9]{4}"' | tr -d '"' | sort -u)
missing=$(comm -23 <(printf '%s\n' "$given") <(grep -oE 'P-[0-9]{4}' docs/reference/error-codes.md | sort -u))
twice=$(grep -oE '^\| P-[0-9]{4}' docs/reference/error-codes.md | sort | uniq -d)
[[ -z $missing$twice ]] && exit 0
[[ -z $missing ]] || printf '%s is not in docs/reference/error-codes.md\n' $missing
[[ -z $twice ]] || printf 'docs/reference/error-codes.md has a code twice: %s\n' "$twice"
exit 1

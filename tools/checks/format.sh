#!/usr/bin/env bash
# Every C++ file is as .clang-format wants it. Run from the root.
set -euo pipefail

if ! command -v clang-format-14 > /dev/null; then
    echo "tools/checks/format.sh:1: clang-format-14 is not installed"
    exit 1
fi
folders=()
for folder in src sim tests; do [[ -d $folder ]] && folders+=("$folder"); done
find "${folders[@]}" \( -name '*.h' -o -name '*.cc' \) -print0 | sort -z | xargs -0 -r clang-format-14 --dry-run -Werror

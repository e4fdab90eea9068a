#!/usr/bin/env bash
# The bytes of a secret leave through expose(), at the places that tools/checks/expose_allowed.txt counts and nowhere
# else. Run from the root.
set -euo pipefail

list=tools/checks/expose_allowed.txt
sites=$(grep -rnE '(\.|->) *expose\(\)' --include='*.h' --include='*.cc' src || true)

printf '%s\n' "$sites" | awk -F: -v list="$list" '
    BEGIN {
        while ((getline line < list) > 0) {
            ++number
            if (line ~ /^(#|$)/) continue
            split(line, field, " ")
            allowed[field[2]] = field[1]
            line_of[field[2]] = number
        }
    }
    NF > 1 {
        if (++seen[$1] > allowed[$1]) { print $1 ":" $2 ": expose() is not allowed here, see " list; failed = 1 }
    }
    END {
        for (file in allowed) {
            if (seen[file] + 0 >= allowed[file]) continue
            print list ":" line_of[file] ": " file " has " seen[file] + 0 " places only: lower the count"
            failed = 1
        }
        exit failed
    }
'

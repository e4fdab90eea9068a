#!/usr/bin/env bash
# Vendor knowledge is data: no vendor's name in the C++ of src/ and sim/, not even in a comment. The rooms that speak
# other systems' protocols (registrar, redirect) are named after them, and so is what joins them. Run from the root.
set -euo pipefail

extra="aastra alcatel audiocodes avaya fanvil gigaset grandstream htek linksys mitel obihai panasonic polycom sangoma
       spectralink vtech"

# The words of every vendor file's id, and the first word of its name.
words=$(awk '/^id:/   { gsub(/[^A-Za-z0-9]+/, " ", $2); print tolower($2) }
             /^name:/ { gsub(/[^A-Za-z0-9]/, "", $2); print tolower($2) }' vendors/*.yaml)
pattern=$(printf '%s\n' $words $extra | sort -u | paste -sd '|')

folders=()
for folder in src sim; do [[ -d $folder ]] && folders+=("$folder"); done
found=$(find "${folders[@]}" \( -name '*.h' -o -name '*.cc' \) -print0 | sort -z |
        xargs -0 -r awk -v pattern="(^|[^a-z])($pattern)([^a-z]|$)" '
            FILENAME ~ /^src\/(registrar|redirect|app\/registrar)/ { nextfile }
            {
                text = tolower($0)
                gsub(/poly1305/, "", text)  # a cipher
                if (text ~ pattern) print FILENAME ":" FNR ": " $0
            }')
[[ -z $found ]] && exit 0
printf '%s\n' "$found"
echo "A vendor's name belongs in vendors/*.yaml."
exit 1

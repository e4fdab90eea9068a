#!/usr/bin/env bash
# An include points down a floor: never up, never sideways. Boost.Asio and Beast stay in net/, CLI11 in
# one file: they cost every file that includes them seconds to compile. Run from the root.
set -euo pipefail

# Room and floor. The simulator stands beside the services: it may know phones, not the server.
floors="base=0 domain=1 crypto=1 vendor=2 guard=2 service=3 sim=3
        storage=4 vault=4 registrar=4 redirect=4 net=4 api=4 sip=4 app=5"

folders=()
for folder in src sim; do [[ -d $folder ]] && folders+=("$folder"); done

find "${folders[@]}" \( -name '*.h' -o -name '*.cc' \) -print0 | sort -z | xargs -0 -r awk -v floors="$floors" '
    BEGIN {
        count = split(floors, pairs, /[ \n]+/)
        for (i = 1; i <= count; ++i) { split(pairs[i], pair, "="); floor_of[pair[1]] = pair[2] }
    }
    function complain(text) { print FILENAME ":" FNR ": " text; failed = 1 }
    FNR == 1 {
        split(FILENAME, path, "/")
        room = path[1] == "src" ? path[2] : path[1]
        if (!(room in floor_of)) complain("room \"" room "\" has no floor in tools/checks/floors.sh")
    }
    /^[ \t]*#[ \t]*include[ \t]*<boost\/(asio|beast)/ {
        if (room != "net") complain("Boost.Asio and Beast stay in src/net")
    }
    /^[ \t]*#[ \t]*include[ \t]*<CLI\// {
        if (FILENAME != "src/app/cli/command_tree.cc") complain("CLI11 stays in src/app/cli/command_tree.cc")
    }
    /^[ \t]*#[ \t]*include[ \t]*"/ {
        split($0, quoted, "\"")
        split(quoted[2], parts, "/")
        used = parts[1]
        if (!(used in floor_of)) complain("\"" quoted[2] "\" does not begin with a room")
        else if (used != room && floor_of[used] >= floor_of[room])
            complain(room " (floor " floor_of[room] ") may not include " used " (floor " floor_of[used] ")")
    }
    END { exit failed }
'

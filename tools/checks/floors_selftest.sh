#!/usr/bin/env bash
# floors.sh must pass a tree that keeps the rules and fail each tree that breaks one.
set -euo pipefail

check="$PWD/tools/checks/floors.sh"
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
failures=0

# expect pass|fail FILE LINE: puts one include into a tree of its own.
expect() {
    rm -rf "$tree/src" "$tree/sim"
    mkdir -p "$tree/src" "$tree/$(dirname "$2")"
    printf '%s\n' "// a file" "$3" > "$tree/$2"
    local outcome=pass
    (cd "$tree" && bash "$check") > "$tree/output" || outcome=fail
    if [[ $outcome != "$1" ]]; then
        echo "tools/checks/floors.sh:1: expected $1, got $outcome, for $2 with: $3"
        failures=1
    elif [[ $outcome == fail ]] && ! grep -q "^$2:[12]: " "$tree/output"; then
        echo "tools/checks/floors.sh:1: no file and line in: $(cat "$tree/output")"
        failures=1
    fi
}

expect pass src/domain/a.h '#include "base/result.h"'
expect pass src/domain/a.h '#include "domain/b.h"'
expect pass src/app/a.cc '#include "sim/phone.h"'
expect pass src/net/a.cc '#include <boost/asio/post.hpp>'
expect pass src/api/a.cc '#include <boost/json.hpp>'
expect pass src/app/cli/command_tree.cc '#include <CLI/CLI.hpp>'
expect pass src/base/a.cc '// #include "app/main.h"'
expect fail src/base/a.h '#include "domain/device.h"'
expect fail src/domain/a.h '#include "crypto/random.h"'
expect fail src/vendor/a.cc '  #  include "guard/gate.h"'
expect fail src/service/a.cc '#include "storage/sqlite/store.h"'
expect fail src/storage/sqlite/a.cc '#include "vault/file_key_holder.h"'
expect fail sim/a.cc '#include "service/store.h"'
expect fail src/api/a.cc '#include <boost/asio/post.hpp>'
expect fail sim/a.cc '#include <boost/beast/http.hpp>'
expect fail src/app/cli/device.cc '#include <CLI/CLI.hpp>'
expect fail src/net/a.cc '#include "phone_door.h"'
expect fail src/attic/a.cc '#include "base/result.h"'
exit "$failures"

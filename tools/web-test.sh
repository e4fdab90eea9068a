#!/usr/bin/env bash
# Runs a browser test, tools/web-test.sh NAME, or with --check types, lint and unit tests. Where the pages are not built
# there is nothing to show: skipped (77).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. tools/web.sh
[ -s build/web/index.html ] && [ -d web/node_modules/playwright-core ] && [ -d tools/api/node_modules ] || {
  echo "the web interface is not built: ./run-tests builds it" >&2
  exit 77
}
[ "$1" != --check ] || { check_web; exit; }
cd web
exec node --test --test-reporter=spec "tests/browser/$1.test.mjs"

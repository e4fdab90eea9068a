#!/usr/bin/env bash
# docs/vendors says what the vendor files say. Run from the root.
set -euo pipefail
PROVOST="${PROVOST_BUILD:?is not set}/provost" exec python3 -B tools/vendor-pages --check

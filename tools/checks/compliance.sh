#!/usr/bin/env bash
# docs/compliance.md says which test shows which requirement, as the tests' names do. Run from the root.
set -euo pipefail
exec python3 -B tools/compliance/compliance.py --check

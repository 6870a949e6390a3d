# Read by the runners of the end-to-end tests: tools, the built quickstart, a Python environment outside the checkout.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cache=${END_TO_END_CACHE:-${XDG_CACHE_HOME:-${HOME:-/var/tmp}/.cache}/swift-login-flow}
export PYTHONPATH="$root/Tests/EndToEnd" PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1

# need SET COMMAND=PACKAGE...: a tool that is missing is a failure that tells how to get it.
need() {
  local set=$1 missing=()
  shift
  if [ -x "$root/.ci/install" ]; then
    # What it could not install is found missing below.
    "$root/.ci/install" "$set" || true
  fi
  for pair in "$@"; do command -v "${pair%%=*}" >/dev/null || missing+=("${pair#*=}"); done
  [ ${#missing[@]} -gt 0 ] || return 0
  echo "FAIL missing tools. As root: apt-get update && apt-get install --no-install-recommends ${missing[*]}"
  echo "0 passed, 1 failed"
  exit 1
}

# environment NAME REQUIREMENT...: a Python environment with these packages; sets $python.
environment() {
  local folder="$cache/$1"
  shift
  python=$folder/bin/python
  [ "$(cat "$folder/.requirements" 2>/dev/null)" != "$*" ] || return 0
  rm -rf "$folder"
  mkdir -p "$cache"
  python3 -m venv "$folder"
  if ! "$folder/bin/pip" --quiet --disable-pip-version-check install "$@"; then
    echo "FAIL cannot install $* from PyPI"
    echo "0 passed, 1 failed"
    exit 1
  fi
  echo "$*" >"$folder/.requirements"
}

# Builds the quickstart unless QUICKSTART names a built one.
build_quickstart() {
  [ -z "${QUICKSTART:-}" ] || return 0
  local build=(swift build --package-path "$root/Modules/Quickstart"
    --scratch-path "${NESTED_SCRATCH:-$root/.build-nested}" --disable-build-manifest-caching --product quickstart)
  "${build[@]}" >&2
  QUICKSTART="$("${build[@]}" --show-bin-path)/quickstart"
  export QUICKSTART
}

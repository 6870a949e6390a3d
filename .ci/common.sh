# Part of each script here: where the root is, and how a proof that cannot run is told.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

# A proof that is left out is told on a line of its own; in CI it is a failure.
skip() {
  printf 'SKIPPED %s: %s\n' "$(basename "$0")" "$1" >&2
  [ "${CI:-}" != true ] || exit 1
}

fail() {
  printf 'FAILED %s: %s\n' "$(basename "$0")" "$1" >&2
  exit 1
}

# The files of the working copy that are, or are about to be, under version control.
files() { git ls-files --cached --others --exclude-standard -- "$@" | while read -r f; do [ ! -e "$f" ] || echo "$f"; done; }

# patiently COMMAND...: apt-get, which waits for another package manager. DPkg::Lock::Timeout alone covers what is installed, but not
# the lists that are fetched.
patiently() {
  local said try
  for try in $(seq 60); do
    if said=$(LC_ALL=C DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=600 "$@" 2>&1); then return 0; fi
    grep -q 'Could not get lock' <<<"$said" || break
    [ "$try" -gt 1 ] || echo "another package manager is at work; waiting for it"
    sleep 10
  done
  printf '%s\n' "$said" >&2
  return 1
}

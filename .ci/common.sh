# Read by every script here: where the root is, and how a proof that cannot run is told.
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

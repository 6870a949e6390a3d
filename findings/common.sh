# Read by the scripts beside it: a Python environment with pinned packages in a temporary folder, which goes at the end.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# with_packages REQUIREMENT...: installs them; the program comes on standard input and is run.
with_packages() {
  python3 -m venv "$folder/environment"
  "$folder/environment/bin/pip" --quiet --disable-pip-version-check install "$@"
  "$folder/environment/bin/python" -c 'import platform; print("Python", platform.python_version())'
  printf '%s\n' "$@"
  cat >"$folder/program.py"
  (cd "$folder" && PYTHONDONTWRITEBYTECODE=1 "$folder/environment/bin/python" program.py)
}

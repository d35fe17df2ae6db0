#!/usr/bin/env bash
# Installs the Debian packages the build needs, if any is missing; `setup.sh test` also those of the
# kernel checks for arm64, of the notebooks, and a browser to read reports with.
# Exits 69 (EX_UNAVAILABLE) with the command to run when it may not install them itself.
set -euo pipefail

packages=(libfftw3-dev libnlopt-dev libopenblas-dev libsvm-dev pkg-config)
if [ "${1:-}" = test ] && [ "$(uname -m)" = x86_64 ]; then
  packages+=(libc6-dev-arm64-cross qemu-user)
fi
# A browser, which tests open reports in; they say so and do without where there is none.
optional=()
if [ "${1:-}" = test ] && ! command -v chromium chromium-browser google-chrome >/dev/null; then
  optional=(chromium fonts-dejavu-core)
fi
# Notebooks run in a Python environment of their own.
if [ "${1:-}" = test ] && ! python3 -c 'import ensurepip, venv' 2>/dev/null; then
  packages+=(python3-venv)
fi

fail() {
  printf 'ansatz: error: %s\n' "$1" >&2
  exit 69
}

command -v swift >/dev/null ||
  fail 'no swift in PATH; install Swift 6.1 or later from https://www.swift.org/install'

command -v dpkg-query >/dev/null ||
  fail "this is not a Debian system; install what ${packages[*]} hold, then run swift build"

missing=()
for package in "${packages[@]}"; do
  status=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null) || true
  [ "$status" = installed ] || missing+=("$package")
done
[ $((${#missing[@]} + ${#optional[@]})) -gt 0 ] || exit 0

if [ "$(id -u)" -eq 0 ]; then
  as_root=(env)
elif command -v sudo >/dev/null && [ -t 0 ]; then
  as_root=(sudo env)
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
  as_root=(sudo -n env)
elif [ ${#missing[@]} -eq 0 ]; then
  echo "ansatz: no browser for the tests of reports; as root, run: apt-get install ${optional[*]}" >&2
  exit 0
else
  fail "missing packages; as root, run: apt-get install ${missing[*]}"
fi

# A new machine has no package lists, an old one outdated ones; most have lists that serve.
install_packages() {
  local install=("${as_root[@]}" DEBIAN_FRONTEND=noninteractive apt-get install -y -qq
    --no-install-recommends "$@")
  echo "ansatz: installing $*"
  "${install[@]}" >/dev/null 2>&1 </dev/null || {
    "${as_root[@]}" apt-get update -qq </dev/null && "${install[@]}" >/dev/null </dev/null
  }
}

if [ ${#missing[@]} -gt 0 ]; then
  install_packages "${missing[@]}" ||
    fail "could not install the packages; as root, run: apt-get install ${missing[*]}"
fi
if [ ${#optional[@]} -gt 0 ]; then
  install_packages "${optional[@]}" ||
    echo "ansatz: no browser for the tests of reports; apt-get install ${optional[*]} failed" >&2
fi

#!/usr/bin/env bash
# check-install.sh BUILD-FLAGS…: installs into a temporary folder, where no checkout is above, and uses
# what is there: the program without the toolchain and without an environment, and a package of one's
# own, built against the library and run.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
prefix=$work/prefix
scripts/install.sh "$prefix" "$@"

fail() {
  printf 'check-install: error: %s\n' "$1" >&2
  exit 1
}

cd "$work"
env -i "$prefix/bin/ansatz" datasets >/dev/null
for file in man/man1/ansatz.1 man/man1/ansatz-train.1 bash-completion/completions/ansatz \
  zsh/site-functions/_ansatz fish/vendor_completions.d/ansatz.fish; do
  test -s "$prefix/share/$file" || fail "share/$file is empty or missing"
done

env -u ANSATZ_PATH "$prefix/bin/ansatz" new Mine | grep -q 'some seconds' || fail 'no word on the first build'
start=$(date +%s)
swift build --package-path Mine -c release >log 2>&1 || {
  cat log >&2
  fail 'a new package does not build against the installed library'
}
seconds=$(($(date +%s) - start))
! grep 'warning:' log || fail 'a new package builds with warnings'
Mine/.build/release/Mine train iris --model example --epochs 2 --json >report
grep -q '"model" *: *"example"' report || fail 'the new package did not train its model'
Mine/.build/release/Mine draw example-circuit >/dev/null

# Another compiler: one line that says how to mend it, from ansatz and from the package.
sed -i 's/compiler(>=[0-9.]*)/compiler(>=99.0.0)/' Mine/Package.swift
! swift build --package-path Mine -c release >log 2>&1 || fail 'a package for another compiler builds'
test "$(grep -c 'run `make install` again' log)" = 1 || {
  cat log >&2
  fail 'a package for another compiler does not say so'
}
sed -i 's/Swift version [0-9.]*/Swift version 5.0.0/' "$prefix/lib/ansatz/library.json"
code=0
env -u ANSATZ_PATH "$prefix/bin/ansatz" new Other >log 2>&1 || code=$?
test "$code" = 78 -a "$(wc -l <log)" = 1 || {
  cat log >&2
  fail 'ansatz new does not say that the compiler is another'
}
echo "a new package builds against the installed library in $seconds s"

#!/usr/bin/env bash
# install.sh PREFIX BUILD-FLAGS…: puts one self-contained `ansatz` under PREFIX/bin, its manual pages and
# completions for bash, zsh and fish under PREFIX/share.
#
# The objects of the ordinary build are linked again, against the static Swift libraries, which
# takes seconds; `swift build --static-swift-stdlib` would compile everything a second time. The one
# source file compiled here makes the compiler name every static library that Foundation needs.
set -euo pipefail

prefix=$1
shift
swift build "$@" --product ansatz
objects=$(swift build "$@" --show-bin-path)/ansatz.product/Objects.LinkFileList

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
printf 'import Foundation\nimport Synchronization\n' >"$work/StaticLibraries.swift"

# The linker warns of an unsafe `mktemp` inside Foundation; nothing of ours calls it.
# shellcheck disable=SC2046  # the flags of pkg-config are words
swiftc -O -parse-as-library -module-name StaticLibraries -static-stdlib -emit-executable \
  "$work/StaticLibraries.swift" "@$objects" -o "$work/ansatz" \
  -Xlinker --gc-sections -Xlinker -s -Xlinker --defsym -Xlinker main=ansatz_tool_main \
  $(pkg-config --libs fftw3 fftw3f openblas) -lm 2>"$work/log" || {
  cat "$work/log" >&2
  exit 1
}

install -d "$prefix/bin"
install -m 755 "$work/ansatz" "$prefix/bin/ansatz"

ansatz=$prefix/bin/ansatz
"$ansatz" --experimental-dump-help |
  swift "$(dirname "$0")/man-pages.swift" "$work/man" "$("$ansatz" --version)"
install -d "$prefix/share/man/man1"
install -m 644 "$work"/man/*.1 "$prefix/share/man/man1"

complete() { # complete SHELL FILE
  install -d "$(dirname "$prefix/share/$2")"
  "$ansatz" --generate-completion-script "$1" >"$prefix/share/$2"
}
complete bash bash-completion/completions/ansatz
complete zsh zsh/site-functions/_ansatz
complete fish fish/vendor_completions.d/ansatz.fish

echo "installed $ansatz, its manual pages and shell completions"

#!/usr/bin/env bash
# install.sh PREFIX BUILD-FLAGS…: puts one self-contained `ansatz` under PREFIX/bin, its manual pages and
# completions for bash, zsh and fish under PREFIX/share, and what packages are built against under
# PREFIX/lib/ansatz.
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

# All of Ansatz and of what it is made with, in one archive with its modules. Modules are for one
# compiler; `ansatz new` compares it with what library.json says.
library=$prefix/lib/ansatz
products=$(swift build "$@" --show-bin-path)
rm -rf "$library"
install -d "$library/modules"
grep -v '/ansatz_tool\.build/\|/Circuits\.build/' "$objects" >"$work/objects"
xargs ar qcS "$work/libAnsatz.a" <"$work/objects"
strip --strip-debug "$work/libAnsatz.a"
ranlib "$work/libAnsatz.a"
install -m 644 "$work/libAnsatz.a" "$library"
sed -n 's,.*/\([^/]*\)\.build/[^/]*\.swift\.o$,\1,p' "$work/objects" | sort -u | while read -r module; do
  install -m 644 "$products/Modules/$module.swiftmodule" "$products/Modules/$module.swiftdoc" \
    "$library/modules"
done
for folder in Sources/C*/ .build/checkouts/swift-numerics/Sources/_NumericsShims/; do
  module=$(basename "$folder")
  headers=$folder
  [ ! -d "$folder/include" ] || headers=$folder/include
  install -d "$library/modules/$module"
  install -m 644 "$headers"/*.h "$library/modules/$module"
  if [ -e "$headers/module.modulemap" ]; then
    install -m 644 "$headers/module.modulemap" "$library/modules/$module"
  else
    printf 'module %s {\n  umbrella header "%s.h"\n  export *\n}\n' "$module" "$module" \
      >"$library/modules/$module/module.modulemap"
  fi
done
words() { # words PREFIX WORD…: the words that begin with the prefix, without it, as a list in JSON
  local start=$1 word list=
  shift
  for word; do
    case $word in "$start"*) list+=${list:+, }\"${word#"$start"}\" ;; esac
  done
  printf '[%s]' "$list"
}
# shellcheck disable=SC2046  # the flags of pkg-config are words
cat >"$library/library.json" <<END
{
  "compiler": "$(swiftc --version 2>/dev/null | sed -n 1p)",
  "headers": $(words -I $(pkg-config --cflags-only-I openblas fftw3)),
  "folders": $(words -L $(pkg-config --libs-only-L fftw3 fftw3f openblas nlopt)),
  "libraries": $(words -l $(pkg-config --libs-only-l fftw3 fftw3f openblas nlopt) -lsvm)
}
END

echo "installed $ansatz, its manual pages and shell completions, and the library in $library"

#!/usr/bin/env bash
# docs.sh OUTPUT BUILD-FLAGS…: makes the documentation site from what is built already: the public
# symbols of every library module, and the pages of docs/ as articles. Any warning is an error, and so
# is a public symbol without a comment.
#
# The compiler's own extractor and `docc` do the work, without SwiftPM's plugin: it would be one more
# dependency to fetch, and would compile every module again with other flags. HOSTING=/path serves the
# site from below that path.
set -euo pipefail

output=$1
shift
command -v docc >/dev/null || {
  echo 'docs: error: no docc in PATH; it comes with the Swift toolchain' >&2
  exit 69
}
here=$(dirname "$0")
products=$(swift build "$@" --show-bin-path)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Module maps of C modules, which Swift modules of ours import.
flags=()
for map in Sources/C*/module.modulemap "$products"/C*.build/module.modulemap \
  .build/checkouts/swift-numerics/Sources/_NumericsShims/include/module.modulemap; do
  flags+=(-Xcc "-fmodule-map-file=$map")
done
for flag in $(pkg-config --cflags-only-I openblas fftw3); do flags+=(-Xcc "$flag"); done

mkdir "$work/symbols"
for folder in Sources/Ansatz?*; do # Ansatz itself has no symbols: it is the site's first page
  module=$(basename "$folder")
  case $module in AnsatzBenchmarks | AnsatzTestSupport) continue ;; esac
  swift-symbolgraph-extract -module-name "$module" -I "$products/Modules" "${flags[@]}" \
    -target "$(swiftc -print-target-info | sed -n 's/.*"unversionedTriple": "\(.*\)",/\1/p')" \
    -minimum-access-level public -skip-synthesized-members \
    -module-cache-path "$work/cache" -output-dir "$work/symbols"
done

swift "$here/doc-comments.swift" "$work/symbols"
swift "$here/check-docs.swift" "$work/symbols"
swift "$here/doc-articles.swift" docs Sources/Ansatz/Ansatz.docc "$work/Ansatz.docc" "$work/symbols"

# Comments name the parameters that need words, not all of them.
docc convert "$work/Ansatz.docc" --additional-symbol-graph-dir "$work/symbols" \
  --fallback-display-name Ansatz --fallback-bundle-identifier ansatz \
  --fallback-default-module-kind Module --disable-parameters-and-returns-validation --warnings-as-errors \
  ${HOSTING:+--hosting-base-path "$HOSTING"} --output-dir "$work/site"
# What `docc` leaves at the root finds no page of its own there.
cat >"$work/site/index.html" <<'END'
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8"/>
<meta http-equiv="refresh" content="0; url=documentation/ansatz/"/>
<title>Ansatz</title>
</head>
<body><a href="documentation/ansatz/">Ansatz</a></body>
</html>
END
mkdir -p "$(dirname "$output")"
rm -rf "$output"
mv "$work/site" "$output"
echo "wrote $output; to read it: python3 -m http.server --directory $output"

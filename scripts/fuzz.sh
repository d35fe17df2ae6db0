#!/bin/sh
# Runs libFuzzer with the address sanitizer on each reader of text, or on those named.
#
#   scripts/fuzz.sh MINUTES [TARGET...]
set -eu
cd "$(dirname "$0")/.."
minutes=${1:-1}
[ $# -gt 0 ] && shift
[ $# -gt 0 ] || set -- qasm2 qasm3 observable

# The gold linker cannot link the sanitizer's symbols.
ANSATZ_FUZZ=build swift build -c release --scratch-path .build/fuzz --product ansatz-fuzz \
  -Xswiftc -sanitize=fuzzer,address -Xswiftc -use-ld=lld

mkdir -p .build/fuzz/found
bench=Tests/AnsatzCircuitsTests/Fixtures/mqt-bench
for target in "$@"; do
  mkdir -p ".build/fuzz/corpus/$target" ".build/fuzz/programs/$target"
  version=${target#qasm}
  [ "$version" = "$target" ] || cp "$bench"/*_v"$version".qasm ".build/fuzz/programs/$target/"
  dictionary=
  [ "$target" = observable ] || dictionary=-dict=Fuzzing/qasm.dict
  echo "== $target, $minutes min"
  ANSATZ_FUZZ=$target ASAN_OPTIONS=symbolize=0:detect_leaks=0 SWIFT_BACKTRACE=enable=no \
    .build/fuzz/release/ansatz-fuzz \
    -max_total_time=$((minutes * 60)) -timeout=10 -rss_limit_mb=2048 -max_len=4096 \
    -print_final_stats=1 -verbosity=0 -artifact_prefix=.build/fuzz/found/ $dictionary \
    ".build/fuzz/corpus/$target" "Fuzzing/Corpus/$target" ".build/fuzz/programs/$target"
done

#!/usr/bin/env bash
# Checks the C kernels against plain loops (Tests/KernelChecks): every variant this processor runs,
# the same under the address and undefined-behaviour sanitizers, and the arm64 build in an emulator.
set -euo pipefail
cd "$(dirname "$0")/.."

fail() {
  printf 'ansatz: error: %s\n' "$1" >&2
  exit 1
}

# The compiler that SwiftPM uses for C, or any clang.
swift=$(command -v swift) || fail 'no swift in PATH'
clang=$(dirname "$(readlink -f "$swift")")/clang
[ -x "$clang" ] || clang=$(command -v clang) || fail 'no clang beside swift or in PATH'

target=Sources/CAnsatzKernels
checks=Tests/KernelChecks

# All C files there are, so that a new one is built; each must have a function that the checks can call.
sources=()
while IFS= read -r file; do
  sources+=("$file")
  grep -qE '\bansatz_[a-z_0-9]+' "$file" || fail "$file has no function for $checks to call"
done < <(find $target -name '*.c' | sort)

# Every kernel of a table and every function must be called by a check.
for name in $(grep -ohE '\(\*_N[a-z]+ [a-z_0-9]+\)\(|\bansatz_[a-z_0-9]+' $target/include/*.h \
  "${sources[@]}" | sed -E 's/^\(.* (.*)\)\($/k->\1/' | sort -u); do
  grep -qwFe "$name" $checks/*.c $checks/*.inc || fail "$checks does not call $name"
done

folder=.build/kernel-checks
mkdir -p "$folder"
build() {
  local name=$1
  shift
  "$clang" -std=c11 -Wall -Wextra -I$target/include $checks/main.c "${sources[@]}" \
    -fuse-ld=lld "$@" -o "$folder/$name"
}

native() {
  build native -O2 -lm
  printf 'kernels: '
  "$folder/native"
}

# Left out are checks of pointers that take most of the time to compile; where such a pointer is used,
# the address sanitizer sees it.
sanitized() {
  build sanitized -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined \
    -fno-sanitize=null,alignment,object-size,pointer-overflow -lm
  printf 'kernels, sanitized: '
  "$folder/sanitized"
}

# Linked by hand: the C library alone is needed, not a whole cross compiler.
root=/usr/aarch64-linux-gnu
arm64() {
  build arm64 -O2 --target=aarch64-linux-gnu -isystem $root/include -L$root/lib \
    -nostartfiles -nodefaultlibs -no-pie $root/lib/crt{1,i,n}.o -lm -lc
  printf 'kernels, arm64: '
  qemu-aarch64 -L $root "$folder/arm64"
}

kinds=(native sanitized)
if [ "$(uname -m)" != aarch64 ]; then
  command -v qemu-aarch64 >/dev/null && [ -f $root/lib/crt1.o ] ||
    fail 'no arm64 C library or emulator; as root, run: apt-get install libc6-dev-arm64-cross qemu-user'
  kinds+=(arm64)
fi

# Side by side; each says what it has to say when it is its turn.
jobs=()
for kind in "${kinds[@]}"; do
  (
    set -e
    $kind
  ) >"$folder/$kind.log" 2>&1 &
  jobs+=($!)
done
failed=()
for i in "${!kinds[@]}"; do
  wait "${jobs[$i]}" || failed+=("${kinds[$i]}")
  cat "$folder/${kinds[$i]}.log"
done
[ ${#failed[@]} = 0 ] || fail "kernel checks failed: ${failed[*]}"

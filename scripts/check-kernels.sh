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

folder=.build/kernel-checks
mkdir -p "$folder"
build() {
  local name=$1
  shift
  "$clang" -std=c11 -O2 -Wall -Wextra -ISources/CAnsatzKernels/include \
    Tests/KernelChecks/main.c Sources/CAnsatzKernels/kernels.c -fuse-ld=lld "$@" -o "$folder/$name"
}

build native -lm
printf 'kernels: '
"$folder/native"

build sanitized -g -fsanitize=address,undefined -fno-sanitize-recover=undefined -lm
printf 'kernels, sanitized: '
"$folder/sanitized"

if [ "$(uname -m)" = aarch64 ]; then exit; fi
root=/usr/aarch64-linux-gnu
command -v qemu-aarch64 >/dev/null && [ -f $root/lib/crt1.o ] ||
  fail 'no arm64 C library or emulator; as root, run: apt-get install libc6-dev-arm64-cross qemu-user'
# Linked by hand: the C library alone is needed, not a whole cross compiler.
build arm64 --target=aarch64-linux-gnu -isystem $root/include -L$root/lib \
  -nostartfiles -nodefaultlibs -no-pie $root/lib/crt{1,i,n}.o -lm -lc
printf 'kernels, arm64: '
qemu-aarch64 -L $root "$folder/arm64"

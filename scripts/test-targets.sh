#!/usr/bin/env bash
# test-targets.sh FILTER: the test targets that a filter of `swift test` can mean, separated by commas,
# for the variable ANSATZ_TESTS of Package.swift; nothing if it can mean all of them.
#
# The filter is a regular expression on Target.Suite/test. A target is meant if its name matches the
# part before the first dot or slash, or if that part stands in one of its files as the name of a
# suite or of a test.
set -euo pipefail

first=${1%%[./]*}
[ -n "$first" ] || exit 0
# What is more than a name may match anywhere.
case $first in *[!A-Za-z0-9_]*) exit 0 ;; esac
cd "$(dirname "$0")/.."
targets=()
for folder in Tests/*Tests; do
  if basename "$folder" | grep -q -- "$first" ||
    grep -rqE "(struct|class|enum|actor|func) \w*$first" "$folder"; then
    targets+=("$(basename "$folder")")
  fi
done
(
  IFS=,
  printf '%s' "${targets[*]:-}"
)

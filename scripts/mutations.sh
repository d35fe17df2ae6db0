#!/usr/bin/env bash
# Flips one sign or number after the other in a copy of the sources and expects a test to fail.
#
#     scripts/mutations.sh                 # all of them; each takes a build
#     scripts/mutations.sh shift-rule ...  # some, by name
#     scripts/mutations.sh --list
#
# Exits 1 if a mutation goes unnoticed or no longer fits its file. docs/testing.md says what was tried.
set -euo pipefail
cd "$(dirname "$0")/.."

# name | file | text, which must occur exactly once | what it becomes | tests that should fail
mutations=$(cat <<'LIST'
shift-rule|Sources/AnsatzGradients/ShiftRule.swift|let sign: Double = index % 2 == 1 ? 1 : -1|let sign: Double = index % 2 == 1 ? -1 : 1|ShiftRuleTests
shift-rule-arbitrary|Sources/AnsatzGradients/ShiftRule.swift|Term(coefficient: -coefficient, shift: -shift)|Term(coefficient: coefficient, shift: -shift)|ShiftRuleTests
shift-frequencies|Sources/AnsatzSimulator/Compiler/Instruction.swift|controls == 0 ? [1] : [0.5, 1]|[1]|GradientMethodTests
shift-whole-gate|Sources/AnsatzGradients/ShiftPlan.swift|($0.occurrence, $0.scale * term.shift)|($0.occurrence, term.shift)|GradientMethodTests
generator-rotation|Sources/AnsatzSimulator/Execution/Insertion.swift|word: Complex(0, -0.5))|word: Complex(0, 0.5))|CurvatureTests
generator-phase|Sources/AnsatzSimulator/Execution/Insertion.swift|(masks, scale) = (PauliMasks([]), -1)|(masks, scale) = (PauliMasks([]), 1)|GradientMethodTests
generator-controls|Sources/AnsatzSimulator/Execution/Insertion.swift|subset.nonzeroBitCount % 2 == 0 ? 1 : -1|1|GradientMethodTests
insertion-word|Sources/AnsatzSimulator/Execution/Insertion.swift|for _ in 0..<masks.yCount & 3 { factor *= .i }|for _ in 0..<masks.yCount & 3 { factor *= -.i }|GradientMethodTests
adjoint-rotation|Sources/AnsatzSimulator/Execution/BlockRunner.swift|derivative(occurrence, instruction.angleDerivative(bra: bra, ket: ket))|derivative(occurrence, -instruction.angleDerivative(bra: bra, ket: ket))|StateFunctionTests
chain-rule|Sources/AnsatzGradients/ChainRule.swift|weights[weight] += totals[index] * (partial.constantValue ?? 0)|weights[weight] -= totals[index] * (partial.constantValue ?? 0)|GradientMethodTests
stochastic-shift|Sources/AnsatzGradients/StochasticShift.swift|sign * word.coefficient|word.coefficient|GradientMethodTests
hadamard-test|Sources/AnsatzGradients/HadamardTest.swift|2 * word.coefficient|-2 * word.coefficient|StateFunctionTests
evolution-shift|Sources/AnsatzGradients/EvolutionShift.swift|[Double.pi / 2, -Double.pi / 2]|[-Double.pi / 2, Double.pi / 2]|EvolutionShiftTests
difference-stencil|Sources/AnsatzGradients/FiniteDifference.swift|-9.0 / 60|9.0 / 60|GradientMethodTests
spsa-sign|Sources/AnsatzGradients/SPSA.swift|weightSums[i] += total * sign|weightSums[i] -= total * sign|GradientMethodTests
variance|Sources/AnsatzGradients/Functions/Expectations.swift|$0 - 2 * mean * $1|$0 + 2 * mean * $1|StateFunctionTests
entropy|Sources/AnsatzGradients/Functions/Entropies.swift|-unit * Double.log(max($0, smallest))|unit * Double.log(max($0, smallest))|StateFunctionTests
hessian-second|Sources/AnsatzGradients/Curvature/Hessian.swift|products[a, b] + tangents.second[b, a]|products[a, b] - tangents.second[b, a]|CurvatureTests
hessian-chain|Sources/AnsatzGradients/Curvature/WeightChain.swift|result[first, second] += gradient[parameter] * value|result[first, second] -= gradient[parameter] * value|CurvatureTests
metric-phase|Sources/AnsatzGradients/Curvature/MetricTensor.swift|- phases[i] * phases[j]|+ phases[i] * phases[j]|CurvatureTests
natural-gradient|Sources/AnsatzOptimizers/Minimizers/QuantumNaturalGradient.swift|weights[i] -= options.learningRate|weights[i] += options.learningRate|MinimizerTests
qn-spsa-metric|Sources/AnsatzOptimizers/Minimizers/QNSPSA.swift|-change / (8 * ε * ε)|change / (8 * ε * ε)|MinimizerTests
channel-bit-flip|Sources/AnsatzCircuits/Channels/BitFlip.swift|weighted(1 - parameters[0])|weighted(1 + parameters[0])|ChannelTests
channel-phase-flip|Sources/AnsatzCircuits/Channels/PhaseFlip.swift|weighted(1 - parameters[0])|weighted(1 + parameters[0])|ChannelTests
channel-bit-phase-flip|Sources/AnsatzCircuits/Channels/BitPhaseFlip.swift|weighted(1 - parameters[0])|weighted(1 + parameters[0])|ChannelTests
channel-depolarizing|Sources/AnsatzCircuits/Channels/Depolarizing.swift|weighted(1 - p)|weighted(1 + p)|ChannelTests
channel-two-qubit|Sources/AnsatzCircuits/Channels/TwoQubitDepolarizing.swift|weighted(1 - parameters[0])|weighted(1 + parameters[0])|ChannelTests
channel-pauli|Sources/AnsatzCircuits/Channels/PauliChannel.swift|1 - p[0] - p[1] - p[2]|1 - p[0] + p[1] - p[2]|ChannelTests
channel-reset|Sources/AnsatzCircuits/Channels/ResetChannel.swift|weighted(1 - p[0] - p[1])|weighted(1 - p[0] + p[1])|ChannelTests
channel-amplitude|Sources/AnsatzCircuits/Channels/AmplitudeDamping.swift|Complex((1 - gamma).squareRoot())|Complex(-(1 - gamma).squareRoot())|ChannelTests
channel-generalized|Sources/AnsatzCircuits/Channels/GeneralizedAmplitudeDamping.swift|Complex((1 - gamma).squareRoot())|Complex(-(1 - gamma).squareRoot())|ChannelTests
channel-phase-damping|Sources/AnsatzCircuits/Channels/PhaseDamping.swift|Complex((1 - gamma).squareRoot())|Complex(-(1 - gamma).squareRoot())|ChannelTests
channel-thermal|Sources/AnsatzCircuits/Channels/ThermalRelaxation.swift|expMinusOne(-time / t1)|expMinusOne(time / t1)|ChannelTests
LIST
)

if [ "${1:-}" = --list ]; then
  cut -d'|' -f1,2,5 <<<"$mutations" | column -t -s'|'
  exit 0
fi

# A worktree of its own: the checkout stays as it is, and builds only what a mutation touches.
copy=${ANSATZ_MUTATIONS:-.build/mutations}
[ -e "$copy/.git" ] || git worktree add --detach "$copy" HEAD >/dev/null
git -C "$copy" checkout --quiet --detach "$(git rev-parse HEAD)" -- . 2>/dev/null ||
  git -C "$copy" checkout --quiet --detach "$(git rev-parse HEAD)"
flags=(-c release -Xswiftc -enable-testing)
unnoticed=0

while IFS='|' read -r name file text replacement tests; do
  if [ $# -gt 0 ] && ! printf '%s\n' "$@" | grep -qx -- "$name"; then continue; fi
  count=$(grep -cF -- "$text" "$copy/$file" || true)
  if [ "$count" != 1 ]; then
    echo "$name: the text is there $count times in $file, not once"
    unnoticed=1
    continue
  fi
  TEXT=$text REPLACEMENT=$replacement perl -0pi -e \
    's/\Q$ENV{TEXT}\E/$ENV{REPLACEMENT}/' "$copy/$file"
  if ! (cd "$copy" && swift build "${flags[@]}" --build-tests >mutation.log 2>&1 </dev/null); then
    echo "$name: does not compile; see $copy/mutation.log"
    unnoticed=1
  elif (cd "$copy" && swift test "${flags[@]}" --disable-testable-imports --skip-build \
    --filter "$tests" >mutation.log 2>&1 </dev/null); then
    echo "$name: UNNOTICED by $tests"
    unnoticed=1
  else
    echo "$name: noticed by $tests"
  fi
  git -C "$copy" checkout --quiet -- "$file"
done <<<"$mutations"
exit $unnoticed

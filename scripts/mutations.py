#!/usr/bin/env python3
"""Flips one sign, generator or number after the other and expects a test to fail.

    scripts/mutations.py                 # all of them
    scripts/mutations.py shift-rule ...  # some, by name
    scripts/mutations.py --list

A copy of the sources is built once, in which every expression of the list stands beside its mutant;
ANSATZ_MUTANT chooses which of them runs. Exits 1 if the unchanged copy fails, a mutant goes
unnoticed or an entry no longer fits its file.
"""
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COPY = Path(os.environ.get("ANSATZ_MUTATIONS", ROOT / ".build" / "mutations"))
FLAGS = ["-c", "release", "-Xswiftc", "-enable-testing"]
SWITCH = """import Foundation

private let chosen = ProcessInfo.processInfo.environment["ANSATZ_MUTANT"]

/// Whether the mutant of this name is to run.
package func mutated(_ name: String) -> Bool { chosen == name }
"""

GRADIENTS = "Sources/AnsatzGradients"
CHANNELS = "Sources/AnsatzCircuits/Channels"
GATES = "Sources/AnsatzCircuits/Gates"
INSERTION = "Sources/AnsatzSimulator/Execution/Insertion.swift"
METHODS = "GradientMethodTests"

# name, file, expression, what it becomes, tests that should fail. The text stands in the file once;
# where the expression is only a part of it, it is between « and ».
MUTANTS = [
    ("shift-rule", f"{GRADIENTS}/ShiftRule.swift",
     "index % 2 == 1 ? 1 : -1", "index % 2 == 1 ? -1 : 1", "ShiftRuleTests"),
    ("shift-rule-arbitrary", f"{GRADIENTS}/ShiftRule.swift",
     "Term(coefficient: -coefficient, shift: -shift)",
     "Term(coefficient: coefficient, shift: -shift)", "ShiftRuleTests"),
    ("shift-frequencies", "Sources/AnsatzSimulator/Compiler/Instruction.swift",
     "controls == 0 ? [1] : [0.5, 1]", "[1]", METHODS),
    ("shift-whole-gate", f"{GRADIENTS}/ShiftPlan.swift",
     "$0.scale * term.shift", "term.shift", METHODS),
    ("generator-rotation", INSERTION, "Complex(0, -0.5)", "Complex(0, 0.5)", "CurvatureTests"),
    ("generator-phase", INSERTION, "(PauliMasks([]), -1)", "(PauliMasks([]), 1)", METHODS),
    ("generator-controls", INSERTION,
     "subset.nonzeroBitCount % 2 == 0 ? 1 : -1", "1", METHODS),
    ("insertion-word", INSERTION, "masks.yCount & 3", "(3 * masks.yCount) & 3", METHODS),
    ("adjoint-rotation", "Sources/AnsatzSimulator/Execution/BlockRunner.swift",
     "instruction.angleDerivative(bra: bra, ket: ket)",
     "-instruction.angleDerivative(bra: bra, ket: ket)", "StateFunctionTests"),
    ("chain-rule", f"{GRADIENTS}/ChainRule.swift",
     "totals[index] * (partial.constantValue ?? 0)",
     "-totals[index] * (partial.constantValue ?? 0)", METHODS),
    ("stochastic-shift", f"{GRADIENTS}/StochasticShift.swift",
     "sign * word.coefficient", "word.coefficient", METHODS),
    ("hadamard-test", f"{GRADIENTS}/HadamardTest.swift",
     "2 * word.coefficient", "-2 * word.coefficient", "StateFunctionTests"),
    ("evolution-shift", f"{GRADIENTS}/EvolutionShift.swift",
     "[Double.pi / 2, -Double.pi / 2]", "[-Double.pi / 2, Double.pi / 2]", "EvolutionShiftTests"),
    ("noisy-turn", "Sources/AnsatzSimulator/Density/DensityProbes.swift",
     "-Double.sin(angle)", "Double.sin(angle)", "NoisyGradientTests"),
    ("noisy-commutator", "Sources/AnsatzSimulator/Density/DensityProbes.swift",
     "Complex(0, -0.5)", "Complex(0, 0.5)", "NoisyGradientTests"),
    ("noisy-open-control", "Sources/AnsatzSimulator/Density/DensityProbes.swift",
     "turns % 2 == 0 ? word.coefficient : -word.coefficient", "word.coefficient",
     "NoisyGradientTests"),
    ("difference-stencil", f"{GRADIENTS}/FiniteDifference.swift",
     "-9.0 / 60", "9.0 / 60", METHODS),
    ("spsa-sign", f"{GRADIENTS}/SPSA.swift", "total * sign", "-total * sign", METHODS),
    ("variance", f"{GRADIENTS}/Functions/Expectations.swift",
     "$0 - 2 * mean * $1", "$0 + 2 * mean * $1", "StateFunctionTests"),
    ("entropy", f"{GRADIENTS}/Functions/Entropies.swift",
     "-unit * Double.log(max($0, smallest))", "unit * Double.log(max($0, smallest))",
     "StateFunctionTests"),
    ("hessian-second", f"{GRADIENTS}/Curvature/Hessian.swift",
     "products[a * count + b] + second[b * count + a]",
     "products[a * count + b] - second[b * count + a]", "CurvatureTests"),
    ("hessian-chain", f"{GRADIENTS}/Curvature/WeightChain.swift",
     "gradient[parameter] * value", "-gradient[parameter] * value", "CurvatureTests"),
    ("metric-phase", f"{GRADIENTS}/Curvature/MetricTensor.swift",
     "phases[i] * phases[j]", "-(phases[i] * phases[j])", "CurvatureTests"),
    ("natural-gradient", "Sources/AnsatzOptimizers/Minimizers/QuantumNaturalGradient.swift",
     "options.learningRate * direction[i]", "-options.learningRate * direction[i]",
     "MinimizerTests"),
    ("qn-spsa-metric", "Sources/AnsatzOptimizers/Minimizers/QNSPSA.swift",
     "-change / (8 * ε * ε)", "change / (8 * ε * ε)", "MinimizerTests"),
]

# Every channel: the weight of a branch or the sign of a coherence.
for name, file, text, becomes in [
    ("bit-flip", "BitFlip", "weighted(«1 - parameters[0]»)", "1 + parameters[0]"),
    ("phase-flip", "PhaseFlip", "weighted(«1 - parameters[0]»)", "1 + parameters[0]"),
    ("bit-phase-flip", "BitPhaseFlip",
     "weighted(«1 - parameters[0]»)", "1 + parameters[0]"),
    ("depolarizing", "Depolarizing", "weighted(«1 - p»)", "1 + p"),
    ("two-qubit", "TwoQubitDepolarizing",
     "weighted(«1 - parameters[0]»)", "1 + parameters[0]"),
    ("pauli", "PauliChannel", "1 - p[0] - p[1] - p[2]", "1 - p[0] + p[1] - p[2]"),
    ("reset", "ResetChannel", "weighted(«1 - p[0] - p[1]»)", "1 - p[0] + p[1]"),
    ("amplitude", "AmplitudeDamping",
     "Complex((1 - gamma).squareRoot())", "Complex(-(1 - gamma).squareRoot())"),
    ("generalized", "GeneralizedAmplitudeDamping",
     "Complex((1 - gamma).squareRoot())", "Complex(-(1 - gamma).squareRoot())"),
    ("phase-damping", "PhaseDamping",
     "Complex((1 - gamma).squareRoot())", "Complex(-(1 - gamma).squareRoot())"),
    ("thermal", "ThermalRelaxation", "expMinusOne(«-time / t1»)", "time / t1"),
]:
    MUTANTS.append((f"channel-{name}", f"{CHANNELS}/{file}.swift", text, becomes, "ChannelTests"))

# The generator of every gate with an angle, and the phase of every gate that is one.
for gate, text, becomes in [
    ("RX", ".pauliRotation([.x])", ".pauliRotation([.y])"),
    ("RY", ".pauliRotation([.y])", ".pauliRotation([.x])"),
    ("RZ", ".pauliRotation([.z])", ".pauliRotation([.x])"),
    ("RXX", ".pauliRotation([.x, .x])", ".pauliRotation([.x, .y])"),
    ("RYY", ".pauliRotation([.y, .y])", ".pauliRotation([.y, .x])"),
    ("RZZ", ".pauliRotation([.z, .z])", ".pauliRotation([.z, .x])"),
    ("RZX", ".pauliRotation([.z, .x])", ".pauliRotation([.x, .z])"),
    ("MultiRZ", ".uniformRotation(.z)", ".uniformRotation(.y)"),
    ("Phase", "Complex(length: 1, phase: angles[0])", "Complex(length: 1, phase: -angles[0])"),
    ("GlobalPhase", "Complex(length: 1, phase: angles[0])",
     "Complex(length: 1, phase: -angles[0])"),
    ("CPhase", "Phase.definition", "RZ.definition"),
    ("CRX", "RX.definition", "RY.definition"),
    ("CRY", "RY.definition", "RX.definition"),
    ("CRZ", "RZ.definition", "Phase.definition"),
    ("CRot", "-$0[1]", "$0[1]"),
    ("CU", ".init(GlobalPhase.definition, parameters: [3], targets: [])",
     ".init(GlobalPhase.definition, angles: [.parameter(3, times: -1)], targets: [])"),
    ("FSim", ".parameter(1, times: -1)", ".parameter(1, times: 1)"),
    ("IsingXY", ".init(RXX.definition, angles: [.parameter(0, times: -0.5)], targets: [0, 1])",
     ".init(RXX.definition, angles: [.parameter(0, times: 0.5)], targets: [0, 1])"),
    ("SingleExcitation", ".parameter(0, times: -0.5)", ".parameter(0, times: 0.5)"),
    ("DoubleExcitation", "isFirst ? 0.125 : -0.125", "isFirst ? -0.125 : 0.125"),
    ("Rot", ".init(RY.definition, parameters: [1], targets: [0])",
     ".init(RY.definition, angles: [.parameter(1, times: -1)], targets: [0])"),
    ("U", ".init(Phase.definition, parameters: [2], targets: [0])",
     ".init(Phase.definition, angles: [.parameter(2, times: -1)], targets: [0])"),
    ("U2", ".init(Phase.definition, parameters: [1], targets: [0])",
     ".init(Phase.definition, angles: [.parameter(1, times: -1)], targets: [0])"),
    ("ECR", ".constant(.pi / 2)", ".constant(-.pi / 2)"),
    ("ISWAP", ".constant(.pi / 2)", ".constant(-.pi / 2)"),
    ("SqrtISWAP", ".init(RXX.definition, angles: [.constant(-.pi / 4)], targets: [0, 1])",
     ".init(RXX.definition, angles: [.constant(.pi / 4)], targets: [0, 1])"),
    ("S", ".constantPhase(.pi / 2)", ".constantPhase(-.pi / 2)"),
    ("Sdg", ".constantPhase(-.pi / 2)", ".constantPhase(.pi / 2)"),
    ("T", ".constantPhase(.pi / 4)", ".constantPhase(-.pi / 4)"),
    ("Tdg", ".constantPhase(-.pi / 4)", ".constantPhase(.pi / 4)"),
]:
    MUTANTS.append((f"gate-{gate}", f"{GATES}/{gate}.swift", text, becomes, "GateTests|ReferenceTests"))


def prepare():
    """A checkout of HEAD beside the build folder, with every mutant beside its expression."""
    head = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.strip()
    if not (COPY / ".git").exists():
        subprocess.run(["git", "worktree", "add", "--detach", COPY, head], cwd=ROOT, check=True)
    subprocess.run(["git", "checkout", "-q", "--force", "--detach", head], cwd=COPY, check=True)
    fits = True
    for name, file, text, becomes, _ in MUTANTS:
        path = COPY / file
        source = path.read_text()
        before, expression, after = re.fullmatch("(.*)«(.*)»(.*)", text).groups() \
            if "«" in text else ("", text, "")
        text = before + expression + after
        if source.count(text) != 1:
            print(f"{name}: the text is there {source.count(text)} times in {file}, not once")
            fits = False
            continue
        choice = f'(mutated("{name}") ? ({becomes}) : ({expression}))'
        source = source.replace(text, before + choice + after)
        if "import AnsatzMath" not in source:
            source = "import AnsatzMath\n" + source
        path.write_text(source)
    (COPY / "Sources/AnsatzMath/Mutated.swift").write_text(SWITCH)
    return fits


def fails(tests, mutant):
    """Whether a test fails with the mutant in place, and how many."""
    run = subprocess.run(
        ["swift", "test", *FLAGS, "--disable-testable-imports", "--skip-build", "--filter", tests],
        cwd=COPY, env={**os.environ, "ANSATZ_MUTANT": mutant}, stdin=subprocess.DEVNULL,
        capture_output=True, text=True, errors="replace")
    text = run.stdout + run.stderr
    if run.returncode == 0 and not re.search(r"Test run with [1-9]", text):
        raise SystemExit(f"no test is called {tests}")
    # A mutant may also end the test process.
    return run.returncode != 0, len(set(re.findall(r"✘ Test (.+?) (?:recorded|failed)", text)))


def main():
    if sys.argv[1:] == ["--list"]:
        for name, file, text, becomes, tests in MUTANTS:
            print(f"{name:26} {Path(file).name:34} {text}  →  {becomes}   ({tests})")
        return 0
    chosen = [m for m in MUTANTS if not sys.argv[1:] or m[0] in sys.argv[1:]]
    fine = prepare()
    with open(COPY / "mutations.log", "w") as log:
        if subprocess.run(["swift", "build", *FLAGS, "--build-tests"], cwd=COPY, stdout=log,
                          stderr=log, stdin=subprocess.DEVNULL).returncode:
            print(f"the copy does not compile; see {COPY}/mutations.log")
            return 1
    for tests in sorted({m[4] for m in chosen}):
        if fails(tests, "")[0]:
            print(f"{tests} fail without a mutant")
            return 1
    for name, _, _, _, tests in chosen:
        noticed, count = fails(tests, name)
        fine = fine and noticed
        print(f"{name}: {f'noticed by {count} of {tests}' if noticed else 'UNNOTICED'}", flush=True)
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())

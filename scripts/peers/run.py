#!/usr/bin/env python3
"""Runs other simulators on the workloads of ansatz-bench, one JSON line a result.

    python scripts/peers/run.py                                    # every workload, size, precision and system
    python scripts/peers/run.py --workload reupload --size 12x64 --precision f64 --system lightning,qulacs
    python scripts/peers/run.py --system reference --save-expected # computes the check values anew

Needs numpy, and of the following whatever is to be compared: pennylane and pennylane-lightning; jax;
tensorcircuit-ng (with jax); qulacs. A system that cannot be imported is left out.

The time is the median of at least five calls after one that is reported apart (`first_s`); process start and imports
do not count, everything that a training step redoes does. Every result is measured in a process of its own.
"""
import argparse
import importlib
import importlib.util
import json
import os
import resource
import statistics
import subprocess
import sys
import time

import workloads as W

SYSTEMS = ["lightning", "pennylane_jax", "pennylane_curvature", "tensorcircuit", "qulacs", "qsim", "scipy_fft", "jax_mlp"]
# Steadier on one thread where states are small: their threads wait for each other more than they compute.
ONE_THREAD = ("lightning", "qulacs")
# Out of bounds: (system, fewest qubits).
TOO_LARGE = {"pennylane_jax": 17, "tensorcircuit": 23}
PACKAGES = {"lightning": "pennylane_lightning", "pennylane_jax": "pennylane", "pennylane_curvature": "pennylane", "tensorcircuit": "tensorcircuit",
            "qulacs": "qulacs", "qsim": "qsimcirq", "scipy_fft": "scipy", "jax_mlp": "jax"}
# What each does: the work on gradients, or workloads by name.
KINDS = {
    "reference": ("gradient", "forward"),
    "lightning": ("gradient", "forward", "param-shift"),
    "pennylane_jax": ("gradient",),
    "pennylane_curvature": ("hessian", "metric"),
    "tensorcircuit": ("gradient", "forward", "param-shift", "kernel", "density", "shots"),
    "qulacs": ("gradient", "forward", "trajectories"), "qsim": ("forward", "trajectories"), "scipy_fft": ("qft",), "jax_mlp": ("mlp-step",),
}
PRECISIONS = {"reference": ("f64",), "pennylane_curvature": ("f64",), "qulacs": ("f64",), "qsim": ("f32",), "jax_mlp": ("f32",)}


def measure(run, runs, seconds, limit):
    start = time.perf_counter()
    result = run()
    first = time.perf_counter() - start
    times = []
    # A slow call is not repeated beyond the limit, but always measured once after the first.
    while len(times) < runs or (sum(times) < seconds and len(times) < 10_000):
        if times and first + sum(times) + max(times) > limit:
            break
        start = time.perf_counter()
        result = run()
        times.append(time.perf_counter() - start)
    return result, {"first_s": first, "median_s": statistics.median(times), "min_s": min(times), "runs": len(times)}


def worker(options):
    sys.path.insert(0, W.HERE)
    system = importlib.import_module("systems." + options.system)
    work = W.Work(options.workload, options.size)
    run, check = system.prepare(work, options.precision)
    result, times = measure(run, options.runs, options.seconds, 0.7 * options.limit)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print("RESULT " + json.dumps({
        "workload": work.name, **work.fields(), "size": work.size, "precision": options.precision,
        "system": system.NAME, "module": options.system, "threads": options.threads, **times,
        "peak_rss_mb": round(peak, 1), "check": check(result)}))


def run_one(system, workload, size, precision, options):
    """The result line of a process of its own, or what went wrong."""
    environment = dict(os.environ, PYTHONWARNINGS="ignore", JAX_PLATFORMS="cpu", TF_CPP_MIN_LOG_LEVEL="3")
    small = system in ONE_THREAD and W.Work(workload, size).n <= 12
    threads = 1 if small else options.threads
    for name in ("OMP", "OPENBLAS", "MKL", "QULACS"):
        environment[name + "_NUM_THREADS"] = str(threads)
    command = [sys.executable, os.path.abspath(__file__), "--worker", "--system", system, "--workload", workload,
               "--size", size, "--precision", precision, "--limit", str(options.limit), "--runs", str(options.runs),
               "--seconds", str(options.seconds), "--threads", str(threads)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=options.limit, env=environment)
    except subprocess.TimeoutExpired:
        return "took longer than %d s" % options.limit
    lines = [line for line in done.stdout.splitlines() if line.startswith("RESULT ")]
    if not lines:
        return (done.stderr.strip().splitlines() or ["exit status %d" % done.returncode])[-1][:300]
    return json.loads(lines[0][7:])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--workload", help="separated by commas; all if left out")
    parser.add_argument("--size", help="as ansatz-bench takes it; every size if left out")
    parser.add_argument("--precision", choices=["f64", "f32"])
    parser.add_argument("--system", help="separated by commas; all that can be imported if left out")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=1.0, help="the least time to spend on timed calls")
    parser.add_argument("--limit", type=int, default=300, help="seconds for one result, imports and compilation too")
    parser.add_argument("--fitting", action="store_true", help="leave out what is known to be out of bounds")
    parser.add_argument("--save-expected", action="store_true", help="write the check values to expected.json")
    parser.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        return worker(options)
    systems = options.system.split(",") if options.system else [
        s for s in SYSTEMS if importlib.util.find_spec(PACKAGES[s])]
    wrong = False
    for workload in options.workload.split(",") if options.workload else W.SIZES:
        sizes = [options.size] if options.size else W.SIZES[workload] + (
            W.TEST_SIZES.get(workload, []) if options.save_expected else [])
        for size in sizes:
            work = W.Work(workload, size)
            expected = work.expected() or {}
            for precision in [options.precision] if options.precision else ["f64", "f32"]:
                for system in systems:
                    if precision not in PRECISIONS.get(system, ("f64", "f32")) or work.kind not in KINDS[system]:
                        continue
                    if (options.fitting or not options.size) and work.n >= TOO_LARGE.get(system, 99):
                        continue
                    line = run_one(system, workload, size, precision, options)
                    if isinstance(line, str):
                        print("%s %s %s %s: %s" % (system, workload, size, precision, line), file=sys.stderr)
                        continue
                    if options.save_expected:
                        with open(W.EXPECTED) as file:
                            table = json.load(file)
                        table.setdefault(workload, {})[size] = line["check"]
                        with open(W.EXPECTED, "w") as file:
                            json.dump(table, file, indent=1)
                            file.write("\n")
                    elif expected:
                        line["check_ok"] = W.agree(work, line["check"], expected, precision)
                        wrong |= not line["check_ok"]
                    print(json.dumps(line), flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Runs every workload of ansatz-bench and writes what was measured into docs/performance.md.

    scripts/bench.py                       # everything of ours; python3 alone is enough
    scripts/bench.py --peers ~/peers       # other simulators too, from a virtual environment (see scripts/peers/run.py)
    scripts/bench.py --quick               # short calls and small sizes, to see that it works
    scripts/bench.py --from FILE           # no measuring: the document from the results of an earlier run

The document keeps its text; only what stands between `<!-- measured: NAME -->` and `<!-- end -->` is replaced.
Without --peers the comparison with them stays as it was. Results are also kept as JSON lines.
"""
import argparse
import datetime
import json
import os
import platform
import re
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

# How cost grows: (title, what varies, workload, sizes by the value that varies).
GROWTH = [
    ("qubits", "train-step, 3 layers, 64 samples", "train-step", {n: "%dx3x64" % n for n in (2, 4, 6, 8, 10, 12, 14)}),
    ("qubits", "vqe-grad, 4 layers", "vqe-grad", {n: "%dx4" % n for n in (10, 12, 14, 16, 18, 20)}),
    ("layers", "train-step, 8 qubits, 64 samples", "train-step", {k: "8x%dx64" % k for k in (1, 2, 4, 8, 16)}),
    ("samples", "train-step, 8 qubits, 3 layers", "train-step", {b: "8x3x%d" % b for b in (1, 4, 16, 64, 256, 1024)}),
]
THREADS = [("train-step", "12x3x64"), ("train-step", "4x3x64"), ("vqe-grad", "20x4")]


class Bench:
    def __init__(self, options):
        self.options = options
        self.lines = []
        self.failures = []
        self.sink = open(options.results, "w") if not options.replay else None

    def keep(self, line):
        self.lines.append(line)
        self.sink.write(json.dumps(line) + "\n")
        self.sink.flush()

    def ours(self, group, workload, size, precision, threads=None):
        command = [self.options.bench, "--workload", workload, "--size", size, "--precision", precision]
        command += ["--seconds", "0.02", "--runs", "2"] if self.options.quick else ["--seconds", str(self.options.seconds)]
        command += ["--threads", str(threads)] if threads else []
        print("  %s %s %s%s" % (workload, size, precision, " (%d threads)" % threads if threads else ""), flush=True)
        done = subprocess.run(command, capture_output=True, text=True)
        found = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
        if done.returncode or not found:
            self.failures.append("%s %s %s: %s" % (workload, size, precision, done.stderr.strip()[-300:]))
        if found:
            self.keep({**found[-1], "size": size, "group": group})

    def peers(self, workload, size, precision):
        python = os.path.join(self.options.peers, "bin", "python")
        command = [python, os.path.join(ROOT, "scripts/peers/run.py"), "--workload", workload, "--size", size,
                   "--precision", precision, "--limit", "60" if self.options.quick else "300", "--fitting"]
        command += ["--seconds", "0", "--runs", "1"] if self.options.quick else []
        done = subprocess.run(command, capture_output=True, text=True)
        for text in done.stdout.splitlines():
            if text.startswith("{"):
                line = json.loads(text)
                if line.get("check_ok") is False:
                    self.failures.append("%s %s %s: wrong check values" % (line["system"], workload, size))
                else:
                    self.keep({**line, "group": "peer"})
        if done.stderr:
            print(done.stderr.strip(), file=sys.stderr)

    def run(self):
        listing = subprocess.run([self.options.bench, "--list"], capture_output=True, text=True, check=True).stdout
        for row in listing.splitlines():
            workload, size, precision = row.split()
            if self.options.quick and int(size.split("x")[0]) > 16 and workload != "mlp-step":
                continue
            self.ours("all", workload, size, precision)
            if self.options.peers:
                self.peers(workload, size, precision)
                # Again, so that each side has had two chances of a quiet moment.
                self.ours("all", workload, size, precision)
        for _, _, workload, sizes in GROWTH:
            for size in sizes.values():
                if not self.options.quick or int(size.split("x")[0]) <= 12:
                    self.ours("growth", workload, size, "f64")
        for workload, size in THREADS:
            for threads in thread_counts():
                if not self.options.quick or int(size.split("x")[0]) <= 12:
                    self.ours("threads", workload, size, "f64", threads)


def thread_counts():
    count = os.cpu_count() or 1
    return [t for t in (1, 2, 4, 8, 16, 32, 64) if t < count] + [count]


def seconds(value):
    """Three digits, with a unit that fits."""
    for limit, factor, unit in ((1e-3, 1e6, "µs"), (1, 1e3, "ms"), (float("inf"), 1, "s")):
        if value < limit:
            digits = max(0, 2 - max(0, len(str(int(value * factor))) - 1))
            return "%.*f %s" % (digits, value * factor, unit)


def factor(value):
    return "%.2g" % value if value < 10 else "%.0f" % value


def table(head, rows):
    return "\n".join(["| " + " | ".join(row) + " |" for row in [head, ["---"] * len(head)] + rows])


def best(lines):
    """Of several results of the same thing, the one with the smallest median."""
    return min(lines, key=lambda line: line["median_s"])


def rows_of(lines):
    """The distinct (workload, size, precision) in order."""
    return list(dict.fromkeys((line["workload"], line["size"], line["precision"]) for line in lines))


def same(lines, key, group):
    return [line for line in lines if (line["workload"], line["size"], line["precision"]) == key and line["group"] == group]


def peers_table(lines):
    rows = []
    for key in rows_of(lines):
        own, others = same(lines, key, "all"), same(lines, key, "peer")
        if own and others:
            own, other = best(own), best(others)
            rows.append([*key, seconds(own["median_s"]), other["system"], seconds(other["median_s"]),
                         factor(other["median_s"] / own["median_s"])])
    if not rows:
        return None
    head = ["workload", "size", "precision", "ours", "fastest other", "its time", "times faster"]
    return table(head, rows)


def ratios_table(lines):
    """Every system beside ours."""
    systems = list(dict.fromkeys(line["system"] for line in lines if line["group"] == "peer"))
    if not systems:
        return None
    rows = []
    for key in rows_of(lines):
        own = same(lines, key, "all")
        others = {s: [x for x in same(lines, key, "peer") if x["system"] == s] for s in systems}
        if own and any(others.values()):
            own = best(own)["median_s"]
            rows.append([*key] + [factor(best(others[s])["median_s"] / own) if others[s] else "" for s in systems])
    return table(["workload", "size", "precision"] + systems, rows)


def floor_table(lines):
    rows = []
    for key in rows_of([line for line in lines if line["group"] == "all"]):
        own = best(same(lines, key, "all"))
        floor = own.get("floor_s")
        rows.append([*key, seconds(own["median_s"]), seconds(own["min_s"]), seconds(floor) if floor else "",
                     factor(own["median_s"] / floor) if floor else "", seconds(own["first_s"]),
                     "%.0f" % own["peak_rss_mb"]])
    return table(["workload", "size", "precision", "median", "fastest", "floor", "median / floor", "first call",
                  "peak MB"], rows)


def growth_tables(lines):
    parts = []
    for what, title, workload, sizes in GROWTH:
        rows, previous = [], None
        for value, size in sizes.items():
            found = same(lines, (workload, size, "f64"), "growth")
            if not found:
                continue
            median = best(found)["median_s"]
            growth = "" if previous is None else "%s for %s times as many" % (
                factor(median / previous[1]), factor(value / previous[0]))
            if what == "qubits" and previous is not None:
                growth = "%s for %d more" % (factor(median / previous[1]), value - previous[0])
            rows.append([str(value), seconds(median), growth])
            previous = (value, median)
        parts.append("By %s (%s, f64):\n\n%s" % (what, title, table([what, "median", "times longer"], rows)))
    rows = []
    for workload, size in THREADS:
        found = [line for line in lines if line["group"] == "threads" and (line["workload"], line["size"]) == (workload, size)]
        alone = best([line for line in found if line["threads"] == 1])["median_s"] if found else None
        for threads in dict.fromkeys(line["threads"] for line in found):
            median = best([line for line in found if line["threads"] == threads])["median_s"]
            rows.append([workload, size, str(threads), seconds(median), factor(alone / median)])
    parts.append("By threads (f64):\n\n" + table(["workload", "size", "threads", "median", "times faster than one"], rows))
    return "\n\n".join(parts)


def output(*command):
    try:
        return subprocess.run(command, capture_output=True, text=True).stdout
    except OSError:
        return ""


def machine(lines):
    cpu = dict(re.findall(r"^([^:\n]+):\s+(.*)$", output("lscpu"), re.M))
    caches = ", ".join("%s %s" % (name, cpu[name + " cache"]) for name in ("L1d", "L2", "L3") if name + " cache" in cpu)
    vectors = [flag for flag in ("avx512f", "avx2", "fma", "asimd") if flag in cpu.get("Flags", "").split()]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2 ** 30
    compiler = re.search(r"Swift version \S+", output("swift", "--version"))
    try:
        system = platform.freedesktop_os_release().get("PRETTY_NAME", "")
    except OSError:
        system = platform.system()
    facts = [
        "%s processors: %s (%s)" % (cpu.get("CPU(s)", os.cpu_count()), cpu.get("Model name", platform.machine()), " ".join(vectors)),
        "caches: " + caches if caches else "", "%.0f GiB of memory" % memory,
        "%s, Linux %s" % (system, platform.release().split("-")[0]), compiler.group(0) if compiler else "",
        datetime.date.today().isoformat(),
        "commit %s" % output("git", "-C", ROOT, "rev-parse", "--short", "HEAD").strip(),
    ]
    systems = dict.fromkeys(line["system"] for line in lines if line["group"] == "peer")
    return "\n".join("- " + fact for fact in facts + (["other simulators: " + "; ".join(systems)] if systems else []) if fact)


def fill(text, name, content):
    """Replaces what stands between the markers of a name."""
    pattern = re.compile(r"(<!-- measured: %s -->\n).*?(<!-- end -->)" % re.escape(name), re.S)
    if not pattern.search(text):
        raise SystemExit("bench.py: the document has no markers for '%s'" % name)
    return pattern.sub(lambda found: found.group(1) + "\n" + content + "\n\n" + found.group(2), text)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", default=os.path.join(ROOT, ".build/release/ansatz-bench"), help="our binary")
    parser.add_argument("--peers", metavar="FOLDER", help="a virtual environment with other simulators")
    parser.add_argument("--seconds", type=float, default=1.0, help="the least time to spend on a row's timed calls")
    parser.add_argument("--quick", action="store_true", help="short calls, small sizes")
    parser.add_argument("--document", default=os.path.join(ROOT, "docs/performance.md"))
    parser.add_argument("--results", default=os.path.join(ROOT, ".build/bench.jsonl"), help="where the JSON lines go")
    parser.add_argument("--from", dest="replay", metavar="FILE", help="results of an earlier run, instead of measuring")
    options = parser.parse_args()
    bench = Bench(options)
    if options.replay:
        with open(options.replay) as file:
            bench.lines = [json.loads(line) for line in file]
    else:
        bench.run()
    with open(options.document) as file:
        text = file.read()
    sections = {"machine": machine, "peers": peers_table, "ratios": ratios_table, "floor": floor_table,
                "growth": growth_tables}
    for name, make in sections.items():
        content = make(bench.lines)
        if content is not None:
            text = fill(text, name, content)
    with open(options.document, "w") as file:
        file.write(text)
    for failure in bench.failures:
        print("bench.py: " + failure, file=sys.stderr)
    return 1 if bench.failures else 0


if __name__ == "__main__":
    sys.exit(main())

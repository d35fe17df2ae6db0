#!/usr/bin/env python3
"""Gives the ansatz binary thousands of inputs that are nearly right, and sees how it takes them.

    scripts/hammer.py .build/release/ansatz --count 2000 --seed 1 --jobs 2
    scripts/hammer.py .build/release/ansatz --seed 1 --only 1234    # one of them once more
    scripts/hammer.py .build/release/ansatz --kind qasm3 --count 500

The inputs are command lines, CSV files, noise models, checkpoints, observables and OpenQASM programs,
mutated from those in this repository. The options come from the binary's own help. An input fails if
the program dies of a signal, traps, ends with an exit code that is none of sysexits.h (or 130), says
nothing for ten seconds, fails without a message, or says more than one line when it fails. The files
of a failure are kept. Exits 1 if there is any.
"""
import argparse
import concurrent.futures
import json
import os
import random
import re
import shlex
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# No word holds a slash: what is written stays in the folder of the input.
NUMBERS = """0 -0 1 -1 2 3 5 7 0.1 -0.5 1. .5 1e-320 1e308 -1e308 1e400 nan -nan inf -inf NaN Infinity
    2147483648 4294967296 1000000 1e18 9223372036854775807 9223372036854775808 -9223372036854775808
    18446744073709551615 18446744073709551616 99999999999999999999999999 0x10 1_000 1,5 1;5 +1 - -- ..
    ½ ٣""".split() + ["", " ", "\n", "1 2", "1e", "a" * 3000, "7" * 3000, "é" * 300]
WORDS = ["", " ", "-", "--", "x", "-x", "--seed", "--json", "nosuch", "no\nsuch", "\x1b[31mred", "é",
         "名前", "a" * 3000, "a b " * 800, "'", "\"", "=", "x=", "=1", "x=1", "x[0]=nan", "{}", "[]",
         "x[99999999999999999999]=1", "%s%n", "$(id)", "\u202e", "none", "all", "0", "null"]
OBSERVABLES = ["Z0", "-Z0 Z1", "-1.05 + 0.39 Z0", "X0 X1 + Y0 Y1", "Z5", "(Z0 + X1)*(Z0 - X1)", "X0 Y0",
               "1e308 Z0 + 1e308 Z0", "nan Z0", "Z99999999999999999999", "I", "0", "((((Z0))))"]
NOISE = """{"description": "x", "rules": [
  {"gateQubits": 1, "channel": "Depolarizing", "probability": 0.001},
  {"gates": ["CNOT", "CZ"], "qubits": [0, 1], "channel": "TwoQubitDepolarizing", "probability": 0.01},
  {"channel": "ThermalRelaxation", "t1": 50, "t2": 70, "time": 0.1},
  {"gates": ["RY"], "channel": "KrausChannel", "operators": [[[0, 1], [1, 0]]]}],
 "readout": [{"zeroAsOne": 0.02, "oneAsZero": 0.05}, {"qubits": [1], "zeroAsOne": 0.1, "oneAsZero": 0.1}]}
"""


def read_seeds(*patterns, limit=20_000):
    paths = sorted(p for pattern in patterns for p in ROOT.glob(pattern) if p.is_file())
    return [p.read_bytes() for p in paths if p.stat().st_size <= limit]


def few(random):
    """One mutation more often than many: what is refused at once shows little."""
    return random.choice([1, 1, 1, 1, 2, 2, 4, 8])


def number(random):
    """A number that may pass, or one that looks like one."""
    if random.random() < 0.5:
        return random.choice(["0", "1", "2", "3", "4", "7", "12", "1000", "0.5", "-1", "-0.25", "1e3"])
    return random.choice(NUMBERS)


class Seeds:
    """What is mutated."""

    def __init__(self, binary, folder):
        self.programs = {
            "qasm2": read_seeds("Fuzzing/Corpus/qasm2/*"),
            "qasm3": read_seeds("Fuzzing/Corpus/qasm3/*", "circuits/OpenQASM/*.qasm")}
        for text in read_seeds("Tests/**/mqt-bench/**/*.qasm", limit=8_000):
            self.programs["qasm3" if b"OPENQASM 3" in text else "qasm2"].append(text)
        self.observables = OBSERVABLES + [
            text.decode("utf-8", "replace") for text in read_seeds("Fuzzing/Corpus/observable/*")]
        dictionary = ROOT / "Fuzzing/qasm.dict"
        self.tokens = [line.strip().strip('"') for line in dictionary.read_text().splitlines() if line]
        # Some rows of each table are as good as all, and far quicker.
        self.tables = [
            b"\n".join([lines[0]] + lines[1::max(1, len(lines) // 24)][:24]) + b"\n"
            for lines in (text.splitlines() for text in read_seeds(
                "Sources/CAnsatzDatasets/Files/*.csv", "Tests/AnsatzDataTests/**/*.csv",
                limit=300_000))]
        self.tables.append(b"age,town,paid\n" + b"".join(
            b"%d,%s,%s\n" % (20 + 3 * i, [b"Rome", b"Bonn"][i % 2], [b"yes", b"no"][i // 6 % 2])
            for i in range(24)))
        self.help = json.loads(subprocess.run(
            [binary, "--experimental-dump-help"], capture_output=True, check=True).stdout)["command"]
        listing = json.loads(subprocess.run(
            [binary, "draw", "--json"], capture_output=True, check=True).stdout)
        self.names = sorted(set(sum(listing.values(), [])))
        self.words = sorted(set(re.findall(r"[a-z][a-z0-9:-]+", json.dumps(self.help)))) + WORDS
        self.table = folder / "table.csv"
        self.table.write_bytes(self.tables[-1])
        self.saved = folder / "saved"
        shutil.rmtree(self.saved, ignore_errors=True)
        subprocess.run(
            [binary, "train", self.table, "--label", "paid", "--epochs", "1", "--set", "qubits=2", "--checkpoint",
             self.saved], capture_output=True, check=True)


def mutated_bytes(text, random):
    data = bytearray(text)
    for _ in range(few(random)):
        place = random.randrange(len(data) + 1)
        kind = random.randrange(7)
        if kind == 0:
            data[place:place + random.choice([1, 1, 4, 40])] = b""
        elif kind == 1:
            data[place:place] = number(random).encode()
        elif kind == 2:
            data[place:place + 1] = bytes([random.randrange(256)])
        elif kind == 3:
            data[place:place] = data[place:place + random.choice([1, 10, 100])]
        elif kind == 4:
            del data[place:]
        elif kind == 5:
            data[place:place] = random.choice([b"\0", b"\r\n", b"\xff", b"\xef\xbb\xbf", b"\"", b";"])
        else:
            found = list(re.finditer(rb"\d+(\.\d+)?", data))
            if found:
                match = random.choice(found)
                data[match.start():match.end()] = number(random).encode()
    return bytes(data)


def mutated_program(text, tokens, random):
    """Mutates words rather than bytes, so that much still reads."""
    parts = re.findall(r"\w+|\s+|[^\w\s]", text.decode("utf-8", "replace"))
    for _ in range(few(random)):
        place = random.randrange(len(parts) + 1)
        kind = random.choice([0, 0, 0, 1, 2, 3, 4, 5, 5])
        digits = [i for i, part in enumerate(parts) if part.isdigit()]
        if kind == 0 and digits:
            parts[random.choice(digits)] = number(random)
        elif kind == 1:
            parts[place:place] = [" ", random.choice(tokens), " "]
        elif kind == 2 and place < len(parts):
            # A word of the same program in place of another of its kind.
            alike = [p for p in parts if p.isalpha() == parts[place].isalpha() and not p.isspace()]
            parts[place] = random.choice(alike + tokens if alike else tokens)
        elif kind == 3:
            del parts[place:place + random.choice([1, 2, 8])]
        elif kind == 4:
            parts[place:place] = parts[place:place + random.choice([2, 10, 40])]
        else:
            lines = "".join(parts).split("\n")
            line = random.randrange(len(lines))
            lines.insert(random.randrange(len(lines) + 1), lines[line])
            parts = re.findall(r"\w+|\s+|[^\w\s]", "\n".join(lines))
    return "".join(parts).encode()


def mutated_table(text, random):
    if random.random() < 0.2:
        return mutated_bytes(text, random)
    rows = [line.split(",") for line in text.decode().splitlines()]
    for _ in range(few(random)):
        row = random.choice(rows)
        place = random.randrange(len(row)) if row else 0
        kind = random.choice([0, 0, 0, 0, 1, 2, 2, 3, 4, 4, 5, 6, 6])
        if kind == 0:
            row[place:place + 1] = [random.choice([number(random), "", "?", random.choice(WORDS)])]
        elif kind == 1:
            row[place:place + 1] = []
        elif kind == 2:
            rows.insert(random.randrange(len(rows)), list(row))
        elif kind == 3:
            del rows[random.randrange(len(rows)):]
            rows = rows or [["x"]]
        elif kind == 4:
            value = number(random)
            for other in rows[1:]:
                if place < len(other):
                    other[place] = value
        elif kind == 5:
            row[place:place] = ["\"" + random.choice(WORDS) + "\""]
        else:
            for index, other in enumerate(rows):
                other.insert(0, random.choice(["", "x", str(index), str(index)]) if index else "id")
    separator = random.choice([","] * 6 + [";", "\t", ", "])
    return random.choice(["\n", "\n", "\r\n"]).join(separator.join(row) for row in rows).encode(
        "utf-8", "replace")


def mutated_json(value, random):
    """Changes one place of a JSON value."""
    places = []

    def walk(node):
        for key in (node if isinstance(node, dict) else range(len(node))):
            places.append((node, key))
            if isinstance(node[key], (dict, list)):
                walk(node[key])

    walk(value)
    if not places:
        return value
    node, key = random.choice(places)
    kind = random.randrange(6)
    if kind == 0:
        del node[key]
    elif kind == 1 and isinstance(node, dict):
        node[key + random.choice(["x", " ", ""])] = node.pop(key)
    elif kind == 2 and isinstance(node, list):
        node.insert(key, node[key])
    elif kind == 3:
        node[key] = random.choice([None, True, "", "x", [], {}, [[]], "a" * 3000, "no\nsuch"])
    else:
        node[key] = random.choice([
            0, 1, -1, 2, 3, 0.5, 1e308, -1e308, 2**31, 2**53, 2**63 - 1, 2**63, -2**63, 2**64, 1e400,
            float("nan"), 10**40])
    return value


def mutated_text_of_json(text, random):
    data = text if isinstance(text, bytes) else text.encode()
    try:
        value = json.loads(data)
    except ValueError:
        value = None
    if value is None or random.random() < 0.15:
        return mutated_bytes(data, random)
    for _ in range(few(random)):
        value = mutated_json(value, random)
    return json.dumps(value).encode()


def mutated_tensors(data, random):
    """A safetensors file with another header, or other numbers."""
    size = int.from_bytes(data[:8], "little")
    header, body = data[8:8 + size], bytearray(data[8 + size:])
    if random.random() < 0.5:
        header = mutated_text_of_json(header, random)
        return len(header).to_bytes(8, "little") + header + body
    place = random.randrange(max(1, len(body) // 8)) * 8
    body[place:place + 8] = struct.pack("<d", random.choice([
        float("nan"), float("inf"), float("-inf"), 1e308, -1e308, 1e-320, 1e17, -3.5]))
    return data[:8 + size] + body


def fnv(data):
    value = 0xcbf29ce484222325
    for byte in data:
        value = (value ^ byte) * 0x100000001b3 & 0xFFFFFFFFFFFFFFFF
    return b"%016x" % value


def reseal(folder):
    """Makes the list of sums fit the files again, so that what they say is looked at."""
    lines = [b"%s %d %s\n" % (fnv(path.read_bytes()), path.stat().st_size, path.name.encode())
             for path in sorted(folder.iterdir()) if path.name != "MANIFEST"]
    (folder / "MANIFEST").write_bytes(b"".join(lines) + b"manifest " + fnv(b"".join(lines)) + b"\n")


class Maker:
    """Makes one input: files in a folder, and the arguments."""

    def __init__(self, seeds, random, folder):
        self.seeds, self.random, self.folder = seeds, random, folder

    def file(self, name, data):
        (self.folder / name).write_bytes(data)
        return name

    def quick(self):
        return ["--epochs", "1", "--batch-size", "16"]

    def program(self, kind):
        name = self.file("p.qasm", mutated_program(
            self.random.choice(self.seeds.programs[kind]), self.seeds.tokens, self.random))
        arguments = self.random.choice([
            ["run"], ["run"], ["run", "--shots", "10"], ["convert"], ["convert", "--to", "qasm2"],
            ["draw"], ["plan"], ["gradient"], ["spectrum", "--observable", "Z0"], ["audit"]])
        if arguments[0] in ("run", "convert") and self.random.random() < 0.5:
            arguments = arguments + ["--random-weights"]
        return arguments[:1] + [name] + arguments[1:]

    def qasm2(self):
        return self.program("qasm2")

    def qasm3(self):
        return self.program("qasm3")

    def observable(self):
        text = self.random.choice(self.seeds.observables)
        for _ in range(self.random.randrange(4)):
            place = self.random.randrange(len(text) + 1)
            piece = self.random.choice(["-", "+", "*", "(", ")", "Z1", "X0", " ", "Y(1)", "I"] + NUMBERS)
            text = text[:place] + piece + text[place + self.random.choice([0, 0, 1, 3]):]
        text = text.replace("\0", "")
        command = self.random.choice(["run", "gradient", "spectrum", "audit"])
        circuit = self.random.choice(["bell-pair", "angle-embedding", "ghz"])
        extra = ["--qubits", "2"] if circuit == "angle-embedding" else []
        if command == "run" and extra:
            extra += ["--input", "x=0.1,0.2"]
        return [command, circuit, *extra, "--observable", text]

    def table(self):
        table = self.random.choice(self.seeds.tables)
        name = self.file("data.csv", mutated_table(table, self.random))
        label = table.split(b"\n")[0].split(b",")[-1].decode()
        kind = self.random.randrange(5)
        if kind < 2:
            return ["train", name, "--label", label, *self.quick()]
        if kind == 2:
            return ["compare", name, "--label", label, "--folds", "2", "--repeats", "1", *self.quick()]
        return [["evaluate", "predict"][kind - 3], name, "--checkpoint", str(self.seeds.saved)]

    def noise(self):
        name = self.file("noise.json", mutated_text_of_json(NOISE, self.random))
        return ["train", str(self.seeds.table), "--label", "paid", "--set", "qubits=2", "--noise", name,
                *self.quick()]

    def checkpoint(self):
        shutil.copytree(self.seeds.saved, self.folder / "saved")
        for _ in range(self.random.choice([1, 1, 2])):
            files = sorted(p for p in (self.folder / "saved").rglob("*") if p.is_file())
            path = self.random.choice(files)
            kind = self.random.randrange(6)
            if kind == 0:
                path.unlink()
            elif kind == 1:
                path.write_bytes(self.random.choice(files).read_bytes() if path.exists() else b"")
            elif kind < 5 and path.suffix == ".json":
                path.write_bytes(mutated_text_of_json(path.read_bytes(), self.random))
            elif kind < 5 and path.suffix == ".safetensors":
                path.write_bytes(mutated_tensors(path.read_bytes(), self.random))
            else:
                path.write_bytes(mutated_bytes(path.read_bytes(), self.random))
            if self.random.random() < 0.8 and path.name != "MANIFEST" and path.parent.name != "saved":
                reseal(path.parent)
        return self.random.choice([
            ["train", str(self.seeds.table), "--checkpoint", "saved", "--resume"],
            ["train", str(self.seeds.table), "--checkpoint", "saved", "--resume", "--epochs", "2"],
            ["evaluate", str(self.seeds.table), "--checkpoint", "saved"],
            ["predict", str(self.seeds.table), "--checkpoint", "saved"],
            ["spectrum", "hybrid", "--checkpoint", "saved", "--vary", "x[0]"]])

    def value(self, option):
        """Something for an option's value, of the right kind more often than not."""
        word = option.get("valueName", "")
        pick = self.random.choice
        if self.random.random() < 0.25:
            return pick(NUMBERS + WORDS)
        if word in ("FILE", "DIR", "CHECKPOINT"):
            return pick(["out", "out.html", "-", "nosuch/x", "data.csv", "p.qasm", "saved", ".", "noise.json"])
        if word in ("SUM", "TEXT"):
            return pick(OBSERVABLES)
        if "=" in word:
            return pick(["qubits", "layers", "x", "x[0]", "θ", "gradient"] + self.seeds.words) + "=" + pick(
                NUMBERS + self.seeds.words)
        if word.isupper() and word in ("N", "K", "RATE", "LENGTH", "WEIGHT", "FRACTION", "GF", "GB"):
            return pick(NUMBERS)
        return pick(NUMBERS[:12] + self.seeds.words)

    def command(self):
        commands = [c for c in self.seeds.help["subcommands"] if c["commandName"] != "help"]
        command = self.random.choice(commands)
        name = command["commandName"]
        arguments = [name]
        positional = [a for a in command["arguments"] if a["kind"] == "positional"]
        for _ in positional[:self.random.choice([0, 1, 1, 1, 1, 1])]:
            if name in ("train", "compare", "evaluate", "predict"):
                self.file("data.csv", self.random.choice(self.seeds.tables))
                arguments.append(self.random.choice(["data.csv"] * 4 + ["iris", "irs", "nosuch.csv", ""]))
            elif name == "new":
                arguments.append(self.random.choice(["pack", "1", "", "a b", "Ünï", "class"] + WORDS[7:12]))
            else:
                self.file("p.qasm", self.random.choice(self.seeds.programs["qasm3"]))
                arguments.append(self.random.choice(self.seeds.names + ["p.qasm"] * 20 + WORDS))
        if name in ("train", "compare") and self.random.random() < 0.9:
            arguments += self.quick()
        if name == "compare":
            arguments += ["--folds", "2", "--repeats", "1", "--baseline", "majority-class"]
        options = [a for a in command["arguments"] if a["kind"] != "positional"]
        for option in self.random.sample(options, min(len(options), self.random.randrange(5))):
            spelling = "--" + next(
                (n["name"] for n in option["names"] if n["kind"] == "long"), "help")
            if self.random.random() < 0.03:
                spelling = spelling[:-1]
            if option["kind"] == "flag":
                arguments.append(spelling)
                continue
            value = self.value(option)
            arguments += [spelling + "=" + value] if self.random.random() < 0.3 else [spelling, value]
        if self.random.random() < 0.1:
            self.random.shuffle(arguments)
        return arguments

    KINDS = {"command": 4, "table": 2, "noise": 1, "checkpoint": 2, "observable": 2, "qasm2": 3,
             "qasm3": 4}


def run(binary, arguments, folder, options):
    """Runs one input to its end or to a limit: exit code, standard error, longest silence."""
    limit = ["/bin/sh", "-c", 'ulimit -c 0; ulimit -v "$0" && exec "$@"', str(options.memory << 20)]
    with open(folder / "stdout", "wb") as out, open(folder / "stderr", "wb") as err:
        process = subprocess.Popen(
            limit + [binary, *arguments], cwd=folder, stdin=subprocess.DEVNULL, stdout=out, stderr=err)
        start = heard = time.monotonic()
        size, pause = 0, 0.002
        while process.poll() is None:
            time.sleep(pause)
            pause = min(0.1, 1.5 * pause)
            now = time.monotonic()
            written = os.fstat(out.fileno()).st_size + os.fstat(err.fileno()).st_size
            if written != size:
                size, heard = written, now
            if now - heard > options.silence or now - start > options.limit:
                process.kill()
                process.wait()
                return None, b"", now - heard
    return process.returncode, (folder / "stderr").read_bytes(), 0


def faults(code, errors, silence, options):
    if code is None:
        return [f"silent for {options.silence:g} s"] if silence > options.silence else []
    found = []
    text = errors.decode("utf-8", "replace")
    if code < 0 or code >= 128 and code != 130:
        name = signal.Signals(-code).name if code < 0 else str(code)
        found.append(f"died of {name}")
    elif code != 0 and code != 130 and not 64 <= code <= 78:
        found.append(f"exit code {code}")
    if "Fatal error" in text:
        found.append("trap")
    complaints = text.count("ansatz: error: ")
    if code and not text.strip():
        found.append("failed without a message")
    elif 64 <= code <= 78:
        last = text[text.rfind("ansatz: error: "):] if complaints else ""
        if complaints != 1 or last.count("\n") != 1:
            found.append(f"{complaints} error messages, the last of {last.count(chr(10))} lines")
        elif len(last) > 2100:
            found.append(f"a message of {len(last)} characters")
    elif complaints and code == 0:
        found.append("an error message with exit code 0")
    return found


def attempt(number, seeds, binary, work, options):
    """Makes and runs one input; what is wrong with it, and the command."""
    source = random.Random(f"{options.seed}:{number}")
    folder = work / str(number)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    kinds = {k: w for k, w in Maker.KINDS.items() if options.kind in (None, k)}
    kind = source.choices(list(kinds), list(kinds.values()))[0]
    arguments = [a.replace("\0", "") for a in getattr(Maker(seeds, source, folder), kind)()]
    result = run(binary, [os.fsencode(a) for a in arguments], folder, options)
    found = faults(*result, options)
    command = f"cd {shlex.quote(str(folder))} && {shlex.join([binary, *arguments])}"
    if not found and options.only is None:
        shutil.rmtree(folder, ignore_errors=True)
    return number, kind, found, command, result[0]


def main():
    parser = argparse.ArgumentParser(
        description=__doc__.split("\n")[0], formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary", help="the built ansatz")
    parser.add_argument("--count", type=int, default=1000, help="how many inputs")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="how many at once")
    parser.add_argument("--kind", choices=list(Maker.KINDS), help="inputs of one kind only")
    parser.add_argument("--only", type=int, help="the number of one input to run once more")
    parser.add_argument("--memory", type=int, default=8, help="GB of address space for each run")
    parser.add_argument("--silence", type=float, default=10, help="seconds that may pass without a word")
    parser.add_argument("--limit", type=float, default=30,
                        help="seconds after which a run that shows progress is ended, and passes")
    parser.add_argument("--keep", type=Path, help="the folder for the files of failures")
    options = parser.parse_args()
    binary = str(Path(options.binary).resolve())
    if not os.access(binary, os.X_OK):
        sys.exit(f"hammer: {binary} cannot be run; build it first (make build)")
    work = options.keep or Path(tempfile.mkdtemp(prefix="ansatz-hammer-"))
    work.mkdir(parents=True, exist_ok=True)
    work = work.resolve()
    seeds = Seeds(binary, work)
    numbers = range(options.count) if options.only is None else [options.only]
    failures, taken, unfinished = [], {kind: [0, 0] for kind in Maker.KINDS}, 0
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        work_left = [pool.submit(attempt, n, seeds, binary, work, options) for n in numbers]
        for done, future in enumerate(concurrent.futures.as_completed(work_left), 1):
            result = future.result()
            if result[2]:
                failures.append(result)
            taken[result[1]][result[4] != 0] += 1
            unfinished += result[4] is None and not result[2]
            if sys.stderr.isatty():
                print(f"\r{done}/{len(numbers)}, {len(failures)} failed ", end="", file=sys.stderr)
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr)
    # What was slow may have had to share the machine: it has a second chance alone.
    for place, failure in enumerate(failures):
        if any(text.startswith("silent") for text in failure[2]):
            failures[place] = attempt(failure[0], seeds, binary, work, options)
    failures = sorted(failure for failure in failures if failure[2])
    for number, kind, found, command, _ in failures:
        print(f"{number} ({kind}): {'; '.join(found)}\n  {command}")
    if options.only is not None and not failures:
        print(f"files: {work / str(options.only)}")
    elif not failures and options.keep is None:
        shutil.rmtree(work)
    print("taken/refused: " + ", ".join(f"{kind} {a}/{b}" for kind, (a, b) in taken.items() if a + b)
          + (f"; ended after {options.limit:g} s: {unfinished}" if unfinished else ""))
    print(f"{len(numbers) - len(failures)} passed, {len(failures)} failed")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()

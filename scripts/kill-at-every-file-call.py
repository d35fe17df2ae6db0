#!/usr/bin/env python3
"""Kills a training at every file call of its checkpoints, and goes on from what is left.

A run of a few batches saves after each of them: a first checkpoint, a second one, and two more, so
that old ones are removed too. It is killed before its N-th call in the checkpoint folder, for every
N, and after half of every write. Whatever is left must either resume or let a new run start, and end
with the weights of a run that was never stopped.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TABLE = "x,y,label\n" + "".join(
    f"{i % 5 - 2},{i * 7 % 11 - 5},{'ab'[i * 3 % 7 > 2]}\n" for i in range(12)
)
TRAIN = ["train", "table.csv", "--label", "label", "--checkpoint", "kept"]
SETTINGS = [
    "--model", "mlp", "--set", "hidden=3", "--epochs", "2", "--batch-size", "6", "--validation",
    "0.2", "--schedule", "cosine", "--seed", "5",
]  # fmt: skip
EVERY_BATCH = ["--checkpoint-interval", "0"]


class Trial:
    """A folder with the table, and runs in it."""

    def __init__(self, binary, library, folder):
        self.binary, self.library, self.folder = binary, library, folder
        (folder / "table.csv").write_text(TABLE)

    def run(self, arguments, **kill):
        environment = dict(os.environ)
        if kill:
            environment |= {"LD_PRELOAD": self.library, "KILL_FOLDER": "kept"} | kill
        return subprocess.run(
            [self.binary, *arguments], cwd=self.folder, env=environment, text=True,
            capture_output=True, timeout=60,
        )  # fmt: skip

    def weights(self):
        newest = max(self.folder.glob("kept/generation-*"))
        return (newest / "weights.safetensors").read_bytes()

    def finish(self):
        """Goes on as a user would: returns what was done, or raises with what went wrong."""
        resumed = self.run(TRAIN + ["--resume"])
        if resumed.returncode == 0:
            return "resumed"
        if resumed.returncode != 66:
            raise RuntimeError(f"--resume gave {resumed.returncode}: {resumed.stderr}")
        fresh = self.run(TRAIN + SETTINGS)
        if fresh.returncode != 0:
            raise RuntimeError(
                f"nothing to resume, but a new run gave {fresh.returncode}: {fresh.stderr}"
            )
        return "started afresh"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", default=ROOT / ".build/release/ansatz")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="try each N-th call only")
    arguments = parser.parse_args()
    binary = str(Path(arguments.binary).resolve())
    with tempfile.TemporaryDirectory(prefix="ansatz-kill-") as temporary:
        base = Path(temporary)
        library = str(base / "kill.so")
        compiler = shutil.which("cc") or shutil.which("clang") or sys.exit("no C compiler")
        subprocess.run(
            [compiler, "-shared", "-fPIC", "-O1", "-Wall", "-o", library,
             str(ROOT / "scripts/kill-at-file-call.c"), "-ldl"], check=True,
        )  # fmt: skip

        def trial(name):
            folder = base / name
            folder.mkdir()
            return Trial(binary, library, folder)

        whole = trial("whole")
        log = base / "calls"
        outcome = whole.run(TRAIN + SETTINGS + EVERY_BATCH, KILL_AT="0", KILL_LOG=str(log))
        if outcome.returncode != 0:
            sys.exit(f"the run to compare with failed: {outcome.stderr}")
        calls = [line.split()[1] for line in log.read_text().splitlines()]
        if not calls:
            sys.exit("no file call was counted: the library was not loaded")
        expected = whole.weights()
        results, failures = Counter(), []
        tries = [
            (n, half)
            for n, call in enumerate(calls, 1)
            for half in ([0, 1] if call == "write" else [0])
        ]
        for number, half in tries[:: arguments.every]:
            name = f"{number}{'-half' if half else ''}"
            one = trial(name)
            kill = {"KILL_AT": str(number)} | ({"KILL_HALF": "1"} if half else {})
            outcome = one.run(TRAIN + SETTINGS + EVERY_BATCH, **kill)
            try:
                if outcome.returncode != -signal.SIGKILL:
                    raise RuntimeError(f"was not killed, but gave {outcome.returncode}")
                result = one.finish()
                if one.weights() != expected:
                    raise RuntimeError(f"{result}, but ended with other weights")
                leftovers = [p.name for p in one.folder.glob("kept/partial-*")]
                if leftovers:
                    raise RuntimeError(f"{result}, but left {leftovers}")
                results[result] += 1
            except RuntimeError as error:
                failures.append(f"call {name} ({calls[number - 1]}): {error}")
            shutil.rmtree(one.folder)
        by_name = ", ".join(f"{count} {name}" for name, count in Counter(calls).most_common())
        print(f"{len(calls)} file calls of the checkpoints of one run: {by_name}")
        print(
            f"killed {len(tries[:: arguments.every])} times: "
            + ", ".join(f"{results[key]} {key}" for key in sorted(results))
            + f", {len(failures)} failed"
        )
        for failure in failures:
            print(failure)
        sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()

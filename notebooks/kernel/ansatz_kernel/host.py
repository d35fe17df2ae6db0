"""The process that holds the cells: started, fed, listened to, stopped."""

import json
import os
import selectors
import shutil
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

BEGIN, END = b"\x1e", b"\x1f"


@dataclass
class Ending:
    """How a cell ended."""

    kind: str  # 'done', 'trap', 'interrupted', 'load' or 'exit'
    reached: int = 0  # the first byte of the statement it was at
    detail: str = ""
    stopped: bool = False  # whether the user had asked it to stop
    errors: str = ""  # the last of what it wrote to standard error, for traps


class Host:
    """One living process. `on_text(name, text)` and `on_display(bundle)` hear what cells say."""

    def __init__(self, toolchain):
        self.toolchain = toolchain
        self.folder = Path(tempfile.mkdtemp(prefix="ansatz-notebook-"))
        self.on_text = lambda name, text: None
        self.on_display = lambda bundle: None
        self.process = None
        self.lock = threading.Lock()
        self.pending = b""
        self.start()

    def start(self):
        if self.process and self.process.poll() is None:
            return
        self.close_pipes()
        control, self.control = os.pipe()
        environment = dict(
            os.environ, ANSATZ_NOTEBOOK_DISPLAYS=str(self.folder), SWIFT_BACKTRACE="enable=no")
        self.process = subprocess.Popen(
            [self.toolchain.host, str(control), self.toolchain.library],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            pass_fds=[control], start_new_session=True, env=environment)
        os.close(control)
        self.pending = b""
        self.selector = selectors.DefaultSelector()
        for name, pipe in (("stdout", self.process.stdout), ("stderr", self.process.stderr)):
            os.set_blocking(pipe.fileno(), False)
            self.selector.register(pipe, selectors.EVENT_READ, name)
        ending = self.listen()
        if ending.kind != "ready":
            raise RuntimeError(f"the host of the cells did not start: {ending.detail} {ending.errors}")

    def run(self, library, symbol):
        """Runs a cell to its end, however that looks."""
        self.send(f"RUN {library}\t{symbol}\n")
        return self.listen()

    def stop(self):
        """Asks the running cell to stop; harmless when none runs. May be called on any thread."""
        self.send("STOP\n")

    def send(self, line):
        with self.lock:
            try:
                os.write(self.control, line.encode())
            except OSError:
                pass  # it has ended, which `listen` notices

    def listen(self):
        errors = b""
        while True:
            closed = False
            for key, _ in self.selector.select(timeout=1.0):
                try:
                    data = os.read(key.fd, 1 << 16)
                except BlockingIOError:
                    continue
                if not data:
                    self.selector.unregister(key.fileobj)
                    closed = closed or key.data == "stdout"
                elif key.data == "stderr":
                    errors = (errors + data)[-20000:]
                    self.emit("stderr", data)
                else:
                    self.pending += data
            ending = self.take()
            if ending is None and (closed or not self.selector.get_map()):
                code = self.process.wait()
                ending = Ending("exit", detail=f"{code}")
            if ending:
                errors += self.rest_of_errors()
                ending.errors = errors.decode(errors="replace")
                return ending

    def rest_of_errors(self):
        """What stands in the pipe of standard error when the cell has ended."""
        try:
            data = os.read(self.process.stderr.fileno(), 1 << 16) or b""
        except (BlockingIOError, ValueError):
            return b""
        if data:
            self.emit("stderr", data)
        return data

    def take(self):
        """Hands on what has come on standard output; returns an ending if one is in it."""
        while self.pending:
            begin = self.pending.find(BEGIN)
            if begin < 0:
                # A character may be cut in two; keep what is not whole.
                whole = len(self.pending)
                for back in range(1, min(4, whole) + 1):
                    byte = self.pending[-back]
                    if byte >= 0xC0:
                        length = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
                        whole -= back if length > back else 0
                        break
                    if byte < 0x80:
                        break
                self.emit("stdout", self.pending[:whole])
                self.pending = self.pending[whole:]
                return None
            if begin:
                self.emit("stdout", self.pending[:begin])
                self.pending = self.pending[begin:]
            end = self.pending.find(END)
            if end < 0:
                return None
            event = self.pending[1:end].decode(errors="replace")
            self.pending = self.pending[end + 1:]
            if event.startswith("D "):
                path = Path(event[2:])
                try:
                    self.on_display(json.loads(path.read_text()))
                    path.unlink()
                except (OSError, ValueError):
                    pass
            elif event.startswith("E "):
                kind, reached, *rest = event[2:].split(" ", 2)
                rest = rest[0] if rest else ""
                words = rest.split()
                stopped = kind != "load" and len(words) == 2 and words[1] == "1"
                return Ending(kind, int(reached), words[0] if kind == "trap" else rest, stopped)
        return None

    def emit(self, name, data):
        if data:
            self.on_text(name, data.decode(errors="replace"))

    def close_pipes(self):
        if self.process:
            for pipe in (self.process.stdout, self.process.stderr):
                pipe.close()
            os.close(self.control)

    def close(self):
        if self.process:
            self.process.kill()
            self.process.wait()
            self.close_pipes()
            self.process = None
        shutil.rmtree(self.folder, ignore_errors=True)

    def wait_alive(self, seconds):
        """Whether the process is still there after a while."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.process.poll() is not None:
                return False
            time.sleep(0.02)
        return True

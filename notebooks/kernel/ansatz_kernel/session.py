"""Cells one after another: compiled, linked, run, and what they declared kept for the next ones."""

import re
import subprocess
import threading
from dataclasses import dataclass, field

from . import syntax
from .host import Host

# Foundation has a ComparisonResult as well; the scoped import says which one is meant.
PRELUDE = "import AnsatzNotebook; import struct AnsatzStudies.ComparisonResult"
AWAIT = (
    "a cell is an ordinary function, which cannot wait with 'await' at its top level; "
    "write try awaiting { await … }")
SIGNALS = {4: "trap", 5: "trap", 6: "abort", 7: "bus error", 8: "arithmetic error",
           11: "bad memory access (perhaps an endless recursion)", 31: "bad system call"}


class Interrupted(Exception):
    pass


@dataclass
class Module:
    """A cell that has run, or a part of it."""

    name: str
    label: str
    names: dict  # name -> how it is called in a scoped import
    whole: bool  # whether it came to its end
    imports: list = field(default_factory=list)


@dataclass
class Outcome:
    ok: bool
    name: str = ""  # the kind of error
    message: str = ""
    lines: list = field(default_factory=list)


class Session:
    def __init__(self, toolchain):
        self.toolchain = toolchain
        self.host = Host(toolchain)
        self.modules = []
        self.sources = {}
        self.count = 0
        self.compiler = None
        self.is_interrupted = False
        self.lock = threading.Lock()

    # Running

    def execute(self, code, label, cell=None):
        """Runs a cell. `cell` tells re-runs of one cell from new ones."""
        self.is_interrupted = False
        if not code.strip():
            return Outcome(True)
        self.host.start()
        self.count += 1
        name = f"Cell{self.count}"
        self.sources[label] = code
        try:
            parsed, problem = self.parse(code, label)
            if problem:
                return problem
            built = self.build(parsed, name, label, cell)
            if isinstance(built, Outcome):
                return built
            if self.is_interrupted:
                raise Interrupted
            ending = self.host.run(built, f"{name}_main")
        except Interrupted:
            return Outcome(False, "Interrupted", "interrupted while the cell was compiled",
                           ["interrupted while the cell was compiled"])
        return self.conclude(ending, parsed, name, label, cell)

    def interrupt(self):
        """Stops what runs: the compiler, or the cell. May be called on any thread."""
        self.is_interrupted = True
        with self.lock:
            if self.compiler:
                self.compiler.kill()
                return
        self.host.stop()

    def close(self):
        self.host.close()

    # Compiling

    def command(self, arguments):
        with self.lock:
            if self.is_interrupted:
                raise Interrupted
            self.compiler = subprocess.Popen(
                arguments, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                stderr=subprocess.PIPE, text=True)
            compiler = self.compiler
        out, errors = compiler.communicate()
        with self.lock:
            self.compiler = None
        if self.is_interrupted:
            raise Interrupted
        return compiler.returncode, out, errors

    def parse(self, code, label):
        path = self.host.folder / "parsed.swift"
        path.write_text(code + "\n")
        status, out, errors = self.command([
            self.toolchain.frontend, "-frontend", "-dump-parse", "-dump-ast-format", "json",
            "-diagnostic-style", "llvm", "-swift-version", "5",
            "-resource-dir", self.toolchain.resources, str(path)])
        if status != 0 or "error:" in errors:
            return None, self.diagnosed(errors.replace(str(path), label), label, {})
        cell = syntax.parse_tree(syntax.load_tree(out), code)
        if cell.await_at is not None:
            line, column = syntax.position(code.encode(), cell.await_at)
            text = f"{label}:{line}:{column}: error: {AWAIT}\n"
            return None, self.diagnosed(text, label, {})
        return cell, None

    def build(self, cell, name, label, identity):
        """Compiles and links; returns the library or what is wrong."""
        text, columns = syntax.rewrite(cell)
        folder = self.host.folder
        source = folder / f"{name}.swift"
        header = "; ".join(self.imports(cell, identity))
        source.write_text(f'{header}\n#sourceLocation(file: "{label}", line: 1)\n{text}')
        status, _, errors = self.command([
            self.toolchain.frontend, "-frontend", "-c", "-primary-file", str(source),
            *self.toolchain.base, "-I", str(folder), "-module-name", name,
            "-entry-point-function-name", f"{name}_main", "-enable-testing", "-O",
            "-assert-config", "Debug", "-diagnostic-style", "llvm", "-suppress-warnings",
            "-emit-module-path", str(folder / f"{name}.swiftmodule"),
            "-o", str(folder / f"{name}.o")])
        if status != 0:
            return self.diagnosed(errors, label, columns)
        library = folder / f"{name}.so"
        status, _, errors = self.command([
            self.toolchain.linker, "-shared", str(folder / f"{name}.o"), self.toolchain.runtime,
            "-o", str(library)])
        if status != 0:
            return Outcome(False, "LinkError", errors.strip(), errors.strip().splitlines())
        return library

    def imports(self, cell, identity):
        """What the cell sees of the earlier ones: each name in its newest form."""
        result = [PRELUDE]
        alive = [module for module in self.modules if not self.is_rerun(module, identity)]
        for module in alive:
            result += [line for line in module.imports if line not in result]
        newest = {}
        for module in alive:
            for name in module.names:
                newest.setdefault(name, []).append(module)
        for module in alive:
            if module.whole:
                result.append(f"@testable import {module.name}")
        for name, modules in newest.items():
            module = modules[-1]
            # Declared again here, it must not be asked for from elsewhere.
            if name in cell.names or not re.fullmatch(r"\w+", name):
                continue
            if len(modules) > 1 or not module.whole:
                result.append(f"@testable import {module.names[name]} {module.name}.{name}")
        return result

    @staticmethod
    def is_rerun(module, identity):
        return identity is not None and getattr(module, "cell", None) == identity

    # Ending

    def conclude(self, ending, cell, name, label, identity):
        if ending.kind == "exit":
            self.modules.clear()
            status = ending.detail
            text = (f"the cell ended the process of the notebook (status {status}); "
                    "all values are lost, run the earlier cells again")
            return Outcome(False, "ProcessEnded", text, [text])
        if ending.kind == "load":
            return Outcome(False, "LoadError", ending.detail, [ending.detail])
        whole = ending.kind == "done"
        self.modules = [each for each in self.modules if not self.is_rerun(each, identity)]
        names = {
            key: scope for key, (scope, start) in cell.names.items()
            if whole or start < ending.reached}
        module = Module(name, label, names, whole, list(cell.imports))
        module.cell = identity
        if whole or names:
            self.modules.append(module)
        self.drop_dead()
        if whole:
            return Outcome(True)
        return self.failure(ending, cell, label)

    def drop_dead(self):
        """Forgets cells of which nothing can be named any more, or that declared nothing."""
        seen, alive = set(), []
        for module in reversed(self.modules):
            extends = "extension" in self.sources.get(module.label, "")
            if extends or module.imports or any(name not in seen for name in module.names):
                alive.append(module)
            seen |= set(module.names)
        self.modules = alive[::-1]

    def failure(self, ending, cell, label):
        # Nothing is told before the first statement.
        first = cell.items[0].start if cell.items else 0
        line, _ = syntax.position(cell.code.encode(), max(first, ending.reached))
        message = ""
        # The message may have several lines, and is the last thing the cell said.
        found = re.search(
            r"(?:(?:\S*/)?(In\[\d+\]):(\d+): )?Fatal error: ?(.*)\Z", ending.errors.strip(), re.S)
        started = line
        if found:
            message = found[3].split("\nCurrent stack trace:")[0].strip()
            if found[1] == label:
                line = int(found[2])
        name = "Trap"
        if ending.kind == "interrupted":
            name = "Interrupted"
            message = "stopped by force; earlier values are kept, what it was changing may be half done"
        elif ending.stopped and "CancellationError" in message:
            name, message, line = "Interrupted", "stopped after the step under way", started
        elif message.startswith("Error raised at top level"):
            # The runtime names the line where the statement ends.
            name, message, line = "UncaughtError", message.partition(": ")[2], started
        elif not message:
            message = SIGNALS.get(int(ending.detail or 0), f"signal {ending.detail}")
        return Outcome(False, name, message, self.pointed(label, line, None, f"{name}: {message}"))

    def pointed(self, label, line, column, message):
        """A message with the line it speaks of."""
        code = self.sources.get(label, "").split("\n")
        place = f"{label}:{line}" + (f":{column}" if column else "")
        lines = f"{place}: {message}".split("\n")
        if 0 < line <= len(code):
            lines.append("    " + code[line - 1])
            if column:
                before = code[line - 1].encode()[: column - 1].decode(errors="ignore")
                lines.append("    " + " " * len(before) + "^")
        return lines

    def diagnosed(self, errors, label, columns):
        """The compiler's words about the cell, at the cell's own lines."""
        lines, first = [], None
        pattern = re.compile(r"(In\[\d+\]|\S*?/?Cell\d+\.swift|<unknown>):(\d+)(?::(\d+))?: (error|note): (.*)")
        for text in errors.splitlines():
            found = pattern.match(text)
            if not found:
                continue
            place, line, column = found[1], int(found[2]), int(found[3] or 0)
            message = f"{found[4]}: {found[5]}"
            if not place.startswith("In["):
                if found[4] == "error":
                    lines.append(message)
            else:
                if place == label and column:
                    column = syntax.original_column(columns, line, column)
                lines += self.pointed(place, line, column, message)
            if found[4] == "error" and first is None:
                first = found[5]
        if first is None:
            lines = errors.strip().splitlines()[-30:]
            first = lines[-1] if lines else "the compiler failed"
        return Outcome(False, "CompileError", first, lines)

    # For completion

    @property
    def visible_names(self):
        return sorted({name for module in self.modules for name in module.names})

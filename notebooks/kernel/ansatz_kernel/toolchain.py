"""Where the compiler, the modules of Ansatz and the host are, and what they are called with."""

import hashlib
import json
import os
import platform
import shutil
import subprocess
from pathlib import Path

CONFIGURATION = Path(__file__).with_name("toolchain.json")


class Toolchain:
    """What `install.py` found and wrote down."""

    def __init__(self, values):
        self.root = Path(values["root"])  # the checkout
        self.frontend = values["frontend"]
        self.linker = values["linker"]
        self.runtime = values["runtime"]  # swiftrt.o
        self.resources = values["resources"]
        self.target = values["target"]
        self.modules = values["modules"]
        self.module_maps = values["module_maps"]
        self.library = values["library"]
        self.host = values["host"]
        # One fixed path: a module reached by two paths would be two modules.
        self.cache = values["cache"]

    @staticmethod
    def load(path=None):
        path = Path(path or os.environ.get("ANSATZ_NOTEBOOK_TOOLCHAIN") or CONFIGURATION)
        return Toolchain(json.loads(path.read_text()))

    @staticmethod
    def discover(root, work):
        """Asks the compiler where its parts are. `root` is the checkout, `work` holds what is made."""
        swiftc = shutil.which("swiftc")
        if not swiftc:
            raise SystemExit("ansatz: error: no swiftc in PATH; install Swift 6.1 or later")
        info = json.loads(subprocess.check_output([swiftc, "-print-target-info"]))
        tools = Path(swiftc).resolve().parent
        resources = info["paths"]["runtimeResourcePath"]
        architecture = "aarch64" if platform.machine() == "aarch64" else "x86_64"
        build = Path(os.path.realpath(root)) / ".build" / "release"
        build = Path(os.path.realpath(build))
        maps = [*sorted(build.glob("CAnsatz*.build/module.modulemap"))]
        maps += sorted(Path(root).glob("Sources/C*/module.modulemap"))
        maps += sorted(Path(root).glob(".build/checkouts/*/Sources/*/include/module.modulemap"))
        return {
            "root": os.path.realpath(root),
            "frontend": str(tools / "swift-frontend"),
            "linker": str(tools / "ld.lld"),
            "runtime": f"{resources}/linux/{architecture}/swiftrt.o",
            "resources": resources,
            "target": info["target"]["triple"],
            "modules": str(build / "Modules"),
            "module_maps": [os.path.realpath(path) for path in maps],
            "library": str(build / "libAnsatzNotebook.so"),
            "host": os.path.realpath(Path(work) / "ansatz-host"),
            "cache": os.path.realpath(Path(work) / "module-cache"),
        }

    @property
    def base(self):
        """The options every compilation shares."""
        arguments = [
            "-target", self.target, "-resource-dir", self.resources,
            "-module-cache-path", self.cache, "-I", self.modules, "-swift-version", "5",
        ]
        for module_map in self.module_maps:
            arguments += ["-Xcc", f"-fmodule-map-file={module_map}"]
        return arguments

    def fingerprint(self):
        """Changes when the library does, so that a kernel can tell that it is outdated."""
        state = os.stat(self.library)
        return hashlib.sha1(f"{state.st_mtime_ns} {state.st_size}".encode()).hexdigest()[:12]

"""Sets up the kernel for the Python that runs this: `install.py CHECKOUT WORK-FOLDER`.

Needs `swift build --product AnsatzNotebook` to have run. Compiles the host, writes down where the
compiler and the modules are, registers the kernel with Jupyter, and fills the module cache.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from ansatz_kernel.session import Session  # noqa: E402
from ansatz_kernel.toolchain import Toolchain  # noqa: E402


def main(root, work):
    here = Path(__file__).resolve().parent
    work = Path(os.path.realpath(work))
    work.mkdir(parents=True, exist_ok=True)
    values = Toolchain.discover(Path(os.path.realpath(root)), work)
    if not os.path.exists(values["library"]):
        raise SystemExit(
            "ansatz: error: libAnsatzNotebook.so is not built; run: make notebook")
    # The one that comes with Swift; it need not be in the path.
    compiler = str(Path(values["frontend"]).with_name("clang"))
    subprocess.check_call([
        compiler, "-O2", "-Wall", "-Wextra", "-Werror", "-rdynamic", "-pthread",
        str(here / "ansatz_kernel" / "host.c"), "-o", values["host"], "-ldl"])
    configuration = work / "toolchain.json"
    configuration.write_text(json.dumps(values, indent=1) + "\n")

    spec = work / "kernelspec" / "ansatz"
    spec.mkdir(parents=True, exist_ok=True)
    (spec / "kernel.json").write_text(json.dumps({
        "argv": [sys.executable, "-m", "ansatz_kernel", "-f", "{connection_file}",
                 "--IPKernelApp.log_level=40"],
        "display_name": "Swift (Ansatz)",
        "language": "swift",
        "interrupt_mode": "message",
        "env": {
            "PYTHONPATH": str(here), "PYTHONDONTWRITEBYTECODE": "1",
            "ANSATZ_NOTEBOOK_TOOLCHAIN": str(configuration),
        },
    }, indent=1) + "\n")
    from jupyter_client.kernelspec import KernelSpecManager
    KernelSpecManager().install_kernel_spec(str(spec), "ansatz", prefix=sys.prefix)

    # The first cell of all pays for the system's modules; here, not in front of a reader.
    session = Session(Toolchain.load(configuration))
    outcome = session.execute("import Foundation\nlet one = sin(0.0) + 1\none", "In[1]")
    session.close()
    if not outcome.ok:
        raise SystemExit("ansatz: error: the kernel does not work: " + "\n".join(outcome.lines))
    print("ansatz: the notebook kernel is ready")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit("usage: install.py CHECKOUT WORK-FOLDER")
    main(sys.argv[1], sys.argv[2])

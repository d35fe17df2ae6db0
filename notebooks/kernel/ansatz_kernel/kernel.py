"""The Jupyter side: messages in, cells to the session, outputs out."""

import re

from ipykernel.kernelbase import Kernel

from . import completion
from .session import Session
from .toolchain import Toolchain


class AnsatzKernel(Kernel):
    implementation = "ansatz"
    implementation_version = "1"
    language_info = {
        "name": "swift", "version": "6", "mimetype": "text/x-swift", "file_extension": ".swift",
        "pygments_lexer": "swift", "codemirror_mode": "swift",
    }
    banner = "Ansatz: quantum neural networks in Swift"

    def __init__(self, **options):
        super().__init__(**options)
        self.toolchain = Toolchain.load()
        self.session_of_cells = None
        self.shown = set()
        self.is_silent = False
        self.has_trapped = False
        # On this thread: the host dies with the thread that started it.
        self.begin()

    def begin(self):
        cells = Session(self.toolchain)
        cells.host.on_text = self.send_text
        cells.host.on_display = self.send_display
        self.session_of_cells = cells

    def send_text(self, name, text):
        if name == "stderr":
            # The end of a trapped cell is told in its error.
            if self.has_trapped:
                return
            found = re.search(r"^.*Fatal error: ", text, re.M)
            if found:
                self.has_trapped = True
                text = text[: found.start()]
        if not text:
            return
        if not self.is_silent:
            self.send_response(self.iopub_socket, "stream", {"name": name, "text": text})

    def send_display(self, bundle):
        if self.is_silent:
            return
        content = {"data": bundle["data"], "metadata": {}}
        kind = bundle["kind"]
        identifier = bundle.get("id")
        if identifier:
            content["transient"] = {"display_id": identifier}
            if identifier in self.shown:
                kind = "update_display_data"
            self.shown.add(identifier)
        elif kind == "execute_result":
            content["execution_count"] = self.execution_count
        self.send_response(self.iopub_socket, kind, content)

    async def do_execute(
        self, code, silent, store_history=True, user_expressions=None, allow_stdin=False, *,
        cell_meta=None, cell_id=None,
    ):
        self.is_silent = silent
        self.has_trapped = False
        # A display is replaced within its cell; the same cell run again shows a new one.
        self.shown = set()
        outcome = self.session_of_cells.execute(code, f"In[{self.execution_count}]", cell_id)
        if outcome.ok:
            return {"status": "ok", "execution_count": self.execution_count, "payload": [],
                    "user_expressions": {}}
        error = {"ename": outcome.name, "evalue": outcome.message, "traceback": outcome.lines}
        if not silent:
            self.send_response(self.iopub_socket, "error", error)
        return {"status": "error", "execution_count": self.execution_count, **error}

    async def interrupt_request(self, stream, ident, parent):
        """On the control thread, while a cell runs on the main one."""
        self.session_of_cells.interrupt()
        self.session.send(stream, "interrupt_reply", {"status": "ok"}, parent, ident=ident)

    async def do_complete(self, code, cursor_pos):
        word = re.search(r"\w*$", code[:cursor_pos])[0]
        matches = completion.matches(
            word, code[: cursor_pos - len(word)], self.session_of_cells.visible_names,
            self.toolchain.root)
        return {"status": "ok", "matches": matches, "cursor_start": cursor_pos - len(word),
                "cursor_end": cursor_pos, "metadata": {}}

    async def do_shutdown(self, restart):
        self.session_of_cells.close()
        return {"status": "ok", "restart": restart}

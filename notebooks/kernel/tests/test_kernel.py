"""The kernel as Jupyter sees it, over its sockets."""

import os
import sys
import threading
import unittest

from jupyter_client.manager import KernelManager

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


class KernelTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.manager = KernelManager(kernel_name="ansatz")
        cls.manager.start_kernel()
        cls.client = cls.manager.client()
        cls.client.start_channels()
        cls.client.wait_for_ready(timeout=60)

    @classmethod
    def tearDownClass(cls):
        cls.client.stop_channels()
        cls.manager.shutdown_kernel(now=True)
        cls.manager.cleanup_resources()

    def run_cell(self, code):
        """The reply, and what was published meanwhile."""
        published = []
        reply = self.client.execute_interactive(
            code, timeout=60, output_hook=lambda message: published.append(
                (message["msg_type"], message["content"])))
        return reply["content"], published

    def test_a_result_is_numbered_and_printed_text_is_a_stream(self):
        reply, published = self.run_cell("print(\"hello\")\n20 + 22")
        self.assertEqual(reply["status"], "ok")
        self.assertIn(("stream", {"name": "stdout", "text": "hello\n"}), published)
        results = [content for kind, content in published if kind == "execute_result"]
        self.assertEqual(results[0]["data"], {"text/plain": "42"})
        self.assertEqual(results[0]["execution_count"], reply["execution_count"])

    def test_an_error_is_published_and_replied(self):
        reply, published = self.run_cell("let wrong: Int = \"text\"")
        self.assertEqual((reply["status"], reply["ename"]), ("error", "CompileError"))
        self.assertEqual([content["ename"] for kind, content in published if kind == "error"],
                         ["CompileError"])

    def test_the_runtime_s_own_words_about_a_trap_are_not_printed_twice(self):
        reply, published = self.run_cell("fatalError(\"on purpose\")")
        self.assertEqual(reply["evalue"], "on purpose")
        self.assertFalse([each for each in published if each[0] == "stream"])

    def test_a_display_is_replaced_in_place(self):
        _, published = self.run_cell("display(1, replacing: \"x\"); display(2, replacing: \"x\")")
        kinds = [kind for kind, _ in published if "display" in kind]
        self.assertEqual(kinds, ["display_data", "update_display_data"])

    def test_an_interrupt_from_jupyter_stops_the_cell_and_keeps_values(self):
        self.run_cell("let kept = 5")
        timer = threading.Timer(2, self.manager.interrupt_kernel)
        timer.start()
        reply, _ = self.run_cell("while true { try StopFlag.check() }")
        timer.join()
        self.assertEqual((reply["status"], reply["ename"]), ("error", "Interrupted"))
        reply, published = self.run_cell("kept")
        self.assertEqual(reply["status"], "ok", reply)

    def test_names_are_completed(self):
        self.run_cell("let entanglementOfMine = 1")
        for code, expected in [
            ("entanglementOf", "entanglementOfMine"), ("let a = Circ", "Circuit"),
            ("bell.expec", "expectation"), ("guar", "guard"),
        ]:
            reply = self.client.complete(code, reply=True, timeout=30)["content"]
            self.assertIn(expected, reply["matches"], code)
            self.assertEqual(
                code[reply["cursor_start"]:reply["cursor_end"]], code.split()[-1].split(".")[-1])

    def test_restarting_forgets_everything(self):
        self.run_cell("let before = 1")
        self.manager.restart_kernel()
        self.client.wait_for_ready(timeout=60)
        reply, _ = self.run_cell("before")
        self.assertEqual(reply["ename"], "CompileError")


if __name__ == "__main__":
    unittest.main()

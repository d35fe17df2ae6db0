"""What a reader of a notebook relies on, without Jupyter between: `python -m unittest`."""

import os
import signal
import subprocess
import sys
import threading
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from ansatz_kernel import syntax  # noqa: E402
from ansatz_kernel.session import Session  # noqa: E402
from ansatz_kernel.toolchain import Toolchain  # noqa: E402


class SessionTest(unittest.TestCase):
    def setUp(self):
        self.session = Session(Toolchain.load())
        self.addCleanup(self.session.close)
        self.said = []  # ('stdout' | 'stderr' | 'show', text or bundle) in order
        self.session.host.on_text = lambda name, text: self.said.append((name, text))
        self.session.host.on_display = lambda bundle: self.said.append(("show", bundle))
        self.number = 0

    def cell(self, code, identity=None):
        self.number += 1
        self.said.clear()
        return self.session.execute(code, f"In[{self.number}]", identity)

    def value(self, code):
        """What a cell gives, as text."""
        outcome = self.cell(code)
        self.assertTrue(outcome.ok, outcome.lines)
        shown = [what for name, what in self.said if name == "show"]
        self.assertEqual(len(shown), 1, self.said)
        self.assertEqual(shown[0]["kind"], "execute_result")
        return shown[0]["data"]["text/plain"]

    def assertRuns(self, code, identity=None):
        outcome = self.cell(code, identity)
        self.assertTrue(outcome.ok, outcome.lines)

    def printed(self, name="stdout"):
        return "".join(what for each, what in self.said if each == name)

    def after(self, seconds, action):
        timer = threading.Timer(seconds, action)
        timer.start()
        self.addCleanup(timer.join)


class Persistence(SessionTest):
    def test_values_functions_and_types_reach_later_cells(self):
        self.assertRuns("var n = 41\nfunc next(_ i: Int) -> Int { i + 1 }")
        self.assertRuns("struct Point { var x: Int; func twice() -> Int { 2 * x } }")
        self.assertRuns("n = next(n)")
        self.assertEqual(self.value("Point(x: n).twice()"), "84")

    def test_protocols_classes_generics_and_extensions_reach_later_cells(self):
        self.assertRuns(
            "protocol Named { var name: String { get } }\n"
            "class Box<T> { var inside: T; init(_ inside: T) { self.inside = inside } }")
        self.assertRuns("struct Cat: Named { let name = \"cat\" }\nlet box = Box(Cat())")
        self.assertRuns("extension Int { var doubled: Int { 2 * self } }")
        self.assertRuns("box.inside = Cat()")
        self.assertEqual(self.value("box.inside.name + String(4.doubled)"), "cat8")

    def test_imports_reach_later_cells(self):
        self.assertRuns("import Foundation")
        self.assertEqual(self.value("String(format: \"%.3f\", sqrt(2.0))"), "1.414")

    def test_an_array_keeps_growing(self):
        self.assertRuns("var all: [Int] = []")
        for _ in range(3):
            self.assertRuns("all.append(all.count)")
        self.assertEqual(self.value("all"), "[0, 1, 2]")


class Redefinition(SessionTest):
    def test_the_newest_value_function_and_type_count(self):
        self.assertRuns("let a = 1\nfunc f() -> Int { 10 }\nstruct S { let v = 100 }")
        self.assertRuns("let a = 2")
        self.assertRuns("func f() -> Int { 20 }")
        self.assertRuns("struct S { let v = 200 }")
        self.assertEqual(self.value("a + f() + S().v"), "222")

    def test_a_cell_may_redefine_from_the_old_value_under_another_name(self):
        self.assertRuns("let a = 1")
        self.assertRuns("let b = a + 1")
        self.assertRuns("let a = 10")
        self.assertEqual(self.value("a + b"), "12")

    def test_a_name_of_the_library_can_be_redefined(self):
        self.assertRuns("struct Circuit { let mine = true }")
        self.assertEqual(self.value("Circuit().mine"), "true")

    def test_running_a_cell_again_replaces_its_names(self):
        self.assertRuns("extension Int { var half: Int { self / 2 } }\nlet size = 8", "one")
        self.assertRuns("extension Int { var half: Int { self / 2 } }\nlet size = 6", "one")
        self.assertEqual(self.value("size.half"), "3")


class Errors(SessionTest):
    def test_a_compile_error_names_its_line_and_column(self):
        outcome = self.cell("let a = 1\nlet b = a +\n  missing")
        self.assertFalse(outcome.ok)
        self.assertEqual(outcome.name, "CompileError")
        self.assertEqual(outcome.lines[0], "In[1]:3:3: error: cannot find 'missing' in scope")
        self.assertEqual(outcome.lines[1:3], ["      missing", "      ^"])

    def test_the_column_is_the_one_in_the_cell_where_the_kernel_wrote_something_before(self):
        outcome = self.cell("let a = 1\na; a.nothing")
        self.assertEqual(
            outcome.lines[0], "In[1]:2:6: error: value of type 'Int' has no member 'nothing'")

    def test_a_syntax_error_names_its_line(self):
        outcome = self.cell("let a = 1\nlet = 2")
        self.assertEqual(outcome.name, "CompileError")
        self.assertTrue(outcome.lines[0].startswith("In[1]:2:5: error: "), outcome.lines)

    def test_a_cell_that_did_not_compile_leaves_no_names(self):
        self.assertFalse(self.cell("let kept = 1\nlet bad: Int = \"\"").ok)
        outcome = self.cell("kept")
        self.assertIn("cannot find 'kept'", outcome.message)

    def test_top_level_await_is_refused_with_a_reason_and_a_way(self):
        self.assertRuns("func answer() async -> Int { 42 }")
        outcome = self.cell("let a = 1\nlet b = await answer()")
        self.assertFalse(outcome.ok)
        self.assertTrue(outcome.lines[0].startswith("In[2]:2:1: error: "), outcome.lines)
        self.assertIn("try awaiting { await", outcome.message)
        self.assertEqual(self.value("try awaiting { await answer() }"), "42")


class Traps(SessionTest):
    def test_a_trap_keeps_earlier_values_and_what_the_cell_had_done(self):
        self.assertRuns("var n = 1")
        outcome = self.cell("n = 5\nlet early = 7\nlet bad = [Int]()[n]\nlet late = 9")
        self.assertEqual(outcome.name, "Trap")
        self.assertIn("Index out of range", outcome.message)
        self.assertEqual(self.value("n + early"), "12")
        self.assertIn("cannot find 'late'", self.cell("late").message)
        self.assertIn("cannot find 'bad'", self.cell("bad").message)

    def test_fatal_errors_name_their_line(self):
        outcome = self.cell("let a = 1\nfatalError(\"on purpose\")")
        self.assertEqual(outcome.lines[0], "In[1]:2: Trap: on purpose")
        self.assertEqual(self.value("a"), "1")

    def test_an_uncaught_error_is_told_and_survived(self):
        outcome = self.cell("let a = 1\nlet c = try Circuit(qubits: 1) { X(3) }")
        self.assertEqual(outcome.name, "UncaughtError")
        self.assertIn("qubit 3", outcome.message)
        self.assertTrue(outcome.lines[0].startswith("In[1]:2: "), outcome.lines)
        self.assertEqual(self.value("a"), "1")

    def test_endless_recursion_is_survived(self):
        self.assertRuns("let a = 3")
        outcome = self.cell("func f(_ n: Int) -> Int { n == -1 ? 0 : f(n + 1) + f(n + 2) }\nf(0)")
        self.assertEqual(outcome.name, "Trap")
        self.assertIn("recursion", outcome.message)
        self.assertEqual(self.value("a"), "3")

    def test_a_trap_while_printing_does_not_block_later_output(self):
        self.assertFalse(self.cell(
            "struct Bad: CustomStringConvertible { var description: String { fatalError() } }\n"
            "print(Bad())").ok)
        self.assertRuns("print(\"still here\")")
        self.assertEqual(self.printed(), "still here\n")

    def test_ending_the_process_is_told_and_a_new_one_starts(self):
        self.assertRuns("import Foundation\nlet a = 1")
        outcome = self.cell("exit(3)")
        self.assertEqual(outcome.name, "ProcessEnded")
        self.assertIn("cannot find 'a'", self.cell("a").message)
        self.assertEqual(self.value("1 + 1"), "2")


class Interrupts(SessionTest):
    def interrupted(self, code):
        """Runs a cell and interrupts it once it runs."""
        def hear(name, text):
            if "running" in text:
                self.after(0.3, self.session.interrupt)
        self.session.host.on_text = hear
        outcome = self.cell("print(\"running\")\n" + code)
        self.assertEqual(outcome.name, "Interrupted", outcome.lines)
        return outcome

    def test_a_training_stops_and_keeps_its_weights(self):
        self.assertRuns(
            "let iris = try EmbeddedDatasets.named(\"iris\").load()\n"
            "var preparation = Preprocessing()\ntry preparation.fit(iris.features)\n"
            "let rows = try preparation.transform(iris.features)")
        outcome = self.interrupted(
            "var model = NetworkClassifier<Double>(Hybrid(), "
            "options: TrainingOptions(epochs: 1_000_000))\n"
            "try model.fit(rows, labels: iris.labels, classCount: 3, observer: SilentObserver())")
        self.assertEqual(outcome.message, "stopped after the step under way")
        self.assertTrue(outcome.lines[0].startswith("In[2]:3: "), outcome.lines)
        self.assertEqual(self.value("(model.trainer?.progress.stepCount ?? 0) > 0"), "true")
        self.assertEqual(self.value("try model.predict(rows).count"), "150")

    def test_a_comparison_stops(self):
        outcome = self.interrupted(
            "let data = try EmbeddedDatasets.named(\"iris\").load()\n"
            "try compare(Contender.hybrid(\"hybrid\", Hybrid(), options: "
            "TrainingOptions(epochs: 1_000_000), features: 4, classes: 3), on: data, "
            "validation: CrossValidation())")
        self.assertEqual(outcome.message, "stopped after the step under way")

    def test_an_endless_loop_stops(self):
        self.assertRuns("let a = 4\nvar n = 0")
        outcome = self.interrupted("while true { n &+= 1 }")
        self.assertIn("by force", outcome.message)
        self.assertEqual(self.value("a"), "4")

    def test_sleep_stops(self):
        self.assertRuns("import Foundation")
        self.interrupted("Thread.sleep(forTimeInterval: 600)")

    def test_awaiting_stops(self):
        outcome = self.interrupted("try awaiting { try await Task.sleep(for: .seconds(600)) }")
        self.assertEqual(outcome.message, "stopped after the step under way")

    def test_an_interrupt_while_a_cell_is_compiled_stops_the_compiler(self):
        compiler = self.session.toolchain.frontend
        slow = self.session.host.folder / "slow-compiler"
        slow.write_text("#!/bin/sh\nexec sleep 600\n")
        slow.chmod(0o755)
        self.session.toolchain.frontend = str(slow)
        self.after(0.5, self.session.interrupt)
        outcome = self.cell("let a = 1")
        self.assertEqual(outcome.message, "interrupted while the cell was compiled")
        self.session.toolchain.frontend = compiler
        self.assertRuns("let a = 1")

    def test_a_stop_that_comes_when_nothing_runs_stops_nothing(self):
        self.assertRuns("let a = 1")
        self.session.interrupt()
        self.assertRuns("try StopFlag.check()")


class Output(SessionTest):
    def test_prints_and_displays_keep_their_order(self):
        self.assertRuns("print(\"a\")\ndisplay(1)\nprint(\"b\")\ndisplay(2)\nprint(\"c\")")
        order = [what.strip() if name == "stdout" else what["data"]["text/plain"]
                 for name, what in self.said]
        self.assertEqual(order, ["a", "1", "b", "2", "c"])

    def test_output_comes_while_the_cell_runs(self):
        path = self.session.host.folder / "heard"

        def hear(name, text):
            self.said.append((name, text))
            if "first" in text:
                path.touch()
        self.session.host.on_text = hear
        self.assertRuns(
            "import Foundation\nprint(\"first\")\nvar waits = 0\n"
            f"while !FileManager.default.fileExists(atPath: \"{path}\"), waits < 3000 {{\n"
            "  usleep(10_000)\n  waits += 1\n}\nprint(waits < 3000 ? \"heard\" : \"late\")")
        self.assertEqual(self.printed(), "first\nheard\n")

    def test_a_chart_is_text_and_a_picture_that_needs_no_trust(self):
        self.assertRuns("LineChart(\"loss\", series: [.init(\"train\", values: [3, 2, 1])])")
        data = self.said[-1][1]["data"]
        self.assertEqual(set(data), {"text/plain", "text/html"})
        self.assertIn("loss", data["text/plain"])
        svg = self.svg(data["text/html"])
        self.assertTrue(svg.tag.endswith("svg"))
        self.assertIn("loss", "".join(svg.itertext()))

    def test_a_circuit_is_a_diagram(self):
        self.assertRuns("try Circuit(qubits: 2) { H(0); CNOT(control: 0, target: 1) }")
        data = self.said[-1][1]["data"]
        self.assertIn("0: ─H──●─", data["text/plain"])
        self.assertIn("H", "".join(self.svg(data["text/html"]).itertext()))

    def test_a_table_is_escaped_and_lines_up(self):
        self.assertRuns("ResultTable(\"name\", \"n\", rows: [[\"a<b\", \"1\"], [\"c\", \"20\"]])")
        data = self.said[-1][1]["data"]
        self.assertIn("<td style=\"text-align: left\">a&lt;b</td>", data["text/html"])
        self.assertEqual(
            data["text/plain"].split("\n"), ["name   n", "────  ──", "a<b    1", "c     20"])

    def test_a_display_can_be_replaced(self):
        self.assertRuns("display(1, replacing: \"it\")\ndisplay(2, replacing: \"it\")")
        self.assertEqual([what.get("id") for _, what in self.said], ["it", "it"])

    def test_nothing_is_shown_for_nothing(self):
        for code in ["print(1)", "let a = 2", "var b = 2\nb = 3", "5;", "// only words", "  "]:
            outcome = self.cell(code)
            self.assertTrue(outcome.ok, outcome.lines)
            self.assertFalse([each for each in self.said if each[0] == "show"], code)

    def test_text_of_many_scripts_arrives_whole(self):
        self.assertRuns("print(String(repeating: \"θ⊗😀\", count: 20_000), terminator: \"\")")
        self.assertEqual(self.printed(), "θ⊗😀" * 20000)

    @staticmethod
    def svg(html):
        import base64
        import re
        from xml.etree import ElementTree
        encoded = re.search(r'src="data:image/svg\+xml;base64,([^"]*)"', html)[1]
        return ElementTree.fromstring(base64.b64decode(encoded))


class Life(SessionTest):
    def test_a_new_session_knows_nothing_of_an_old_one(self):
        self.assertRuns("let a = 1")
        self.session.close()
        self.session = Session(Toolchain.load())
        self.addCleanup(self.session.close)
        self.assertFalse(self.cell("a").ok)

    def test_the_host_ends_with_the_kernel(self):
        here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
        kernel = subprocess.Popen(
            [sys.executable, "-c",
             "import time\nfrom ansatz_kernel.session import Session\n"
             "from ansatz_kernel.toolchain import Toolchain\n"
             "s = Session(Toolchain.load())\nprint(s.host.process.pid, s.host.folder, flush=True)\n"
             "time.sleep(100)"],
            stdout=subprocess.PIPE, text=True, env=dict(os.environ, PYTHONPATH=here))
        pid, folder = kernel.stdout.readline().split()
        os.kill(kernel.pid, signal.SIGKILL)
        kernel.wait()
        kernel.stdout.close()
        import shutil
        shutil.rmtree(folder, ignore_errors=True)
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline and self.is_alive(int(pid)):
            time.sleep(0.05)
        self.assertFalse(self.is_alive(int(pid)))

    @staticmethod
    def is_alive(pid):
        try:
            with open(f"/proc/{pid}/stat") as file:
                return file.read().rsplit(")", 1)[1].split()[0] not in "ZX"
        except OSError:
            return False


class Columns(unittest.TestCase):
    def test_columns_are_mapped_back_over_insertions(self):
        # `__at(3);` before column 1 and `__show(` before column 5 of one line.
        columns = {2: [(1, 8), (5, 7)]}
        self.assertEqual(syntax.original_column(columns, 2, 9), 1)
        self.assertEqual(syntax.original_column(columns, 2, 12), 4)
        self.assertEqual(syntax.original_column(columns, 2, 20), 5)
        self.assertEqual(syntax.original_column(columns, 1, 20), 20)


if __name__ == "__main__":
    unittest.main()

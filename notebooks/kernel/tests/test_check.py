"""That the comparison of notebooks notices what it should, and lets pass what it should."""

import base64
import os
import sys
import unittest

import nbformat

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import check  # noqa: E402


def stream(text):
    return nbformat.v4.new_output("stream", name="stdout", text=text)


def result(text, html=None):
    data = {"text/plain": text}
    if html:
        data["text/html"] = html
    return nbformat.v4.new_output("display_data", data=data)


def chart(text, marks=6):
    svg = f'<svg xmlns="http://www.w3.org/2000/svg"><text>{text}</text>{"<g/>" * marks}</svg>'
    return result("chart", f'<img src="data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}">')


class Comparison(unittest.TestCase):
    def assertSame(self, a, b, *tags):
        self.assertIsNone(check.difference(a, b, set(tags)))

    def assertDiffers(self, a, b, *tags):
        self.assertIsNotNone(check.difference(a, b, set(tags)))

    def test_numbers_may_differ_by_rounding_and_no_more(self):
        self.assertSame(stream("E = 0.1234567"), stream("E = 0.12345675"))
        self.assertDiffers(stream("E = 0.1234567"), stream("E = 0.1235567"))
        self.assertDiffers(stream("E = 0.5"), stream("E = -0.5"))
        self.assertDiffers(stream("E = 0.5"), stream("E = 0.5 0.5"))
        self.assertDiffers(stream("E = 0.5"), stream("F = 0.5"))

    def test_trained_numbers_may_differ_more_but_not_much(self):
        self.assertSame(result("accuracy 0.95, worse"), result("accuracy 0.97, same"), "trained")
        self.assertDiffers(result("accuracy 0.95"), result("accuracy 0.60"), "trained")

    def test_p_values_of_trainings_are_left_out(self):
        self.assertSame(result("+0.01, p = 0.10"), result("+0.02, p = 0.90"), "trained")
        self.assertSame(result("+0.01, p < 0.001"), result("+0.02, p = 0.90"), "trained")

    def test_volatile_outputs_must_be_there_all_the_same(self):
        self.assertSame(stream("3 ms"), stream("8 ms"), "volatile")
        self.assertDiffers(chart("ms"), result("ms"), "volatile")
        self.assertDiffers(chart("ms"), chart("ms", marks=0), "volatile")

    def test_pictures_are_compared_by_text_and_marks(self):
        self.assertSame(chart("loss 0.5"), chart("loss 0.5"))
        self.assertDiffers(chart("loss 0.5"), chart("loss 0.6"))
        self.assertDiffers(chart("loss"), chart("gain"))
        self.assertDiffers(chart("loss"), chart("loss", marks=7))
        self.assertSame(chart("loss 0.5"), chart("loss 0.6", marks=9), "trained")

    def test_errors_are_compared(self):
        one, two = (nbformat.v4.new_output("error", ename="Trap", evalue=text, traceback=[])
                    for text in "ab")
        self.assertSame(one, one)
        self.assertDiffers(one, two)

    def test_a_missing_output_is_noticed(self):
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1")])
        full = nbformat.from_dict(notebook)
        full.cells[0].outputs = [result("1")]
        self.assertTrue(list(check.differences(full, notebook)))
        self.assertFalse(list(check.differences(full, full)))


if __name__ == "__main__":
    unittest.main()

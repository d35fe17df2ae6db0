"""Executes notebooks and compares what they give with what they were saved with.

    check.py [--save] NOTEBOOK...

Words must be the same. Numbers may differ by 1e-6, relatively and absolutely: what rounding leaves
between processors. A cell may say in its metadata that it knows better, by a tag:

- `trained`: its numbers come from a training, where rounding grows; they may differ by 0.05
  relatively or absolutely. A verdict may turn on that, so words and p-values are not compared.
- `volatile`: its numbers are times or rounding errors; only the kinds of its outputs are compared.
- `raises-exception`: it fails on purpose, with the same message.

Pictures must parse, and show the same texts and the same number of marks; the ticks of `trained`
ones may differ. With `--save` the outputs are written into the notebooks instead.
"""

import base64
import os
import re
import sys
import time
from xml.etree import ElementTree

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

NUMBER = re.compile(r"[-+−]?(?:\d+\.\d*|\.\d+|\d+)(?:[eE][-+]?\d+)?")
PICTURE = re.compile(r'src="data:image/svg\+xml;base64,([^"]*)"')
EXACT, TRAINED = 1e-6, 0.05


def same_numbers(a, b, tolerance):
    x, y = ([float(text.replace("−", "-")) for text in NUMBER.findall(each)] for each in (a, b))
    return len(x) == len(y) and all(
        abs(p - q) <= tolerance * max(1, abs(p), abs(q)) for p, q in zip(x, y))


def same_text(a, b, tags):
    if "volatile" in tags:
        return True
    if "trained" in tags:
        # A verdict in words may have turned, and p with it.
        a, b = (re.sub(r"p [<=] [0-9.]+", "", each) for each in (a, b))
        return same_numbers(a, b, TRAINED)
    # The last place of a number may turn, and with it the width of a column.
    words = [re.sub(r"[\s─]+", " ", NUMBER.sub("#", each)) for each in (a, b)]
    return words[0] == words[1] and same_numbers(a, b, EXACT)


def picture(html):
    """The texts and the number of marks of the picture in a fragment; nil if there is none."""
    found = PICTURE.search(html)
    if not found:
        return None
    tree = ElementTree.fromstring(base64.b64decode(found[1]))
    texts = [text.strip() for text in tree.itertext() if text.strip() and "{" not in text]
    marks = sum(1 for _ in tree.iter())
    return texts, marks


def difference(saved, given, tags):
    """What is wrong with an output; nil if nothing is."""
    if saved.output_type != given.output_type:
        return f"a {given.output_type} instead of a {saved.output_type}"
    if saved.output_type == "stream":
        if not same_text(saved.text, given.text, tags):
            return f"printed\n{given.text}\ninstead of\n{saved.text}"
    elif saved.output_type == "error":
        if (saved.ename, saved.evalue) != (given.ename, given.evalue):
            return f"{given.ename}: {given.evalue}\ninstead of\n{saved.ename}: {saved.evalue}"
    else:
        if set(saved.data) != set(given.data):
            return f"forms {sorted(given.data)} instead of {sorted(saved.data)}"
        old, new = (picture(each.data.get("text/html", "")) for each in (saved, given))
        if (old is None) != (new is None):
            return "a picture where there was none, or none where there was one"
        if old:
            if not new[0] or new[1] < 5:
                return "an empty picture"
            if not tags & {"volatile", "trained"}:
                if abs(old[1] - new[1]) > 0:
                    return f"a picture of {new[1]} marks instead of {old[1]}"
                if not same_text(" ".join(old[0]), " ".join(new[0]), tags):
                    return f"a picture saying\n{new[0]}\ninstead of\n{old[0]}"
        elif not same_text(saved.data["text/plain"], given.data["text/plain"], tags):
            return f"{given.data['text/plain']}\ninstead of\n{saved.data['text/plain']}"
    return None


def joined(outputs):
    """Outputs with neighbouring pieces of one stream put together: where they are cut is chance."""
    result = []
    for output in outputs:
        if (result and output.output_type == "stream" and result[-1].output_type == "stream"
                and result[-1].name == output.name):
            result[-1].text += output.text
        else:
            result.append(nbformat.from_dict(output))
    return result


def differences(saved, given):
    for number, (old, new) in enumerate(zip(saved.cells, given.cells), 1):
        if old.cell_type != "code":
            continue
        tags = set(old.metadata.get("tags", []))
        before, after = joined(old.outputs), joined(new.outputs)
        if len(before) != len(after):
            yield number, old, f"{len(after)} outputs instead of {len(before)}"
            continue
        for a, b in zip(before, after):
            problem = difference(a, b, tags)
            if problem:
                yield number, old, problem


def execute(notebook, folder):
    """The notebook as it comes out, without what depends on the machine or the moment."""
    fresh = nbformat.from_dict(notebook)
    for cell in fresh.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    NotebookClient(
        fresh, timeout=300, kernel_name="ansatz", record_timing=False,
        resources={"metadata": {"path": folder}}).execute()
    for cell in fresh.cells:
        if cell.cell_type == "code":
            cell.outputs = joined(cell.outputs)
    fresh.metadata = nbformat.from_dict({
        "kernelspec": {"display_name": "Swift (Ansatz)", "language": "swift", "name": "ansatz"},
        "language_info": {"name": "swift", "file_extension": ".swift",
                          "mimetype": "text/x-swift", "pygments_lexer": "swift"},
    })
    return fresh


def main(arguments):
    saves = "--save" in arguments
    failures = 0
    for path in [each for each in arguments if not each.startswith("--")]:
        notebook = nbformat.read(path, as_version=4)
        begin = time.monotonic()
        try:
            given = execute(notebook, os.path.dirname(os.path.abspath(path)))
        except CellExecutionError as error:
            print(f"{path}: a cell failed\n{error}", file=sys.stderr)
            failures += 1
            continue
        seconds = time.monotonic() - begin
        if saves:
            nbformat.write(given, path)
            print(f"{path}: saved, {seconds:.0f} s")
            continue
        found = list(differences(notebook, given))
        for number, cell, problem in found:
            first = cell.source.split("\n")[0]
            print(f"{path}: cell {number} ({first}): {problem}", file=sys.stderr)
        print(f"{path}: {'differs' if found else 'as saved'}, {seconds:.0f} s", flush=True)
        failures += bool(found)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

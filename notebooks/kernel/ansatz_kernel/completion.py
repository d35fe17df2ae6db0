"""Names to complete: those of cells, the public ones of Ansatz, and Swift's keywords."""

import functools
import re
from pathlib import Path

KEYWORDS = """associatedtype break case class continue default defer do else enum extension false
fileprivate for func guard if import in init inout internal let nil operator private protocol
public repeat return self static struct subscript super switch throw throws true try typealias var
where while print display awaiting""".split()

DECLARATION = re.compile(
    r"^(\s*)public (?:static |mutating |final |private\(set\) |indirect )*"
    r"(?:struct|class|enum|protocol|func|var|let|typealias|actor) (\w+)", re.M)


@functools.lru_cache
def library_names(root):
    """Types and functions at the top level, and members, from the sources of Ansatz."""
    top, members = set(), set()
    for path in sorted(Path(root).glob("Sources/Ansatz*/**/*.swift")):
        if path.parts[len(Path(root).parts) + 1] in ("AnsatzCLI", "AnsatzTestSupport"):
            continue
        for indent, name in DECLARATION.findall(path.read_text()):
            (members if indent else top).add(name)
    return top, members


def matches(word, before, names, root):
    top, members = library_names(root)
    if before.endswith("."):
        found = members
    elif not word:
        return []
    else:
        found = top | set(names) | set(KEYWORDS)
    return sorted(name for name in found if name.startswith(word) and not name.startswith("__"))

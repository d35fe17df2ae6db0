"""What a cell declares and where its statements are, as the compiler's own parser tells."""

import json
import re
from dataclasses import dataclass, field

# How a declaration is called in a scoped import.
SCOPES = {
    "struct_decl": "struct", "class_decl": "class", "enum_decl": "enum", "protocol": "protocol",
    "protocol_decl": "protocol", "typealias": "typealias", "typealias_decl": "typealias",
    "func_decl": "func", "var_decl": "var",
}
# What may say `await` in a cell: it runs when called, not at the top level.
BODIES = {"func_decl", "closure_expr", "accessor_decl", "constructor_decl", "subscript_decl",
          "struct_decl", "class_decl", "enum_decl", "actor_decl", "extension_decl", "var_decl"}
STATEMENTS = ("_stmt", "_expr")


@dataclass
class Item:
    """One declaration or statement at the top level, with its place in bytes."""

    start: int
    end: int  # where its last token begins
    kind: str  # 'import', 'declaration', 'binding', 'expression' or 'statement'


@dataclass
class Cell:
    """A cell as it was parsed."""

    code: str
    items: list = field(default_factory=list)
    names: dict = field(default_factory=dict)  # name -> (scope, first byte)
    imports: list = field(default_factory=list)
    await_at: int | None = None


def name_of(node):
    name = node.get("name")
    while isinstance(name, dict):
        name = name.get("base_name") or name.get("name")
    return name


def parse_tree(tree, code):
    """Reads what `-dump-parse -dump-ast-format json` printed."""
    cell = Cell(code)
    source = code.encode()
    for node in tree.get("items", []):
        kind = node.get("_kind", "")
        place = node.get("range") or {"start": 0, "end": 0}
        start, end = place["start"], place["end"]
        if kind == "import_decl":
            line = source[start:].split(b"\n")[0].decode()
            cell.imports.append(re.sub(r"\s*(//.*|;.*)?$", "", line))
            cell.items.append(Item(start, end, "import"))
        elif kind == "top_level_code_decl":
            element = (node.get("body") or {}).get("elements", [{}])[0]
            inner = element.get("_kind", "")
            if inner == "pattern_binding_decl":
                what = "binding"
            elif inner.endswith("_expr"):
                what = "statement" if assigns(element) else "expression"
            else:
                what = "statement"
            cell.items.append(Item(start, end, what))
            if cell.await_at is None and awaits(element):
                cell.await_at = start
        elif kind in SCOPES:
            name = name_of(node)
            scope = SCOPES[kind]
            if kind == "var_decl" and node.get("let"):
                scope = "let"
            if name and name != "_":
                cell.names[name] = (scope, start)
            if kind != "var_decl":
                cell.items.append(Item(start, end, "declaration"))
        else:
            cell.items.append(Item(start, end, "declaration"))
    cell.items.sort(key=lambda item: item.start)
    return cell


def children(node):
    for value in node.values():
        if isinstance(value, dict):
            yield value
        elif isinstance(value, list):
            yield from (each for each in value if isinstance(each, dict))


def assigns(node):
    """Whether an expression is an assignment, whose value nobody wants to see."""
    kind = node.get("_kind", "")
    if kind == "assign_expr":
        return True
    if kind in ("sequence_expr", "try_expr", "await_expr"):
        return any(assigns(child) for child in children(node))
    return False


def awaits(node):
    kind = node.get("_kind", "")
    if kind in BODIES:
        return False
    if kind == "await_expr" or (kind == "for_each_stmt" and node.get("await")):
        return True
    return any(awaits(child) for child in children(node))


def load_tree(text):
    return json.loads(text)


def position(source, offset):
    """Line and column, both from 1, of a byte."""
    before = source[:offset]
    return before.count(b"\n") + 1, offset - (before.rfind(b"\n") + 1) + 1


def rewrite(cell):
    """The cell with its progress told and its last expression shown.

    Returns the text and, for each line, the insertions as (column, length), for messages.
    """
    source = cell.code.encode()
    insertions = []
    for number, item in enumerate(cell.items):
        if number == 0 or item.kind in ("import", "declaration"):
            continue
        line_start = source.rfind(b"\n", 0, item.start) + 1
        prefix = source[line_start:item.start].decode()
        above = source[:line_start].decode().rstrip().rsplit("\n", 1)[-1].strip()
        # An attribute or a modifier belongs to the statement but not to its range.
        if item.kind == "binding" and (prefix.strip() or above.startswith("@")):
            continue
        insertions.append((item.start, f"__at({item.start});".encode()))
    last = cell.items[-1] if cell.items else None
    closes = False
    if last and last.kind == "expression" and not cell.code.rstrip().endswith(";"):
        insertions.append((last.start, b"__show("))
        closes = True
    result, columns, done = b"", {}, 0
    for offset, text in insertions:
        line, column = position(source, offset)
        columns.setdefault(line, []).append((column, len(text)))
        result += source[done:offset] + text
        done = offset
    result += source[done:] + (b"\n)\n" if closes else b"\n")
    # Passing the end tells that every name has its value.
    return result.decode() + f"__at({len(source) + 1})\n", columns


def original_column(columns, line, column):
    """The column in the cell of a column in the rewritten text."""
    for inserted_at, length in reversed(shifted(columns.get(line, []))):
        if column >= inserted_at + length:
            column -= length
        elif column > inserted_at:
            column = inserted_at
    return max(1, column)


def shifted(insertions):
    """Where the insertions of a line begin in the rewritten line."""
    result, moved = [], 0
    for column, length in insertions:
        result.append((column + moved, length))
        moved += length
    return result

"""Count what the house measures: functions, modules, rooms, templates, tests, types and comments."""

import ast
import tokenize
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ops.places import ROOT

FLOORS = ("fsul_portal", "members", "committee", "workgroups", "reports")


@dataclass(frozen=True)
class Function:
    """A function of the floors; `module` is its dotted name, `owner` the class it stands in.

    A typed one says all that it takes and returns.
    """

    module: str
    owner: str
    name: str
    lines: int
    is_typed: bool


def modules():
    """Return every file of the floors but for the migrations, which Django writes."""
    found = [path for floor in FLOORS for path in sorted((ROOT / floor).rglob("*.py"))]
    return [path for path in found if "migrations" not in path.parts]


def dotted(path):
    words = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(words[:-1] if words[-1] == "__init__" else words)


@cache
def tree(path):
    return ast.parse(path.read_text("utf-8"))


def lines_of(path):
    return path.read_text("utf-8").count("\n")


def lengths(paths):
    """Return the lines of each file by its name in the project."""
    return {str(path.relative_to(ROOT)): lines_of(path) for path in paths}


def templates():
    return sorted((ROOT / "templates").rglob("*.html"))


def tests():
    return sorted((ROOT / "tests").rglob("*.py"))


def rooms():
    """Return how many modules each package has, those of its nested packages not counted."""
    found: dict[str, int] = {}
    for path in modules():
        if path.name != "__init__.py":
            room = str(path.parent.relative_to(ROOT))
            found[room] = found.get(room, 0) + 1
    return found


def functions():
    return [function for path in modules() for function in _functions_of(path)]


def _functions_of(path):
    owners = {
        child: node.name for node in ast.walk(tree(path)) if isinstance(node, ast.ClassDef) for child in node.body
    }
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            yield Function(
                dotted(path), owners.get(node, ""), node.name, lines, _is_typed(node, is_method=node in owners)
            )


def _is_typed(node: ast.FunctionDef | ast.AsyncFunctionDef, *, is_method: bool) -> bool:
    """Tell whether all is said that a function takes and returns; of what a method belongs to, the class says it."""
    args = node.args
    places = [*args.posonlyargs, *args.args]
    static = any(isinstance(one, ast.Name) and one.id == "staticmethod" for one in node.decorator_list)
    taken = [*(places[1:] if is_method and not static else places), *args.kwonlyargs, args.vararg, args.kwarg]
    return node.returns is not None and all(one.annotation is not None for one in taken if one is not None)


def called_from_elsewhere():
    """Return the functions of modules that another package imports, or calls on a module that it imports."""
    passed_on = dict(found for path in modules() if path.name == "__init__.py" for found in _passed_on(path))
    used = {passed_on.get(name, name) for path in modules() for name in _names_used(path)}
    return [one for one in functions() if not one.owner and (one.module, one.name) in used]


def _passed_on(path):
    """Yield what a package gives out as its own, with the module in which it stands."""
    for node in tree(path).body:
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                yield (dotted(path), alias.asname or alias.name), (node.module, alias.name)


def _names_used(path):
    """Yield (module, name) of each thing that a file takes out of a module of another package."""
    here, known = dotted(path).rpartition(".")[0], {dotted(module) for module in modules()}
    taken = {}
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                if f"{node.module}.{alias.name}" in known:
                    taken[alias.asname or alias.name] = f"{node.module}.{alias.name}"
                elif node.module.rpartition(".")[0] != here:
                    yield node.module, alias.name
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in taken:
            module = taken[node.value.id]
            if module.rpartition(".")[0] != here:
                yield module, node.attr


def comments():
    """Return how many lines of the floors carry a comment, but for those that only speak to a tool."""
    return sum(_comments_of(path) for path in modules())


def _comments_of(path: Path):
    with path.open("rb") as file:
        words = [token.string for token in tokenize.tokenize(file.readline) if token.type == tokenize.COMMENT]
    return sum(not comment.startswith(("# noqa", "# type:")) for comment in words)

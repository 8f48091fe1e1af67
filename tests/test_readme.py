"""Hold that README names every column of the files and every name of the environment, as the code reads them."""

import ast
import re

from members.libraries.intake.columns import DIVISION_COLUMNS, LIBRARY_COLUMNS
from ops.counts import modules, tree
from ops.places import ROOT

README = (ROOT / "README.md").read_text("utf-8")
NAME = re.compile(r"[A-Z][A-Z_]+")
READERS = {"str", "int", "float", "bool", "list", "dict", "db", "email", "get"}
# Names that our own processes hand on to one another, or the machine to all.
OF_THE_MACHINE = {"PATH", "DJANGO_SETTINGS_MODULE", "PIP_CACHE_DIR"}


def line_of(what):
    (found,) = re.findall(rf"^- {what} (.+)$", README, re.MULTILINE)
    return found


def quoted(text):
    """Return the words that the first pair of accents holds."""
    return re.search("`([^`]+)`", text)[1].split(", ")


def environment():
    """Return {name: default} of what the code reads from the environment; None where it is no plain number."""
    found = {}
    for path in [*modules(), *(ROOT / "ops").glob("*.py")]:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and reads(node) and isinstance(node.args[0], ast.Constant):
                found[node.args[0].value] = next(
                    (number(word) for word in node.keywords if word.arg == "default"), None
                )
    return {name: default for name, default in found.items() if name not in OF_THE_MACHINE}


def reads(call):
    """Say whether a call asks the environment, or declares the setting of a way out of notices."""
    of, __, asked = ast.unparse(call.func).rpartition(".")
    return bool(call.args) and ((of in ("env", "os.environ") and asked in READERS) or asked == "Setting")


def number(keyword):
    value = getattr(keyword.value, "value", None)
    return value if type(value) in (int, float) else None


def settings_in_readme():
    part = README.partition("\n## 配置\n")[2].partition("\n## ")[0]
    return part, set(NAME.findall(" ".join(re.findall("`([A-Z][A-Z_]+)`", part))))


def test_the_columns_of_libraries_are_those_of_the_files():
    assert quoted(line_of("成员馆")) == [column.name for column in LIBRARY_COLUMNS]
    assert quoted(line_of("区划")) == [column.name for column in DIVISION_COLUMNS]


def test_the_columns_that_must_be_there_are_named():
    required = [column.name for column in LIBRARY_COLUMNS if column.required]
    assert quoted(line_of("成员馆").partition("必填")[2]) == required


def test_every_name_of_the_environment_stands_in_the_readme_and_no_other():
    assert settings_in_readme()[1] == set(environment())


def test_a_default_in_the_readme_is_that_of_the_code():
    said = dict(re.findall(r"`([A-Z_]+)`（(\d+)）", settings_in_readme()[0]))
    read = environment()
    assert said == {name: str(read[name]) for name in said}

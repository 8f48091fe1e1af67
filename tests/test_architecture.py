"""Hold the house rules that can be measured."""

import ast
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("fsul_portal", "members", "committee", "workgroups", "reports")
DRAWERS = {"utils", "helpers", "common", "services", "managers", "signals", "misc"}
FUNCTION_LINES, MODULE_LINES, TEMPLATE_LINES = 50, 300, 130
MEDIAN_LINES, P90_LINES = 10, 25


def modules():
    return [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py")) if "migrations" not in path.parts]


def functions():
    """Return (file, name, lines) of each function of the rooms."""
    found = []
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                found.append((str(path.relative_to(ROOT)), node.name, node.end_lineno - node.lineno + 1))
    return found


def test_no_function_is_longer_than_fifty_lines():
    assert [found for found in functions() if found[2] > FUNCTION_LINES] == []


def test_functions_are_short_as_a_rule():
    lengths = [lines for __, __, lines in functions()]
    assert statistics.median(lengths) <= MEDIAN_LINES
    assert statistics.quantiles(lengths, n=10)[-1] <= P90_LINES


def test_no_module_is_longer_than_three_hundred_lines():
    sizes = {str(path.relative_to(ROOT)): path.read_text("utf-8").count("\n") for path in modules()}
    assert {path: lines for path, lines in sizes.items() if lines > MODULE_LINES} == {}


def test_no_template_is_longer_than_130_lines():
    sizes = {
        str(path.relative_to(ROOT)): path.read_text("utf-8").count("\n")
        for path in (ROOT / "templates").rglob("*.html")
    }
    assert {path: lines for path, lines in sizes.items() if lines > TEMPLATE_LINES} == {}


def test_there_are_no_drawers():
    assert [str(path) for path in modules() if path.stem in DRAWERS or DRAWERS & set(path.parts)] == []


def test_only_rules_and_the_portal_ask_for_permissions():
    asking = [
        str(path.relative_to(ROOT))
        for path in modules()
        if ".has_perm(" in path.read_text("utf-8") and path != ROOT / "fsul_portal/access/rules.py"
    ]
    assert asking == []


def test_only_the_access_room_writes_grants():
    words = ("assign_perm", "UserObjectPermission", "user_permissions")
    writing = {
        str(path.relative_to(ROOT)) for path in modules() if any(word in path.read_text("utf-8") for word in words)
    }
    # The checks compare what is stored, and write nothing.
    assert writing == {"fsul_portal/access/actions.py", "fsul_portal/access/checks.py"}


def test_nothing_is_left_for_later():
    marks = ("TO" + "DO", "FIX" + "ME", "XXX", "raise NotImplementedError")
    assert [str(path) for path in modules() if any(mark in path.read_text("utf-8") for mark in marks)] == []


def test_no_template_carries_styles_or_scripts_of_its_own():
    found = []
    for path in (ROOT / "templates").rglob("*.html"):
        text = path.read_text("utf-8")
        if "print" not in path.parts and (' style="' in text or "<script>" in text or " onclick=" in text):
            found.append(str(path.relative_to(ROOT)))
    assert found == []


def test_imports_look_down_only():
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_working_groups_do_not_know_one_another():
    """Whichever of the three has rooms already: none imports from another."""
    groups = ("coordination", "technical", "resources")
    found = [
        (str(path.relative_to(ROOT)), other)
        for group in groups
        for path in sorted((ROOT / "workgroups" / group).rglob("*.py"))
        for other in groups
        if other != group and f"workgroups.{other}" in path.read_text("utf-8")
    ]
    assert found == []

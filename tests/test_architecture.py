"""Hold the house rules that can be measured; `make measures` prints the figures."""

import os
import statistics
import subprocess
import sys
import tomllib
from pathlib import Path

from fsul_portal.rooms import FLOORS
from ops.counts import called_from_elsewhere, functions, lengths, modules, rooms, templates
from ops.measures import (
    FUNCTION_LINES,
    FUNCTION_MEDIAN,
    FUNCTION_P90,
    MODULE_LINES,
    MODULES_OF_A_ROOM,
    TEMPLATE_LINES,
)
from ops.places import ROOT

# The roles that every room may fill; any other name stands in module_names.txt with its reason.
ROLES_OF_MODULES = {*"models rules actions forms imports tasks views urls admin room __init__".split()}
MODULE_NAMES = Path(__file__).with_name("module_names.txt")
DRAWERS = {"utils", "helpers", "common", "services", "managers", "signals", "misc"}


def too_long(paths, limit):
    return {path: lines for path, lines in lengths(paths).items() if lines > limit}


def test_no_function_is_longer_than_fifty_lines():
    assert [function for function in functions() if function.lines > FUNCTION_LINES] == []


def test_functions_are_short_as_a_rule():
    lines = [function.lines for function in functions()]
    assert statistics.median(lines) <= FUNCTION_MEDIAN
    assert statistics.quantiles(lines, n=10)[-1] <= FUNCTION_P90


def test_no_module_is_longer_than_three_hundred_lines():
    assert too_long(modules(), MODULE_LINES) == {}


def test_no_template_is_longer_than_130_lines():
    assert too_long(templates(), TEMPLATE_LINES) == {}


def test_no_room_has_more_than_twelve_modules():
    assert {room: count for room, count in rooms().items() if count > MODULES_OF_A_ROOM} == {}


def test_a_module_is_named_by_its_role_or_by_a_noun_that_has_a_reason():
    lines = [line.partition(": ") for line in MODULE_NAMES.read_text("utf-8").splitlines() if line and line[0] != "#"]
    assert [name for name, __, reason in lines if not reason] == []
    # A command is named by what a person types, a way out of notices by the name that stands in rows.
    by_folder = {"management/commands", "notices/channels"}
    free = {path for path in modules() if "/".join(path.parent.parts[-2:]) in by_folder and path.stem[0] != "_"}
    used = {path.stem for path in modules() if path not in free}
    assert sorted(used - ROLES_OF_MODULES) == sorted(name for name, __, __reason in lines)


def test_migrations_import_of_ours_only_what_fields_ask_for():
    """A base class or a constant of ours in a migration would stand in the way of every later move."""
    found = {
        line
        for floor in FLOORS
        for path in (ROOT / floor / "migrations").glob("*.py")
        for line in path.read_text("utf-8").splitlines()
        if line.startswith(("import ", "from ")) and line.split()[1].split(".")[0] in FLOORS
    }
    assert found == {
        "import fsul_portal.access.models",
        "import fsul_portal.files.models",
        "import fsul_portal.letters.models",
        "import reports.editions.excerpts.models",
        "import fsul_portal.lives.models",
        "import reports.editions.models",
        "import reports.editions.workshop.models",
    }


def test_reminders_and_tasks_stand_where_they_are_looked_for():
    """Celery and the reminders read `tasks.py` alone; anywhere else they would be silent."""
    marks = ("@reminder(", "@shared_task(", "@run_task(")
    elsewhere = [
        str(path.relative_to(ROOT))
        for path in modules()
        if path.stem != "tasks" and any(line.startswith(marks) for line in path.read_text("utf-8").splitlines())
    ]
    assert elsewhere == []


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


# Older than the rule that everything is strict; a room leaves this list, and none comes into it.
NOT_STRICT_YET = {
    "committee.meetings",
    "members.circulars",
    "members.divisions",
    "members.indicators",
    "members.libraries",
    "members.management",
    "members.months",
    "members.people",
    "members.returns",
    "reports.conformity",
    "reports.dashboard",
    "reports.demo",
    "reports.documents",
    "reports.editions",
    "reports.management",
    "workgroups.coordination.filings",
    "workgroups.groups",
    "ops",
}


def test_everything_is_strict_but_for_rooms_that_are_older_than_the_rule():
    types = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["mypy"]
    strict = ("disallow_untyped_defs", "disallow_untyped_calls", "disallow_any_generics", "warn_return_any")
    assert [types[name] for name in strict] == [True] * 4
    let_off = {name.removesuffix(".*") for one in types["overrides"] if strict[0] in one for name in one["module"]}
    assert let_off == NOT_STRICT_YET


def test_what_other_packages_call_says_what_it_takes_and_returns():
    assert [f"{one.module}.{one.name}" for one in called_from_elsewhere() if not one.is_typed] == []


def test_nothing_is_left_for_later():
    marks = ("TO" + "DO", "FIX" + "ME", "XXX", "raise NotImplementedError")
    assert [str(path) for path in modules() if any(mark in path.read_text("utf-8") for mark in marks)] == []


def test_no_template_carries_styles_or_scripts_of_its_own():
    found = []
    for path in templates():
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


def test_a_process_that_starts_carries_nothing_that_only_some_of_its_work_needs():
    """Each costs 20 to 60 MB and some tenths of a second in every worker; whoever needs one imports it then."""
    as_served = os.environ | {"DJANGO_SETTINGS_MODULE": "fsul_portal.settings", "DEBUG": "1"}
    heavy = {"pypinyin", "weasyprint", "pikepdf", "docx"}
    asked = f"import django, sys; django.setup(); print(*({heavy} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", asked], cwd=ROOT, env=as_served, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []

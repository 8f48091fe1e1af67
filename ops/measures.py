"""Measure the code and the pages against the house's limits: a line each, and at last how many are within."""

import statistics
import subprocess
import sys
from collections.abc import Iterator

from ops import counts
from ops.limits import Measure, tell
from ops.places import PYTHON, ROOT, environment, stop

FUNCTION_MEDIAN, FUNCTION_P90, FUNCTION_LINES = 8, 25, 50
MODULE_LINES, TEMPLATE_LINES, MODULES_OF_A_ROOM = 300, 130, 12
TESTS_TO_CODE, TYPED_PERCENT, COMMENT_PERCENT = 1.0, 100, 2
QUERIES_OF_A_PAGE = 20
# These ask a few questions of each duty or kind of record, whatever the number of rows.
MORE_QUERIES = {"reports:conformity": 100, "calendar": 60, "search": 40}


def of_functions():
    lines = [function.lines for function in counts.functions()]
    yield Measure("function, median lines", statistics.median(lines), FUNCTION_MEDIAN)
    yield Measure("function, lines of the longest tenth", round(statistics.quantiles(lines, n=10)[-1], 1), FUNCTION_P90)
    yield Measure("function, lines of the longest", max(lines), FUNCTION_LINES)


def longest(word, lines, limit):
    name, most = max(lines.items(), key=lambda item: item[1])
    return Measure(f"{word} ({name})", most, limit)


def of_files():
    yield longest("module, lines of the longest", counts.lengths(counts.modules()), MODULE_LINES)
    yield longest("template, lines of the longest", counts.lengths(counts.templates()), TEMPLATE_LINES)
    for room, modules in sorted(counts.rooms().items()):
        yield Measure(f"room, modules of {room}", modules, MODULES_OF_A_ROOM)


def of_the_whole():
    code = sum(counts.lengths(counts.modules()).values())
    tests = sum(counts.lengths(counts.tests()).values())
    called = counts.called_from_elsewhere()
    typed = sum(function.is_typed for function in called)
    yield Measure("lines of tests to lines of code", round(tests / code, 2), TESTS_TO_CODE, at_least=True)
    yield Measure(
        "functions that other packages call, percent that say what they take and return",
        100 * typed // len(called),
        TYPED_PERCENT,
        at_least=True,
    )
    yield Measure(
        "lines with a comment, percent", round(100 * counts.comments() / code, 1), COMMENT_PERCENT, at_least=True
    )


def of_pages():
    """Open every page on a stage in memory; what a page asks of the database does not depend on which one it is."""
    own = environment(DATABASE_URL="sqlite://:memory:", REDIS_URL="", DEBUG="1")
    command = [str(PYTHON), "-m", "tests.page_queries"]
    done = subprocess.run(command, cwd=ROOT, env=own, capture_output=True, text=True, check=False)
    if done.returncode:
        stop(f"The pages could not be measured:\n{done.stderr[-2000:]}")
    for line in done.stdout.splitlines():
        page, __, queries = line.rpartition(": ")
        yield Measure(f"queries of {page}", int(queries), MORE_QUERIES.get(page, QUERIES_OF_A_PAGE))


def measures() -> Iterator[Measure]:
    for part in (of_functions, of_files, of_the_whole, of_pages):
        yield from part()


if __name__ == "__main__":
    sys.exit(tell(measures()))

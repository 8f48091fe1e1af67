"""Hold the standard: every citation exists, every duty is tested or listed with the reason."""

import ast
import re
from pathlib import Path

import pytest

from fsul_portal.standard import CHAPTERS, CLAUSES, DUTIES

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("fsul_portal", "members", "committee", "workgroups", "reports")
CITATION = re.compile(r"\((\d\.\d(?:\.\d)?(?: [a-k])?)\)")
LATER = "its records come with a later capability; the conformity page says so"

NOT_YET = dict.fromkeys(
    (
        "6.1 a",
        "6.1 b",
        "6.1 c",
        "6.1 e",
        "6.1 f",
        "6.2.1 a",
        "6.2.1 c",
        "6.2.1 d",
        "6.2.1 f",
        "6.2.1 g",
        "6.2.1 h",
        "6.2.1 i",
        "6.2.1 k",
        "6.2.2 a",
        "6.2.2 b",
        "6.2.2 c",
        "6.2.2 d",
        "6.2.2 e",
        "6.2.2 f",
        "6.2.2 g",
        "6.2.2 h",
        "6.2.3 a",
        "6.2.3 b",
        "6.2.3 c",
        "6.2.3 d",
        "6.2.3 e",
        "6.2.3 f",
        "6.2.3 g",
        "6.3.1",
        "6.3.2",
        "6.3.3",
        "7.2",
        "7.3",
        "7.4",
    ),
    LATER,
)


def citations():
    """Return (file, clause) for each clause cited in parentheses in the code and its templates."""
    found = []
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            if "migrations" not in path.parts:
                found += [(path, number) for number in CITATION.findall(path.read_text("utf-8"))]
    return found


def clauses_tested():
    """Return the clauses named by the marks of the tests."""
    found = set()
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.clause":
                found.update(argument.value for argument in node.args if isinstance(argument, ast.Constant))
    return found


def test_the_standard_has_39_duties_under_seven_headings():
    assert len(DUTIES) == 39
    assert {clause.chapter for clause in CLAUSES.values()} == set(CHAPTERS)


def test_every_citation_exists():
    unknown = [(str(path), number) for path, number in citations() if number not in CLAUSES]
    assert unknown == []


def test_the_code_does_cite():
    cited = {number for __, number in citations()}
    assert cited >= {"5.2", "6.1 d", "6.2.1 b", "6.2.1 e", "6.2.1 j", "7.1"}


def test_every_mark_names_a_clause():
    assert clauses_tested() - set(CLAUSES) == set()


@pytest.mark.parametrize("clause", DUTIES, ids=lambda clause: clause.number)
def test_every_duty_is_tested_or_listed_with_a_reason(clause):
    assert (clause.number in clauses_tested()) != (clause.number in NOT_YET)

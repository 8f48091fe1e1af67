"""Hold the standard: every citation exists, every duty whose records a room keeps is cited and tested."""

import ast
import re
from pathlib import Path

import pytest

from fsul_portal.rooms import cards, evidence_of
from fsul_portal.standard import CHAPTERS, CLAUSES, DUTIES

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("fsul_portal", "members", "committee", "workgroups", "reports")
CITATION = re.compile(r"\((\d\.\d(?:\.\d)?(?: [a-k])?)\)")


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


def cited_by_cards():
    return {number for card in cards().values() for number in card.clauses}


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
def test_a_duty_is_tested_as_soon_as_a_room_keeps_its_records(clause):
    """What no card answers for is named by the page of conformity as not built yet; the two never disagree."""
    is_kept = evidence_of(clause.number) is not None
    assert (clause.number in clauses_tested(), clause.number in cited_by_cards()) == (is_kept, is_kept)

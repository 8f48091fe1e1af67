"""Raise a problem; what follows is the grammar's (6.1 f)."""

from committee.problems.models import Problem
from fsul_portal.cases.actions import open_case
from fsul_portal.users import User
from members.libraries.models import Library


def raise_problem(
    *, title: str, kind: str, text: str, by: User, library: Library | None = None, demand: str = "", token: str = ""
) -> Problem:
    """Put a problem to the committee, for a library or for the whole system."""
    problem = Problem(title=title, kind=kind, text=text, library=library, demand=demand)
    return open_case(problem, by=by, token=token)

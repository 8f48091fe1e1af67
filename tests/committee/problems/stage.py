"""Bring problems into every situation."""

from committee.problems.actions import raise_problem
from committee.problems.register import ACTS
from fsul_portal.cases import actions
from members.libraries.models import Library

__all__ = ["ACTS"]

RIGHTS = {
    "give": {"office"},
    "progress": {"office", "branch", "technical-lead"},
    "solve": {"office", "technical-lead"},
    "review": {"office"},
    "send-back": {"office", "branch"},
    "close": {"office", "branch"},
    "reopen": {"office", "branch"},
    "propose": {"office", "chair", "committee", "coordination-lead", "technical-lead", "resources-lead"},
}


def raised(cast, title="自助机夜间离线", code="NH002", by="branch", kind="system"):
    library = Library.objects.get(code=code) if code else None
    return raise_problem(title=title, kind=kind, text="每周两三次", library=library, by=cast[by])


def given(cast):
    return actions.give_to(raised(cast), to=cast["technical-lead"], by=cast["office"])


def solved(cast):
    return actions.solve(given(cast), by=cast["technical-lead"], solution="已更换电源")


def things(cast):
    return {"problem": raised(cast).pk}


def situations(cast):
    """Yield (situation, problem) for each situation of a problem that a branch of 南海 has raised."""
    office, branch = cast["office"], cast["branch"]
    yield "assigned", given(cast)
    yield "solved", solved(cast)
    yield "reviewed", actions.review(solved(cast), by=office, finding="检查其他设备")
    yield "closed", actions.close(actions.review(solved(cast), by=office, finding="好"), by=branch)

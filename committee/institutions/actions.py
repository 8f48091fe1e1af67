"""Propose an institution; what follows is the grammar's (6.1 a)."""

from committee.institutions.models import Institution
from fsul_portal.papers.actions import propose
from fsul_portal.users import User


def propose_institution(
    *,
    title: str,
    kind: str,
    by: User,
    basis: str = "",
    in_charge: str = "",
    replaces: Institution | None = None,
    token: str = "",
) -> Institution:
    """Propose that an institution be written, or that one in force be written anew."""
    paper = Institution(title=title, kind=kind, basis=basis, in_charge=in_charge, replaces=replaces)
    return propose(paper, by=by, token=token)

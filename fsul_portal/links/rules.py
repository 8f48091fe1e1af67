"""Say who links records."""

from django.db.models import Model

from fsul_portal.grammar.things import may_read
from fsul_portal.users import User
from fsul_portal.verdicts import Allowed, Verdict


def may_link(user: User | None, first: Model, second: Model) -> Verdict:
    """Whoever links two records reads both; a job (None) links what its room tells it to."""
    if user is None:
        return Allowed()
    return may_read(user, first) and may_read(user, second)

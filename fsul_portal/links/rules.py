"""Say who links records, and who takes a link away."""

from django.db.models import Model
from django.utils.translation import gettext as _

from fsul_portal.grammar.things import may_read
from fsul_portal.links.models import Link
from fsul_portal.users import User
from fsul_portal.verdicts import Allowed, Denied, Verdict


def may_link(user: User | None, first: Model, second: Model) -> Verdict:
    """Whoever links two records reads both; a job (None) links what its room tells it to."""
    if first == second:
        return Denied(_("A record is not linked with itself."))
    if user is None:
        return Allowed()
    return may_read(user, first) and may_read(user, second)


def may_unlink(user: User | None, link: Link) -> Verdict:
    """Whoever made a link takes it away; what an act of a room has linked stays."""
    if user is None or user.pk == link.linked_by_id:
        return Allowed()
    return Denied(_("Only the person who linked the two takes the link away."))

"""Say who remarks, answers and closes."""

from django.db.models import Model
from django.utils.translation import gettext as _

from fsul_portal.grammar.things import may_read
from fsul_portal.remarks.models import Remark
from fsul_portal.users import User
from fsul_portal.verdicts import Allowed, Denied, Verdict


def may_remark(user: User, thing: Model) -> Verdict:
    """Whoever reads the record remarks on it, if the record's own `may_remark` agrees."""
    return may_read(user, thing) and agrees_to_remark(user, thing)


def agrees_to_remark(user: User, thing: Model) -> Verdict:
    """Ask the record alone, on a page that only those see who read it."""
    ask = getattr(thing, "may_remark", None)
    return ask(user) if ask else Denied(_("No remarks are made on this."))


def may_answer(user: User, remark: Remark, on_thing: Verdict | None = None) -> Verdict:
    """Somebody else than who remarked answers, once; `on_thing` is what `may_remark` said, where it was asked."""
    if remark.closed_at or remark.answered_at:
        return Denied(_("This remark has been answered or closed."), overtaken=True)
    if user.pk == remark.remarked_by_id:
        return Denied(_("Nobody answers a remark of his own."))
    return may_remark(user, remark.thing) if on_thing is None else on_thing


def may_close(user: User, remark: Remark) -> Verdict:
    """Whoever made a remark closes it."""
    if remark.closed_at:
        return Denied(_("This remark is closed."), overtaken=True)
    if user.pk != remark.remarked_by_id:
        return Denied(_("Only the person who made this remark closes it."))
    return Allowed()

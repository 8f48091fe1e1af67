"""Say who sends a circular, and who answers for a library."""

from django.utils.translation import gettext as _

from fsul_portal.lives.rules import in_state, may_as
from fsul_portal.templatetags.figures import iso_moment
from fsul_portal.verdicts import Allowed, Denied, Verdict, closed
from members.libraries.rules import speaks_for


def may_write(user, circular) -> Verdict:
    """Whoever may send it writes it."""
    return may_as(user, circular, "sender") and in_state(circular, circular.State.DRAFT)


def may_send(user, circular) -> Verdict:
    return may_write(user, circular)


def may_nudge(user, circular) -> Verdict:
    """The sender reminds those who have not done it."""
    return may_as(user, circular, "sender") and in_state(circular, circular.State.SENT)


def may_close(user, circular) -> Verdict:
    return may_nudge(user, circular)


def may_withdraw(user, circular) -> Verdict:
    """The sender takes it back, sent or not."""
    return may_as(user, circular, "sender") and in_state(circular, circular.State.DRAFT, circular.State.SENT)


def may_read(user, copy) -> Verdict:
    """Whoever answers for the library reads for it, as often as he likes."""
    seat = copy.circular.SEATS["answerer"]
    if not speaks_for(user, copy.library, seat.permission):
        return Denied(_("This is for: %(seats)s.") % {"seats": seat.title})
    return in_state(copy.circular, copy.circular.State.SENT)


def may_confirm(user, copy) -> Verdict:
    """Whoever answers for the library confirms once that it has arrived."""
    return may_read(user, copy) and _once(copy, "confirmed", copy.circular.Asks.CONFIRMED)


def may_answer(user, copy) -> Verdict:
    """Whoever answers for the library says once that it was done, late or not."""
    return may_read(user, copy) and _once(copy, "done", copy.circular.Asks.DONE)


def _once(copy, pair, asks):
    if copy.circular.asks != asks:
        return closed(_("Nothing of the kind is asked for."))
    if getattr(copy, f"{pair}_at"):
        words = {"person": getattr(copy, f"{pair}_by") or "—", "at": iso_moment(getattr(copy, f"{pair}_at"))}
        return Denied(_("%(person)s has answered for this library already, at %(at)s.") % words, overtaken=True)
    return Allowed()

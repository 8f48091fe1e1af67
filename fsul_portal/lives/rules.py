"""Answer for a seat, and for a moment."""

from typing import Any

from django.utils.translation import gettext as _

from fsul_portal.access.rules import holds, holds_anywhere
from fsul_portal.verdicts import Allowed, Denied, Verdict, closed, not_now


def sits(user: Any, thing: Any, *keys: str) -> bool:
    """Return whether the user sits in one of these seats of the thing."""
    return any(_sits_in(user, thing, key) for key in keys)


def _sits_in(user: Any, thing: Any, key: str) -> bool:
    seat = thing.SEATS[key]
    if seat.is_anywhere:
        return holds_anywhere(user, seat.permission)
    return holds(user, seat.permission, thing.place_of(key))


def may_as(user: Any, thing: Any, *keys: str) -> Verdict:
    """Whoever sits in one of these seats; the others read who does."""
    if sits(user, thing, *keys):
        return Allowed()
    seats = _(", ").join(str(thing.SEATS[key].title) for key in keys)
    return Denied(_("This is for: %(seats)s.") % {"seats": seats})


def in_state(thing: Any, *states: str) -> Verdict:
    """Deny in every other state: not yet, too late, or, in a state without a way on, closed for good."""
    if thing.state in states:
        return Allowed()
    sentence = _("It is %(state)s.") % {"state": thing.get_state_display()}
    if not thing.MOVES[thing.State(thing.state)]:
        return closed(sentence)
    # The states stand in the order of a life, so what comes before all that are asked for is still to come there.
    ahead = list(thing.State)[list(thing.State).index(thing.state) + 1 :]
    return not_now(sentence) if set(states) <= set(ahead) else Denied(sentence, overtaken=True)

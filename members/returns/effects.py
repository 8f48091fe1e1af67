"""Say in one sentence, with its numbers, what an act on a return will do (6.2.1 j)."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from members.returns.checks.asked import Asked, asked_of
from members.returns.models import Return


def empty_cells(one: Return, asked: Asked | None = None) -> list[str]:
    """Return the codes of the indicators that are asked for and have no figure, not even “does not apply”."""
    asked = asked_of(one) if asked is None else asked
    return [each.code for each in asked if each.code not in one.figures]


def of_submitting(one):
    values = _values(one) | {"seat": one.stages()[0].seat}
    return _("%(figures)s figures go to the %(seat)s; %(empty)s stay empty.") % values


def of_accepting(one):
    """Say what counts from now on, or, where others are asked after this stage, who comes next."""
    later = [stage for stage in one.stages() if stage.step > one.step]
    if later:
        seats = dict.fromkeys(str(stage.seat) for stage in later)
        words = _values(one) | {"seats": "、".join(seats)}
        return _("%(figures)s figures of %(library)s go on to: %(seats)s.") % words
    return _("%(figures)s figures of %(library)s count in %(period)s; %(empty)s stay empty.") % _values(one)


def of_giving_back(one):
    return _("%(figures)s figures of %(library)s do not count until they are handed in again and accepted.") % _values(
        one
    )


def of_recalling(one):
    return _("%(figures)s figures of %(library)s come back from review.") % _values(one)


def of_accepting_many(ready, left):
    """Say how many are accepted at once, and how many are left to be looked at."""
    accepted = ngettext("%(count)s return is accepted.", "%(count)s returns are accepted.", len(ready))
    told = accepted % {"count": len(ready)}
    if not left:
        return told
    stays = ngettext("%(count)s is left to be looked at.", "%(count)s are left to be looked at.", len(left))
    return f"{told} {stays % {'count': len(left)}}"


def of_handing_in_many(ready: int, left: int) -> str:
    """Say how many returns of a sheet are handed in at once, and how many stay with those who write them."""
    gone = ngettext("%(count)s return goes to review.", "%(count)s returns go to review.", ready) % {"count": ready}
    if not left:
        return gone
    stays = ngettext("%(count)s is not complete and stays.", "%(count)s are not complete and stay.", left)
    return f"{gone} {stays % {'count': left}}"


def of_importing(state: str, count: int, asked: int) -> str:
    """Say before a file goes in whether it hands in or accepts, and how many stay drafts until they are explained."""
    if state == Return.State.ACCEPTED:
        words = ngettext(
            "%(count)s return is accepted: its figures count at once.",
            "%(count)s returns are accepted: their figures count at once.",
            count,
        )
        return words % {"count": count}
    words = ngettext(
        "%(count)s return is handed in and goes to the review of its district.",
        "%(count)s returns are handed in and go to the review of their districts.",
        count - asked,
    )
    stays = ngettext(
        "%(count)s stays a draft until what is asked is explained.",
        "%(count)s stay drafts until what is asked is explained.",
        asked,
    )
    told = words % {"count": count - asked}
    return f"{told} {stays % {'count': asked}}" if asked else told


def _values(one):
    return {
        "figures": len(one.figures),
        "empty": len(empty_cells(one)),
        "library": one.library,
        "period": one.period,
    }

"""Say who keeps an event, and who comes to it."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fsul_portal.events.models import Event
from fsul_portal.lives.rules import in_state, may_as, sits
from fsul_portal.users import User
from fsul_portal.verdicts import Allowed, Denied, Verdict, not_now


def may_plan(user: User, event: Event) -> Verdict:
    """Whoever keeps such events plans one."""
    return may_as(user, event, "keeper")


def may_change(user: User, event: Event) -> Verdict:
    """Until the roll is signed, whoever keeps it changes it."""
    return may_as(user, event, "keeper") and in_state(event, event.State.PLANNED, event.State.ANNOUNCED)


def may_announce(user: User, event: Event) -> Verdict:
    """Whoever keeps it tells those who are invited."""
    return may_as(user, event, "keeper") and in_state(event, event.State.PLANNED)


def may_sign_up(user: User, event: Event, person: User | None = None) -> Verdict:
    """Those invited sign up for themselves, whoever keeps it for others, while there are places."""
    person = person or user
    verdict = may_as(user, event, "invited", "keeper") and in_state(event, event.State.ANNOUNCED)
    if verdict and person.pk != user.pk and not sits(user, event, "keeper"):
        return Denied(_("You sign up for yourself; others are signed up by whoever keeps the event."))
    if verdict and event.signed_up().filter(person=person).exists():
        return Denied(_("%(person)s is on the list already.") % {"person": person}, overtaken=True)
    return verdict and has_room(event)


def has_room(event: Event) -> Verdict:
    """Nobody, a guest neither, is put on a list that is full."""
    if event.is_full:
        return not_now(_("All %(places)s places are taken.") % {"places": event.places})
    return Allowed()


def may_sign_off(user: User, event: Event, person: User | None = None) -> Verdict:
    """Whoever is expected says that he does not come; whoever keeps it says it for others."""
    person = person or user
    if person.pk != user.pk and not sits(user, event, "keeper"):
        return Denied(_("You sign off for yourself; others are signed off by whoever keeps the event."))
    if not event.signed_up().filter(person=person).exists():
        return Denied(_("%(person)s is not on the list.") % {"person": person})
    return in_state(event, event.State.ANNOUNCED)


def may_write_roll(user: User, event: Event) -> Verdict:
    """Whoever keeps it says who was there, once it has begun."""
    verdict = may_as(user, event, "keeper") and in_state(event, event.State.ANNOUNCED)
    if verdict and event.starts_at > timezone.now():
        return not_now(_("It has not begun yet."))
    return verdict


def may_hold(user: User, event: Event) -> Verdict:
    """Whoever keeps it signs the roll once every line says something."""
    verdict = may_write_roll(user, event)
    return verdict and _has_said_everything(event)


def may_evaluate(user: User, event: Event) -> Verdict:
    """What was held is evaluated by whoever keeps it."""
    return may_as(user, event, "keeper") and in_state(event, event.State.HELD)


def may_close(user: User, event: Event) -> Verdict:
    """What was held and evaluated is closed."""
    verdict = may_evaluate(user, event)
    return verdict if not verdict or event.evaluated_at else not_now(_("It has not been evaluated yet."))


def may_cancel(user: User, event: Event) -> Verdict:
    """Whoever keeps it cancels what has no signed roll."""
    return may_change(user, event)


def _has_said_everything(event: Event) -> Verdict:
    lines = event.signed_up()
    unsaid = lines.filter(presence="").count()
    if unsaid:
        sentence = ngettext("%(count)s line says nothing yet.", "%(count)s lines say nothing yet.", unsaid)
        return not_now(sentence % {"count": unsaid})
    return Allowed() if lines.exists() else not_now(_("Nobody is on the roll."))

"""Tell those who are invited or expected, and remind; a duty calls `remind` from its own reminder."""

from collections.abc import Callable, Iterable
from datetime import date

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from fsul_portal.calendar.days import ONE_DAY
from fsul_portal.events.models import Event
from fsul_portal.grammar.things import kind_of
from fsul_portal.notices.actions import tell
from fsul_portal.notices.models import Notice
from fsul_portal.notices.reminders import step_due
from fsul_portal.templatetags.figures import iso_moment
from fsul_portal.users import User

WARN_BEFORE = (7, 1)


def tell_announced(event: Event) -> list[Notice]:
    return _tell(event, event.people_in("invited"), "announced", lambda: _("You are invited: %(event)s"))


def tell_changed(event: Event) -> list[Notice]:
    return _tell(event, expected(event), f"changed-{event.version}", lambda: _("Changed: %(event)s"))


def tell_cancelled(event: Event, note: str) -> list[Notice]:
    return _tell(event, expected(event), "cancelled", lambda: _("Cancelled: %(event)s"), note)


def remind(model: type[Event], day: date) -> list[Notice]:
    """Tell those expected some days before, and the keepers of a roll or an evaluation that is missing; each once."""
    events = model.objects.order_by("starts_at", "pk")
    near = (day, day + max(WARN_BEFORE) * ONE_DAY)
    soon = events.filter(state=model.State.ANNOUNCED, starts_at__date__range=near)
    over = events.filter(state=model.State.ANNOUNCED, ends_at__date__lt=day)
    held = events.filter(state=model.State.HELD, evaluated_at__isnull=True, ends_at__date__lt=day - 10 * ONE_DAY)
    told = [_tell_soon(one, day) for one in soon]
    told += [_tell(one, one.people_in("keeper"), "roll", lambda: _("Its roll is missing: %(event)s")) for one in over]
    told += [
        _tell(one, one.people_in("keeper"), "evaluation", lambda: _("Its evaluation is missing: %(event)s"))
        for one in held
    ]
    return [notice for notices in told for notice in notices]


def _tell_soon(event: Event, day: date) -> list[Notice]:
    begins, announced = timezone.localdate(event.starts_at), timezone.localdate(event.announced_at)
    step = step_due(begins, WARN_BEFORE, day, since=announced)
    if step is None:
        return []
    return _tell(event, expected(event), f"soon-{begins}-{step}", lambda: _("Takes place soon: %(event)s"))


def expected(event: Event) -> QuerySet[User]:
    lines = event.signed_up().filter(person__isnull=False).order_by()
    return get_user_model().objects.filter(pk__in=lines.values("person")).order_by("pk")


def _tell(event: Event, people: Iterable[User], key: str, subject: Callable[[], str], note: str = "") -> list[Notice]:
    return tell(
        people,
        key=f"{kind_of(event)}:{event.pk}:{key}",
        subject=lambda: subject() % {"event": event},
        body=lambda: "\n".join(filter(None, [iso_moment(event.starts_at), event.place, note])),
        link=event.get_absolute_url(),
    )

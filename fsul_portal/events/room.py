"""The card of events."""

from collections.abc import Iterator
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fsul_portal.events.models import Event
from fsul_portal.grammar.things import kind_of, readable
from fsul_portal.lives.models import heirs
from fsul_portal.rooms import Card, Due
from fsul_portal.users import User


def events_of(user: User, first: date, last: date) -> Iterator[Due]:
    """Give the events that take place; those to which the person is signed up are his."""
    for model in heirs(Event):
        announced = readable(model, user).exclude(state__in=[model.State.PLANNED, model.State.CANCELLED])
        events = list(announced.filter(starts_at__date__range=(first, last)).order_by("starts_at", "pk"))
        mine = model.objects.filter(roll__person=user, roll__signed_off_at__isnull=True)
        joined = set(mine.filter(pk__in=[event.pk for event in events]).values_list("pk", flat=True))
        for event in events:
            day = timezone.localdate(event.starts_at)
            yield Due(
                f"{kind_of(event)}-{event.pk}",
                day,
                _("Event"),
                str(event),
                event.get_absolute_url(),
                event.pk in joined,
                event.starts_at,
                event.ends_at,
            )


CARD = Card(
    dues=events_of,
    acts={
        "event planned": pgettext_lazy("act", "planned the event"),
        "event changed": pgettext_lazy("act", "changed the event"),
        "event announced": pgettext_lazy("act", "announced the event"),
        "event signed up": pgettext_lazy("act", "signed somebody up"),
        "event signed off": pgettext_lazy("act", "signed somebody off"),
        "event roll": pgettext_lazy("act", "wrote the roll of the event"),
        "event held": pgettext_lazy("act", "signed the roll of the event"),
        "event evaluated": pgettext_lazy("act", "evaluated the event"),
        "event closed": pgettext_lazy("act", "closed the event"),
        "event cancelled": pgettext_lazy("act", "cancelled the event"),
    },
)

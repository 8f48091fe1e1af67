"""The card of the liaison channels (7.3)."""

from datetime import date, datetime, time

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from fsul_portal.grammar.evidence import NO_RECORD, Evidence, Standing
from fsul_portal.rooms import Card, Entry
from workgroups.channels.coverage import counts


def channels_kept(day: date) -> Evidence:
    """Say whether city and districts have a channel, every library is in one, and questions were answered in time."""
    found = counts(day, min(timezone.now(), timezone.make_aware(datetime.combine(day, time.max))))
    if not found.channels:
        return NO_RECORD
    told = {one: getattr(found, one) for one in ("covered", "expected", "districts", "late")}
    sentence = _(
        "%(covered)s of %(expected)s libraries in a channel, %(districts)s districts without one, %(late)s answers late"
    )
    standing = Standing.HELD if found.is_complete and not found.late else Standing.AT_RISK
    return Evidence(standing, sentence % told, reverse("workgroups:channel-list"), found.covered)


CARD = Card(
    clauses=("7.3",),
    menu=(
        Entry(gettext_lazy("Working groups"), gettext_lazy("Liaison channels"), "workgroups:channel-list", "send", 40),
        Entry(
            gettext_lazy("Working groups"),
            gettext_lazy("Questions in channels"),
            "workgroups:question-list",
            "help",
            45,
        ),
    ),
    acts={
        "channel changed": pgettext_lazy("act", "changed the channel"),
        "channel closed": pgettext_lazy("act", "closed the channel"),
        "channel opened": pgettext_lazy("act", "entered the channel"),
        "members listed": pgettext_lazy("act", "read the list of members"),
        "members taken in": pgettext_lazy("act", "took the members in"),
        "question answered": pgettext_lazy("act", "entered the answer"),
        "question entered": pgettext_lazy("act", "entered the question"),
    },
    evidence={"7.3": channels_kept},
)

"""The card of what is proposed for an agenda (6.2.1 b)."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from committee.agendas.models import Item
from committee.bodies.rules import may_read_meetings
from committee.proposals.arrears import districts_in_arrears
from committee.proposals.suggestions import Suggestion
from fsul_portal.rooms import Card, Entry, Job

WAITED_FOR = timedelta(days=730)


def left_over(day: date) -> Iterator[Suggestion]:
    """Propose what a meeting left for another one (6.2.1 b); what was left years ago nobody waits for any more."""
    recent = Item.objects.carried_over().filter(meeting__starts_at__date__gt=day - WAITED_FOR)
    left = recent.select_related("meeting__body").order_by("pk")
    # What stands under an item that was carried over comes along with it.
    for item in left.exclude(above__state=Item.State.LEFT):
        reason = _("Carried over from: %(meeting)s") % {"meeting": item.meeting}
        yield Suggestion(
            item, item.title, "\n".join(filter(None, [reason, item.reason])), "6.2.1 b", body=item.meeting.body
        )


def to_talk_about(day: date) -> Iterator[Suggestion]:
    """Propose what is carried over, and the districts in arrears."""
    yield from left_over(day)
    yield from districts_in_arrears(day)


CARD = Card(
    jobs=(Job("proposals.gather", gettext_lazy("What meetings should talk about"), daily=(6, 40)),),
    clauses=("6.2.1 b",),
    menu=(
        Entry(
            gettext_lazy("Committee"),
            gettext_lazy("Proposals for the agenda"),
            "committee:proposal-list",
            "flag",
            11,
            may_read_meetings,
        ),
    ),
    acts={
        "proposal left": pgettext_lazy("act", "left the proposal"),
        "proposal taken": pgettext_lazy("act", "took the proposal into a meeting"),
        "proposal withdrawn": pgettext_lazy("act", "withdrew the proposal"),
        "proposed": pgettext_lazy("act", "proposed"),
        "proposed again": pgettext_lazy("act", "brought the proposal back"),
    },
    offers={"agenda": to_talk_about},
)

"""Declare the list of meetings, a year at a time; their pages are their own (6.2.1 b, 7.1)."""

from collections.abc import Sequence
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committee.bodies import rules
from committee.bodies.kinds import KEEP
from committee.bodies.models import Body, reads_all
from committee.confirmations.waiting import to_confirm, to_sign
from committee.institutions.models import Institution
from committee.meetings.duty import duty_of
from committee.meetings.models import Meeting
from committee.meetings.wording.letters import outlook
from committee.proposals.models import Proposal
from fsul_portal.access.rules import holds
from fsul_portal.finding.hits import Hit, hit_of, joined
from fsul_portal.finding.matches import Match, chosen, on_day, read
from fsul_portal.registers.columns import Column
from fsul_portal.registers.lists import Listing, Tab
from fsul_portal.registers.register import Register
from fsul_portal.templatetags.figures import day

TO_SIGN, TO_CONFIRM, EVERY_YEAR = "sign", "confirm", "all"


MET_BY: tuple[Match, ...] = (
    read,
    "body__name",
    "body__name_en",
    chosen("kind", lambda: Meeting.Kind.choices),
    chosen("state", lambda: Meeting.State.choices),
    on_day("starts_at", moment=True),
)


def meeting_hit(meeting: Meeting, words: Sequence[str]) -> Hit:
    """Show a meeting with its day and its place."""
    return hit_of(meeting, line=joined(day(meeting.starts_at), meeting.place))


class Meetings(Register):
    """Every meeting of every body, with the committee's duty of two a year on top (7.1)."""

    name, model, clause, icon = "committee:meeting", Meeting, "7.1", "meeting"
    title = gettext_lazy("Meetings")
    lead = gettext_lazy("A meeting counts when its roll is signed and its minutes are final.")
    new_title = gettext_lazy("Call a meeting")
    empty = gettext_lazy("No meeting of this year has been called.")
    columns = (
        Column("meeting", gettext_lazy("Meeting"), "title", sort="title", is_name=True),
        Column("body", gettext_lazy("Body"), sort=("body__pk",)),
        Column("kind", gettext_lazy("Kind"), "get_kind_display", sort="kind", is_shown=False),
        Column("starts_at", gettext_lazy("Begins"), sort="starts_at"),
        Column("ends_at", gettext_lazy("Ends"), sort="ends_at", is_shown=False),
        Column("place", gettext_lazy("Place"), sort="place"),
        Column("attended", gettext_lazy("Attended"), sort="attended", is_number=True),
        Column("on_the_roll", gettext_lazy("On the roll"), sort="on_the_roll", is_number=True),
        Column("state", gettext_lazy("State"), "get_state_display", "state"),
    )
    search, order, list_template = MET_BY, ("-starts_at",), "committee/meetings/meeting_list.html"
    parts = ("attachments", "linked", "remarks", "tasks")
    may_read, may_create = staticmethod(rules.may_read_meetings), staticmethod(rules.may_call_meetings)
    filters = ("body",)

    def tabs(self, user: Any) -> Sequence[Tab]:
        """Return a tab for each year, and one of what waits for the signature of whoever signs."""
        rows, waiting, asked = self.rows(user), to_sign(user), to_confirm(user)
        known = rows.order_by().values_list("year", flat=True).distinct()
        tabs = [_of_year(rows, year) for year in sorted({timezone.localdate().year, *known}, reverse=True)]
        tabs.append(Tab(EVERY_YEAR, _("All years"), lambda: rows))
        if waiting.exists():
            tabs.append(Tab(TO_SIGN, _("Minutes to sign"), lambda: waiting, True))
        if asked.exists():
            tabs.append(Tab(TO_CONFIRM, _("Minutes to answer"), lambda: asked, True))
        return tabs

    def open_tab(self, tabs: Sequence[Tab], query: QueryDict) -> Tab | None:
        """Return what is asked for as `?tab=sign` or `?year=2026`, else this year."""
        this_year, asked = str(timezone.localdate().year), query.get("tab") or query.get("year", "")
        found = {tab.key: tab for tab in tabs}
        return found.get(asked) or found[this_year]

    def beside_list(self, user: Any, listing: Listing) -> dict:
        if not reads_all(user):
            return {}
        this_year, tab = timezone.localdate().year, listing.tab
        duty = duty_of(int(tab.key) if tab and tab.key.isdigit() else this_year)
        proposals = Proposal.objects.waiting().count() if holds(user, KEEP) else 0
        rule = Institution.objects.rule_of_meetings(timezone.localdate()).first()
        return {
            "body": Body.objects.committee(),
            "duty": duty,
            "outlook": outlook(duty, this_year),
            "proposals": proposals,
            "rule": rule,
        }

    def address(self, page: str, *args: Any) -> str:
        return super().address("call" if page == "new" else page, *args)


def _of_year(rows, year):
    return Tab(str(year), str(year), lambda: rows.of_year(year), asked=f"year={year}")


MEETINGS = Meetings()

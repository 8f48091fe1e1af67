"""Declare the list and page of the bodies that meet (6.2.1 b, 7.4)."""

from typing import Any

from django.conf import settings
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from committee.bodies import actions, rules
from committee.bodies.forms import PlanForm, QuorumForm, VolumeForm
from committee.bodies.kinds import KINDS
from committee.bodies.models import Body
from committee.bodies.people import invited
from committee.bodies.volumes import ask_for_volume
from committee.meetings.feeds.actions import renew_feed
from committee.meetings.feeds.models import BodyFeed
from committee.meetings.models import Meeting
from committee.meetings.rolls.quorum import rule_in_words
from fsul_portal.acts.forms import VersionForm
from fsul_portal.acts.verbs import Acts, Verb, in_states
from fsul_portal.finding.matches import Match, chosen
from fsul_portal.records.course import Deed
from fsul_portal.registers.columns import Column
from fsul_portal.registers.register import Register

MEETING = in_states(Body.State.STANDING)


def _of_quorum(body: Body) -> str:
    return _("Meetings whose roll is not signed yet are reckoned by it; signed ones keep theirs.")


def _of_plan(body: Body) -> str:
    count = body.planned.from_this_year().to_call().count()
    return ngettext(
        "%(count)s planned meeting is not called; the lines take its place.",
        "%(count)s planned meetings are not called; the lines take their place.",
        count,
    ) % {"count": count}


def _of_volume(body: Body) -> str:
    return _("It takes some seconds for each hundred pages; you may leave the page meanwhile.")


def _of_feed(body: Body) -> str:
    return _("Whoever subscribed under an earlier address sees nothing any more and subscribes once more.")


ACTS = Acts(
    "committee:body",
    (
        Verb(
            key="plan",
            title=gettext_lazy("Plan the meetings"),
            meaning=gettext_lazy("On which days it will meet, and what about; each is called in its time."),
            done=gettext_lazy("The meetings are planned."),
            icon="calendar",
            tone="primary",
            rule=rules.may_set,
            act=actions.plan,
            form=PlanForm,
            effect=_of_plan,
            way_back=gettext_lazy("The plan can be changed again; the record says what it was."),
            offered=MEETING,
            is_silent=True,
        ),
        Verb(
            key="quorum",
            title=gettext_lazy("Set the quorum"),
            meaning=gettext_lazy("How many of its people and units have to be there."),
            done=gettext_lazy("The quorum is set."),
            icon="people",
            rule=rules.may_set,
            act=actions.set_quorum,
            form=QuorumForm,
            effect=_of_quorum,
            way_back=gettext_lazy("It can be changed again; the record says what it was."),
            offered=MEETING,
            is_silent=True,
        ),
        Verb(
            key="volume",
            title=gettext_lazy("Bind the minutes of a year"),
            meaning=gettext_lazy("All final minutes of a year as one PDF with bookmarks, kept among the files here."),
            done=gettext_lazy("The volume is being bound; you are told when it stands among the files."),
            icon="book",
            rule=rules.may_bind,
            act=ask_for_volume,
            form=VolumeForm,
            effect=_of_volume,
            way_back=gettext_lazy("A later volume of the same year takes its place; earlier ones stay."),
            is_silent=True,
        ),
        Verb(
            key="feed",
            title=gettext_lazy("Renew the calendar's address"),
            meaning=gettext_lazy(
                "Calendar programs fetch its meetings by an address that only its people should know."
            ),
            done=gettext_lazy("The address is ready; an earlier one leads nowhere now."),
            icon="refresh",
            rule=rules.may_set,
            act=renew_feed,
            form=VersionForm,
            effect=_of_feed,
            way_back=gettext_lazy("It cannot be undone; the old address does not come back."),
            offered=MEETING,
            is_silent=True,
        ),
    ),
)


class Bodies(Register):
    """Every body that meets, with what it has held and planned this year (6.2.1 b)."""

    name, model, clause, icon, acts = "committee:body", Body, "6.2.1 b", "group", ACTS
    title = gettext_lazy("Bodies that meet")
    lead = gettext_lazy("The committee, the working groups and the districts: each numbers its meetings by itself.")
    above = (gettext_lazy("Meetings"), "committee:meeting-list")
    empty = gettext_lazy("You belong to no body that meets.")
    columns = (
        Column("name", gettext_lazy("Name"), str, sort="name", is_name=True),
        Column("kind", gettext_lazy("Kind"), lambda body: body.sort_of.title, sort="kind"),
        Column("held", gettext_lazy("Held this year"), sort="held", is_number=True),
        Column("called", gettext_lazy("Called, not held yet"), sort="called", is_number=True),
        Column("to_call", gettext_lazy("Planned, not called"), sort="to_call", is_number=True),
        Column("state", gettext_lazy("State"), sort="state", is_state=True),
    )
    facts = (
        Column("kind", gettext_lazy("Kind"), lambda body: body.sort_of.title),
        Column("keeper", gettext_lazy("Meetings are kept by"), lambda body: body.sort_of.keeper),
        Column("signer", gettext_lazy("Minutes are signed by"), lambda body: body.sort_of.signer),
        Column("quorum", gettext_lazy("Quorum"), lambda body: rule_in_words(body)),
    )
    search: tuple[Match, ...] = (
        "name",
        "name_en",
        chosen("kind", lambda: [(kind.key, kind.title) for kind in KINDS.values()]),
        chosen("state", lambda: Body.State.choices),
    )
    order = ("pk",)
    deeds = {
        "meetings planned": Deed(tone="info", icon="calendar", tells_changes=True),
        "volume asked for": Deed(icon="book"),
        "quorum set": Deed(icon="people", tells_changes=True),
        "calendar address renewed": Deed(icon="refresh"),
        "body closed": Deed(tone="warning", icon="lock"),
    }
    parts = ("attachments",)
    page_template = "committee/bodies/body_page.html"
    may_read = staticmethod(rules.may_read_meetings)

    def fetched(self, rows: Any) -> Any:
        year = timezone.localdate().year
        of_year = Q(meetings__year=year)
        held = of_year & Q(meetings__state__in=[Meeting.State.HELD, Meeting.State.MINUTED])
        planned = Q(planned__day__year__gte=year, planned__meeting__isnull=True)
        return rows.annotate(
            held=Count("meetings", filter=held, distinct=True),
            called=Count("meetings", filter=of_year & Q(meetings__state=Meeting.State.CALLED), distinct=True),
            to_call=Count("planned", filter=planned, distinct=True),
        )

    def beside_page(self, thing: Any, user: Any) -> dict[str, Any]:
        year = timezone.localdate().year
        planned = list(thing.planned.filter(day__year__gte=year).select_related("meeting"))
        return {
            "planned": planned,
            "meetings": list(thing.meetings.filter(year=year).order_by("starts_at")),
            "people": invited(thing).count(),
            "feed": BodyFeed.objects.filter(body=thing).first(),
            "may_call": rules.may_set(user, thing),
            "year": year,
            "site": settings.SITE_URL,
        }


BODIES = Bodies()

"""Declare the list, page and acts of addenda to minutes (6.2.1 b)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committee.bodies.rules import may_read_meetings
from committee.confirmations import actions, rules
from committee.confirmations.models import Addendum
from fsul_portal.acts.forms import ReasonForm, VersionForm
from fsul_portal.acts.verbs import Acts, Verb, in_states
from fsul_portal.finding.matches import Match, chosen, on_day
from fsul_portal.records.course import Deed
from fsul_portal.registers.columns import Column
from fsul_portal.registers.register import Register
from members.people.matches import of_person

State = Addendum.State


def _of_signing(addendum: Addendum) -> str:
    return _("It stands behind the minutes from now on, and all who are invited to the meetings are told.")


def _of_dropping(addendum: Addendum) -> str:
    return _("It never stands behind the minutes; it stays on record.")


ACTS = Acts(
    "committee:addendum",
    (
        Verb(
            key="sign",
            title=gettext_lazy("Sign the addendum"),
            meaning=gettext_lazy("With your signature it belongs to the minutes."),
            done=gettext_lazy("The addendum is signed."),
            icon="stamp",
            tone="primary",
            rule=rules.may_sign_addendum,
            act=actions.sign_addendum,
            form=VersionForm,
            effect=_of_signing,
            way_back=gettext_lazy("It cannot be undone."),
            offered=in_states(State.WRITTEN),
        ),
        Verb(
            key="drop",
            title=gettext_lazy("Put away"),
            meaning=gettext_lazy("Nobody signs it."),
            done=gettext_lazy("Put away."),
            icon="remove",
            rule=rules.may_drop_addendum,
            act=actions.drop_addendum,
            form=ReasonForm,
            effect=_of_dropping,
            way_back=gettext_lazy("It cannot be undone; write another one instead."),
            offered=in_states(State.WRITTEN),
            is_silent=True,
        ),
    ),
)


class Addenda(Register):
    """What was corrected in minutes that were final already (6.2.1 b)."""

    name, model, clause, icon, acts = "committee:addendum", Addendum, "6.2.1 b", "edit", ACTS
    title = gettext_lazy("Addenda to minutes")
    lead = gettext_lazy("Minutes that are signed stay as they are; what was wrong in them stands here.")
    above = (gettext_lazy("Meetings"), "committee:meeting-list")
    empty = gettext_lazy("No minutes have had to be corrected.")
    columns = (
        Column("meeting", gettext_lazy("Meeting"), "meeting.title", sort="meeting__starts_at", is_name=True),
        Column("text", gettext_lazy("What is corrected")),
        Column("started_by", gettext_lazy("Written by"), sort="started_by__name"),
        Column("signed_at", gettext_lazy("Signed on"), sort="signed_at"),
        Column("state", gettext_lazy("State"), sort="state", is_state=True),
    )
    facts = (
        Column("meeting", gettext_lazy("Meeting"), cell="committee/decisions/_meeting.html"),
        Column("text", gettext_lazy("What is corrected")),
        Column("started_by", gettext_lazy("Written by")),
        Column("signed_by", gettext_lazy("Signed by")),
        Column("signed_at", gettext_lazy("Signed on")),
    )
    search: tuple[Match, ...] = (
        "text",
        "meeting__title",
        of_person("started_by"),
        chosen("state", lambda: State.choices),
        on_day("signed_at", moment=True),
    )
    order, filters = ("-started_at", "-pk"), ("state",)
    deeds = {
        "addendum written": Deed(tone="info", icon="edit"),
        "addendum signed": Deed(tone="success", icon="stamp"),
        "addendum dropped": Deed(icon="remove"),
    }
    parts = ("remarks",)
    may_read = staticmethod(may_read_meetings)


ADDENDA = Addenda()

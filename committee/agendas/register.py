"""Declare the lists, pages and acts of agenda items and of what is proposed for them (6.2.1 b)."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from committee.agendas import actions, rules
from committee.agendas.forms import ItemForm, WriteForm
from committee.agendas.models import Item
from committee.agendas.numbering import numbered
from committee.bodies.rules import may_read_meetings
from committee.decisions.actions import note
from committee.decisions.forms import NoteDecisionForm
from committee.decisions.rules import may_note
from committee.meetings.rolls.quorum import places_of, quorum_at
from fsul_portal.acts.forms import ReasonForm, VersionForm
from fsul_portal.acts.verbs import Acts, Verb, in_states
from fsul_portal.finding.matches import Match, chosen
from fsul_portal.records.course import Deed
from fsul_portal.registers.columns import Column
from fsul_portal.registers.lists import Tab
from fsul_portal.registers.register import Register

STANDING = (Item.State.OPEN, Item.State.DEALT, Item.State.LEFT)


def _of_writing(item: Item) -> str:
    if not item.text:
        return _("The minutes of this item are written for the first time.")
    return ngettext(
        "It replaces a text of %(count)s character; the old one stays on record.",
        "It replaces a text of %(count)s characters; the old one stays on record.",
        len(item.text),
    ) % {"count": len(item.text)}


def _of_deciding(item: Item) -> str:
    reached = quorum_at(list(item.meeting.roll.all()), item, places_of(item.meeting))
    told = {"there": reached.there, "due": reached.due}
    if reached.is_reached:
        return _("%(there)s of %(due)s with a vote were there at this item: quorate.") % told
    return (
        _("%(there)s of %(due)s with a vote were there at this item: not quorate; it is kept and not in force.") % told
    )


def _of_place(item: Item) -> str:
    return _("Nobody is told; the agenda is sent from the page of the meeting.")


ACTS = Acts(
    "committee:item",
    (
        Verb(
            key="write",
            title=gettext_lazy("Write its minutes"),
            meaning=gettext_lazy("What was heard and discussed under this item, and what came of it."),
            done=gettext_lazy("The minutes of this item are saved."),
            icon="edit",
            tone="primary",
            rule=rules.may_write_item,
            act=actions.write_item,
            form=WriteForm,
            effect=_of_writing,
            way_back=gettext_lazy("You can change them until they are circulated; every version stays on record."),
            offered=in_states(*STANDING),
            stored="committee/agendas/_stored.html",
        ),
        Verb(
            key="decide",
            title=gettext_lazy("Note a decision"),
            meaning=gettext_lazy("What was decided under this item, how, and by how many."),
            done=gettext_lazy("The decision is noted; it stands when the minutes are signed."),
            icon="stamp",
            rule=may_note,
            act=note,
            form=NoteDecisionForm,
            effect=_of_deciding,
            way_back=gettext_lazy("You can strike it until the minutes are circulated."),
            offered=in_states(*STANDING),
            is_silent=True,
        ),
        Verb(
            key="change",
            title=gettext_lazy("Change this item"),
            meaning=gettext_lazy("Its title, its place, its time, who speaks."),
            done=gettext_lazy("The item is changed."),
            icon="list",
            rule=rules.may_change_item,
            act=actions.change_item,
            form=ItemForm,
            effect=_of_place,
            way_back=gettext_lazy("You can change it again."),
            offered=in_states(*STANDING),
            is_silent=True,
        ),
        Verb(
            key="take-off",
            title=gettext_lazy("Take off the agenda"),
            meaning=gettext_lazy("It does not come up at this meeting."),
            done=gettext_lazy("The item is off the agenda."),
            icon="remove",
            rule=rules.may_take_off,
            act=actions.take_off,
            form=ReasonForm,
            effect=_of_place,
            way_back=gettext_lazy("You can put it back."),
            offered=in_states(*STANDING),
            is_silent=True,
        ),
        Verb(
            key="put-back",
            title=gettext_lazy("Put back on the agenda"),
            meaning=gettext_lazy("It stands where it stood."),
            done=gettext_lazy("The item is back on the agenda."),
            icon="history",
            rule=rules.may_put_back,
            act=actions.put_back,
            form=VersionForm,
            effect=_of_place,
            way_back=gettext_lazy("You can take it off again."),
            offered=in_states(Item.State.OFF),
        ),
    ),
)


class Items(Register):
    """Every item of every agenda, and what the minutes say of it (6.2.1 b)."""

    name, model, clause, icon, acts = "committee:item", Item, "6.2.1 b", "list", ACTS
    title = gettext_lazy("Agenda items")
    lead = gettext_lazy("What the meetings deal with, over all years.")
    above = (gettext_lazy("Meetings"), "committee:meeting-list")
    empty = gettext_lazy("No meeting has had an agenda yet.")
    columns = (
        Column("title", gettext_lazy("Title"), sort="title", is_name=True),
        Column("meeting", gettext_lazy("Meeting"), "meeting.title", sort="meeting__starts_at"),
        Column("speaker", gettext_lazy("Speaker"), sort="speaker"),
        Column("length", gettext_lazy("Minutes of time"), sort="length", is_number=True, is_shown=False),
        Column("state", gettext_lazy("State"), sort="state", is_state=True),
    )
    facts = (
        Column("meeting", gettext_lazy("Meeting"), cell="committee/agendas/_meeting.html"),
        Column("above", gettext_lazy("Belongs under"), "above.title"),
        Column("speaker", gettext_lazy("Speaker")),
        Column("length", gettext_lazy("Minutes of time"), is_number=True),
        Column("reason", gettext_lazy("What it is about")),
        Column("text", gettext_lazy("Minutes of this item")),
        Column("written_by", gettext_lazy("Written by")),
    )
    search: tuple[Match, ...] = (
        "title",
        "speaker",
        "text",
        "meeting__title",
        chosen("state", lambda: Item.State.choices),
    )
    order, filters = ("-meeting__starts_at", "sort", "pk"), ("state",)
    deeds = {
        "item put on": Deed(icon="plus"),
        "item changed": Deed(icon="edit"),
        "item taken off": Deed(tone="warning", icon="remove"),
        "item put back": Deed(icon="history"),
        "item written": Deed(tone="info", icon="edit"),
        "item dealt": Deed(tone="success", icon="check"),
        "item carried over": Deed(tone="warning", icon="right"),
    }
    parts = ("attachments", "linked", "remarks")
    page_template = "committee/agendas/item_page.html"
    may_read = staticmethod(may_read_meetings)

    def tabs(self, user: Any) -> Sequence[Tab]:
        rows = self.rows(user)
        return [
            Tab("all", _("All"), lambda: rows),
            Tab("left", _("Carried over"), rows.carried_over, True, _("Nothing was carried over.")),
        ]

    def beside_page(self, thing: Any, user: Any) -> dict[str, Any]:
        """Show what was decided under the item, and lead to the items beside it."""
        order = [one.item for one in numbered(thing.meeting)]
        here = order.index(thing) if thing in order else None
        return {
            "decisions": list(thing.decisions.exclude(state="struck")),
            "before": order[here - 1] if here else None,
            "after": order[here + 1] if here is not None and here + 1 < len(order) else None,
        }

    def crumbs(self, thing: Any) -> list[tuple[Any, str]]:
        """An item hangs below its meeting."""
        meeting = thing.meeting
        above = [(self.above[0], reverse(self.above[1])), (meeting.title, meeting.get_absolute_url())]
        return [*above, (thing.title, thing.get_absolute_url())]


ITEMS = Items()

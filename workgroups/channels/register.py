"""Declare the lists and pages of channels and of what is asked in them (7.3)."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fsul_portal.finding.matches import Match, chosen, on_day, said
from fsul_portal.records.course import Deed
from fsul_portal.registers.columns import Column
from fsul_portal.registers.lists import Listing, Tab
from fsul_portal.registers.register import Register
from members.libraries.finding.matches import of_library
from members.libraries.models import spells_along
from members.people.matches import of_person
from workgroups.channels import actions, rules
from workgroups.channels.coverage import counts, gone, uncovered, without_channel
from workgroups.channels.forms import ChannelForm, QuestionForm
from workgroups.channels.models import Channel
from workgroups.channels.questions.models import Question
from workgroups.channels.verbs import CHANNEL_ACTS, QUESTION_ACTS

MOST_SHOWN = 200


def district_of(channel: Channel) -> str:
    return str(channel.district or _("the whole city"))


class Channels(Register):
    """The liaison channels of the city and of the districts (7.3)."""

    name, model, clause, icon, acts = "workgroups:channel", Channel, "7.3", "send", CHANNEL_ACTS
    title = gettext_lazy("Liaison channels")
    lead = gettext_lazy("One of the city and one of each district, in which the branches and points are guided.")
    new_title = gettext_lazy("Enter a channel")
    created = gettext_lazy("The channel is entered; take its members in.")
    empty = gettext_lazy("No channel is entered yet.")
    columns = (
        Column("name", gettext_lazy("Name"), sort="name", is_name=True),
        Column("district", gettext_lazy("District"), district_of, sort="district__sort"),
        Column("platform", gettext_lazy("Platform"), "get_platform_display", sort="platform"),
        Column("owner", gettext_lazy("Owner of the channel"), sort="owner__name"),
        Column("members_count", gettext_lazy("People in it"), sort="members_count", is_number=True),
        Column("strangers", gettext_lazy("Not matched"), sort="strangers", is_number=True),
        Column("listed_at", gettext_lazy("Members taken in at"), sort="listed_at"),
        Column("state", gettext_lazy("State"), sort="state", is_state=True),
    )
    facts = (
        *columns[1:4],
        Column("admins", gettext_lazy("Administrators")),
        Column("rules", gettext_lazy("Rules of the channel")),
        columns[6],
    )
    search: tuple[Match, ...] = (
        "name",
        "district__name",
        "district__name_en",
        "admins",
        chosen("platform", lambda: Channel.Platform.choices),
        chosen("state", lambda: Channel.State.choices),
        of_person("owner"),
        on_day("listed_at", moment=True),
        said(lambda: [(_("the whole city"), Channel.IS_OF_CITY)]),
    )
    order, filters = ("district__sort", "name"), ("platform",)
    deeds = {
        "channel opened": Deed(tone="info", icon="flag"),
        "channel changed": Deed(icon="edit", tells_changes=True),
        "members listed": Deed(icon="people"),
        "members taken in": Deed(icon="people"),
        "channel closed": Deed(tone="warning", icon="lock"),
    }
    parts = ("attachments",)
    may_read = staticmethod(rules.may_read_channels)
    form, may_create, create = ChannelForm, staticmethod(rules.may_open_some), staticmethod(actions.open_channel)
    list_template, page_template = "workgroups/channels/channel_list.html", "workgroups/channels/channel_page.html"

    def tabs(self, user: Any) -> Sequence[Tab]:
        rows = self.rows(user)
        return [
            Tab("standing", _("In use"), rows.standing, True, _("No channel is entered yet.")),
            Tab("all", _("All"), lambda: rows),
        ]

    def beside_list(self, user: Any, listing: Listing) -> dict[str, Any]:
        today = timezone.localdate()
        return {
            "counts": counts(today, timezone.now()),
            "uncovered": uncovered(today)[:MOST_SHOWN],
            "without": without_channel(today),
            "gone": gone()[:MOST_SHOWN],
        }

    def beside_page(self, thing: Any, user: Any) -> dict[str, Any]:
        members = thing.members.select_related("person", "library").prefetch_related(spells_along("library__spells"))
        return {"members": members[:MOST_SHOWN]}


class Questions(Register):
    """What was asked in the channels, and how soon it was answered (7.3)."""

    name, model, clause, icon, acts = "workgroups:question", Question, "7.3", "help", QUESTION_ACTS
    title = gettext_lazy("Questions in channels")
    lead = gettext_lazy("What is asked in a channel is answered within 48 hours, or the time that is set.")
    new_title = gettext_lazy("Enter a question")
    created = gettext_lazy("The question is entered.")
    empty = gettext_lazy("No question is entered yet.")
    above = (gettext_lazy("Liaison channels"), "workgroups:channel-list")
    columns = (
        Column("text", gettext_lazy("Question"), str, is_name=True),
        Column("channel", gettext_lazy("Liaison channel"), sort="channel__name"),
        Column("asked_at", gettext_lazy("Asked at"), sort="asked_at"),
        Column("due_at", gettext_lazy("Answer due by"), sort="due_at"),
        Column("replied_at", gettext_lazy("Answered in the channel at"), sort="replied_at"),
        Column("state", gettext_lazy("State"), sort="state", is_state=True),
    )
    facts = (
        Column("text", gettext_lazy("Question")),
        *columns[1:5],
        Column("answer", gettext_lazy("Answer")),
    )
    search: tuple[Match, ...] = (
        "text",
        "answer",
        "channel__name",
        of_library("library"),
        chosen("state", lambda: Question.State.choices),
        on_day("asked_at", moment=True),
        on_day("due_at", moment=True),
        on_day("replied_at", moment=True),
    )
    order, filters = ("-asked_at",), ("channel", "state")
    deeds = {
        "question entered": Deed(tone="info", icon="help"),
        "question answered": Deed(tone="success", icon="send"),
    }
    may_read = staticmethod(rules.may_read_channels)
    form, may_create, create = QuestionForm, staticmethod(rules.may_open_some), staticmethod(actions.enter_question)

    def tabs(self, user: Any) -> Sequence[Tab]:
        rows = self.rows(user)
        late = rows.late(timezone.now())
        return [
            Tab("open", _("Not answered"), rows.unanswered, True, _("Every question is answered.")),
            Tab("late", _("Late"), lambda: late, True, _("Nothing was late.")),
            Tab("all", _("All"), lambda: rows),
        ]


CHANNELS, QUESTIONS = Channels(), Questions()

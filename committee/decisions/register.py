"""Declare the register of decisions, their acts, and the list of what follows from them (6.2.1 b)."""

from collections.abc import Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from committee.bodies.rules import may_read_meetings
from committee.decisions import actions, rules
from committee.decisions.follow_up import follow_up, of_district, responsible_of
from committee.decisions.forms import EffectForm, EndForm, TaskForm, VoteForm, WrittenForm
from committee.decisions.models import Decision
from fsul_portal.acts.forms import ReasonForm
from fsul_portal.acts.verbs import Acts, Verb, in_states
from fsul_portal.assignments.models import Assignment
from fsul_portal.finding.matches import Match, chosen, having, on_day
from fsul_portal.records.course import Deed
from fsul_portal.registers.columns import Column
from fsul_portal.registers.lists import Tab
from fsul_portal.registers.register import Register
from members.people.matches import of_person

State = Decision.State


def _of_striking(decision: Decision) -> str:
    return _("It is not counted among the decisions; it stays on record.")


def _of_voting(decision: Decision) -> str:
    cast = decision.ballots.count()
    return ngettext(
        "%(count)s vote has been cast so far; votes are open to the committee.",
        "%(count)s votes have been cast so far; votes are open to the committee.",
        cast,
    ) % {"count": cast}


def _of_giving(decision: Decision) -> str:
    return _(
        "Whoever is responsible is told at once and reminded on the day; when nothing happens, whoever signs for the "
        "body is told."
    )


def _of_telling(decision: Decision) -> str:
    return _("It stands on the page of the decision and in the register.")


def _of_ending(decision: Decision) -> str:
    tasks = Assignment.objects.of(decision).filter(state=Assignment.State.OPEN).count()
    return ngettext(
        "%(count)s task of it is still open and stays so.",
        "%(count)s tasks of it are still open and stay so.",
        tasks,
    ) % {"count": tasks}


ACTS = Acts(
    "committee:decision",
    (
        Verb(
            key="vote",
            title=gettext_lazy("Vote"),
            meaning=gettext_lazy("You vote in writing, with your name."),
            done=gettext_lazy("Your vote is cast."),
            icon="check",
            tone="primary",
            rule=rules.may_vote,
            act=actions.vote,
            form=VoteForm,
            effect=_of_voting,
            way_back=gettext_lazy("A vote that was cast stays."),
            offered=in_states(State.OPEN),
            is_silent=True,
            shows="committee/decisions/_text.html",
        ),
        Verb(
            key="task",
            title=gettext_lazy("Say who does what"),
            meaning=gettext_lazy("A task with somebody responsible, helpers and a day."),
            done=gettext_lazy("The task is given; whoever is responsible has been told."),
            icon="people",
            rule=rules.may_give_task,
            act=actions.give_task,
            form=TaskForm,
            effect=_of_giving,
            way_back=gettext_lazy("You can take the task back while it is open."),
            offered=in_states(State.NOTED, State.IN_FORCE),
            is_silent=True,
        ),
        Verb(
            key="effect",
            title=gettext_lazy("Say what came of it"),
            meaning=gettext_lazy("What changed because of this decision."),
            done=gettext_lazy("Saved."),
            icon="edit",
            rule=rules.may_tell_effect,
            act=actions.tell_effect,
            form=EffectForm,
            effect=_of_telling,
            way_back=gettext_lazy("You can change it again; every version stays on record."),
            offered=in_states(State.IN_FORCE),
            is_silent=True,
        ),
        Verb(
            key="end",
            title=gettext_lazy("Record that it ended"),
            meaning=gettext_lazy("A later decision replaced it, or it was repealed."),
            done=gettext_lazy("The decision does not stand any more."),
            icon="stop",
            rule=rules.may_repeal,
            act=actions.repeal,
            form=EndForm,
            effect=_of_ending,
            way_back=gettext_lazy("It cannot be undone; decide anew instead."),
            offered=in_states(State.IN_FORCE),
            is_silent=True,
        ),
        Verb(
            key="strike",
            title=gettext_lazy("Strike"),
            meaning=gettext_lazy("What was noted wrongly, or a vote that is called off."),
            done=gettext_lazy("Struck; it stays on record."),
            icon="remove",
            rule=rules.may_strike,
            act=actions.strike,
            form=ReasonForm,
            effect=_of_striking,
            way_back=gettext_lazy("It cannot be undone; note it anew instead."),
            offered=in_states(State.NOTED, State.OPEN),
            is_silent=True,
        ),
    ),
)

CONTENT = Column("text", gettext_lazy("What is decided"))
METHOD = Column("method", gettext_lazy("How it was taken"), "get_method_display", sort="method")
NUMBER = Column("number", gettext_lazy("Number"), sort="number", is_code=True)
CLAUSE = Column("clause", gettext_lazy("Clause"), sort="clause")
DECIDED = Column("decided_on", gettext_lazy("Decided on"), sort="decided_on")


def votes_in_words(decision: Decision) -> str:
    """Return the votes as one line, nothing where nobody counted."""
    if decision.votes_for is None:
        return ""
    told = {"for": decision.votes_for, "against": decision.votes_against, "abstained": decision.abstained}
    return _("%(for)s for, %(against)s against, %(abstained)s abstained") % told


def quorum_in_words(decision: Decision) -> str:
    """Return how many of those due with a vote were there."""
    if decision.due is None:
        return ""
    told = {"there": decision.there, "due": decision.due}
    sentence = (
        _("%(there)s of %(due)s with a vote, quorate")
        if decision.is_quorate
        else _("%(there)s of %(due)s with a vote, not quorate")
    )
    return sentence % told


class Decisions(Register):
    """Every decision of every meeting, and what was decided in writing (6.2.1 b)."""

    name, model, clause, icon, acts = "committee:decision", Decision, "6.2.1 b", "stamp", ACTS
    title = gettext_lazy("Decisions")
    lead = gettext_lazy("What was decided in meetings and in writing, and whether it stands.")
    new_title = gettext_lazy("Decide in writing")
    created = gettext_lazy("Put to the vote; everybody with a vote has been told.")
    empty = gettext_lazy("Nothing has been decided yet.")
    columns = (
        NUMBER,
        Column("title", gettext_lazy("Title"), sort="title", is_name=True),
        CLAUSE,
        Column("meeting", gettext_lazy("Meeting"), "meeting.title", sort="meeting__starts_at"),
        DECIDED,
        METHOD,
        Column("votes", gettext_lazy("Votes"), votes_in_words, is_shown=False),
        Column("state", gettext_lazy("State"), sort="state", is_state=True),
    )
    facts = (
        NUMBER,
        CONTENT,
        CLAUSE,
        Column("meeting", gettext_lazy("Meeting"), cell="committee/decisions/_meeting.html"),
        METHOD,
        Column("votes", gettext_lazy("Votes"), votes_in_words),
        Column("quorum", gettext_lazy("Quorum"), quorum_in_words),
        Column("closes_on", gettext_lazy("Votes until")),
        DECIDED,
        Column("effect", gettext_lazy("What came of it")),
        Column("successor", gettext_lazy("Replaced by the decision")),
    )
    search: tuple[Match, ...] = (
        "number",
        "title",
        "text",
        "clause",
        "meeting__title",
        chosen("state", lambda: State.choices),
        chosen("method", lambda: Decision.Method.choices),
        on_day("decided_on"),
    )
    order, filters = ("-decided_on", "-pk"), ("state", "method", "clause")
    deeds = {
        "decision noted": Deed(tone="info", icon="edit"),
        "put to the vote": Deed(tone="info", icon="send"),
        "voted": Deed(icon="check"),
        "decision stands": Deed(tone="success", icon="stamp"),
        "decision struck": Deed(tone="warning", icon="remove"),
        "effect told": Deed(icon="edit"),
        "decision ended": Deed(tone="warning", icon="stop"),
    }
    parts = ("attachments", "linked", "remarks")
    page_template = "committee/decisions/decision_page.html"
    form, create = WrittenForm, staticmethod(actions.ask_in_writing)
    may_read, may_create = staticmethod(may_read_meetings), staticmethod(rules.may_ask_in_writing)

    def tabs(self, user: Any) -> Sequence[Tab]:
        rows = self.rows(user).exclude(state=State.STRUCK)
        open_ones = self.rows(user).filter(state__in=[State.OPEN, State.NOTED])
        return [
            Tab("all", _("All"), lambda: rows),
            Tab("force", _("In force"), rows.in_force),
            Tab("open", _("Not decided yet"), lambda: open_ones, True, _("Nothing is being voted on.")),
        ]

    def beside_page(self, thing: Any, user: Any) -> dict[str, Any]:
        # A task is opened by whom it concerns; everybody else reads here how it stands.
        return {
            "ballots": list(thing.ballots.select_related("person", "entry")),
            "tasks": [(task, responsible_of(task), task.concerns(user)) for task in follow_up([thing])],
        }


def _of_decision(word: str) -> Q:
    """Meet the number and the title of the decision that a task belongs to."""
    return Q(object_id__in=having(Decision.objects.order_by(), ("number", "title"), [word]).values("pk"))


class FollowUp(Register):
    """Who has to do what of the decisions, until when, and how it stands: 督办表 (6.2.1 b)."""

    name, model, clause, icon = "committee:follow-up", Assignment, "6.2.1 b", "check"
    title = gettext_lazy("Follow-up of decisions")
    lead = gettext_lazy("What was decided and has to be done: by whom, until when, and how it stands.")
    above = (gettext_lazy("Decisions"), "committee:decision-list")
    empty = gettext_lazy("No decision has led to a task yet.")
    columns = (
        Column("task", gettext_lazy("What is to be done"), "title", sort="title"),
        Column("decision", gettext_lazy("Decision"), "thing", cell="committee/decisions/_decision.html"),
        Column("person", gettext_lazy("Responsible"), responsible_of, sort="person__name"),
        Column("helpers", gettext_lazy("Helped by"), sort="helpers"),
        Column("due_on", gettext_lazy("due on"), sort="due_on"),
        Column("state", gettext_lazy("How it stands"), sort="state", is_state=True),
        Column("done_note", gettext_lazy("what was done")),
    )
    search: tuple[Match, ...] = (
        "title",
        "helpers",
        "done_note",
        of_person("person"),
        on_day("due_on"),
        chosen("state", lambda: Assignment.State.choices),
        _of_decision,
        of_district,
    )
    order = ("due_on", "pk")
    may_read = staticmethod(may_read_meetings)

    def rows(self, user: Any) -> Any:
        kind = ContentType.objects.get_for_model(Decision)
        read = Decision.objects.visible_to(user).order_by().values("pk")
        return Assignment.objects.filter(content_type=kind, object_id__in=read)

    def fetched(self, rows: Any) -> Any:
        return rows.select_related("person").with_things().prefetch_related("place")

    def tabs(self, user: Any) -> Sequence[Tab]:
        rows, today = self.rows(user), timezone.localdate()
        undone = rows.filter(state=Assignment.State.OPEN)
        return [
            Tab("open", _("To do"), lambda: undone, True, _("Everything is done.")),
            Tab("late", _("Overdue"), lambda: undone.filter(due_on__lt=today), True, _("Nothing is overdue.")),
            Tab("all", _("All"), lambda: rows),
        ]


DECISION_REGISTER, FOLLOW_UP = Decisions(), FollowUp()

"""Declare the list, page and acts of what is proposed for an agenda (6.2.1 b)."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committee.bodies.rules import may_read_meetings
from committee.proposals import actions, rules
from committee.proposals.forms import ProposalForm, TakeForm
from committee.proposals.models import Proposal
from fsul_portal.acts.forms import ReasonForm, VersionForm
from fsul_portal.acts.verbs import Acts, Verb, in_states
from fsul_portal.finding.matches import Match, chosen, on_day, said
from fsul_portal.records.course import Deed
from fsul_portal.registers.columns import Column
from fsul_portal.registers.lists import Tab
from fsul_portal.registers.register import Register
from members.people.matches import of_person


def _of_asking(proposal: Proposal) -> str:
    return _("Whoever made the proposal reads the answer on its page.")


ACTS = Acts(
    "committee:proposal",
    (
        Verb(
            key="take",
            title=gettext_lazy("Take into a meeting"),
            meaning=gettext_lazy("It becomes the last item of that agenda, with everything that it is linked to."),
            done=gettext_lazy("It is on the agenda."),
            icon="check",
            tone="primary",
            rule=rules.may_take,
            act=actions.take,
            form=TakeForm,
            effect=_of_asking,
            way_back=gettext_lazy("The item can be taken off that agenda again."),
            offered=in_states(Proposal.State.PROPOSED),
            is_silent=True,
        ),
        Verb(
            key="leave",
            title=gettext_lazy("Leave"),
            meaning=gettext_lazy("It does not come up; say why."),
            done=gettext_lazy("Left; the reason stands on its page."),
            icon="close",
            rule=rules.may_leave,
            act=actions.leave,
            form=ReasonForm,
            effect=_of_asking,
            way_back=gettext_lazy("You can bring it back."),
            offered=in_states(Proposal.State.PROPOSED),
            is_silent=True,
        ),
        Verb(
            key="again",
            title=gettext_lazy("Bring back"),
            meaning=gettext_lazy("It waits for a meeting once more."),
            done=gettext_lazy("It waits for a meeting once more."),
            icon="refresh",
            rule=rules.may_propose_again,
            act=actions.propose_again,
            form=VersionForm,
            effect=_of_asking,
            way_back=gettext_lazy("You can leave it again."),
            offered=in_states(Proposal.State.LEFT),
            is_silent=True,
        ),
        Verb(
            key="withdraw",
            title=gettext_lazy("Withdraw"),
            meaning=gettext_lazy("You take your proposal back."),
            done=gettext_lazy("Withdrawn."),
            icon="left",
            rule=rules.may_withdraw,
            act=actions.withdraw,
            form=ReasonForm,
            effect=_of_asking,
            way_back=gettext_lazy("It cannot be undone; make a new proposal instead."),
            offered=in_states(Proposal.State.PROPOSED),
            is_silent=True,
        ),
    ),
)


class Proposals(Register):
    """What people and the portal propose for the next agenda (6.2.1 b)."""

    name, model, clause, icon, acts = "committee:proposal", Proposal, "6.2.1 b", "flag", ACTS
    title = gettext_lazy("Proposals for the agenda")
    lead = gettext_lazy(
        "What people propose, and what the portal finds: whoever keeps the meetings takes it into one or leaves it."
    )
    above = (gettext_lazy("Meetings"), "committee:meeting-list")
    new_title = gettext_lazy("Propose something")
    created = gettext_lazy("Proposed; whoever keeps the meetings takes it into one or answers.")
    empty = gettext_lazy("Nothing has been proposed.")
    columns = (
        Column("title", gettext_lazy("Title"), sort="title", is_name=True),
        Column(
            "started_by",
            gettext_lazy("Proposed by"),
            lambda row: row.started_by or _("The portal"),
            sort="started_by__name",
        ),
        Column("started_at", gettext_lazy("Proposed on"), sort="started_at"),
        Column("clause", gettext_lazy("Clause"), sort="clause"),
        Column("item", gettext_lazy("On the agenda of"), "item.meeting.title", sort="item__meeting__starts_at"),
        Column("state", gettext_lazy("State"), sort="state", is_state=True),
    )
    facts = (
        Column("reason", gettext_lazy("Reason")),
        Column("clause", gettext_lazy("Clause")),
        Column("started_by", gettext_lazy("Proposed by"), lambda row: row.started_by or _("The portal")),
        Column("link", gettext_lazy("Leads to"), cell="committee/agendas/_leads_to.html"),
        Column("item", gettext_lazy("On the agenda of"), cell="committee/agendas/_item.html"),
        Column("answer", gettext_lazy("Answer")),
    )
    search: tuple[Match, ...] = (
        "title",
        "reason",
        "clause",
        "item__meeting__title",
        of_person("started_by"),
        said(lambda: [(gettext_lazy("The portal"), Q(started_by__isnull=True))]),
        chosen("state", lambda: Proposal.State.choices),
        on_day("started_at", moment=True),
    )
    order, filters = ("-started_at", "-pk"), ("state",)
    deeds = {
        "proposed": Deed(tone="info", icon="flag"),
        "proposed again": Deed(icon="refresh"),
        "proposal taken": Deed(tone="success", icon="check"),
        "proposal left": Deed(tone="warning", icon="close"),
        "proposal withdrawn": Deed(icon="left"),
    }
    parts = ("attachments", "linked", "remarks")
    form, create = ProposalForm, staticmethod(actions.propose)
    may_read, may_create = staticmethod(may_read_meetings), staticmethod(rules.may_propose)

    def tabs(self, user: Any) -> Sequence[Tab]:
        rows = self.rows(user)
        return [
            Tab("waiting", _("Waiting"), rows.waiting, True, _("Nothing waits for a meeting.")),
            Tab("all", _("All"), lambda: rows),
        ]


PROPOSALS = Proposals()

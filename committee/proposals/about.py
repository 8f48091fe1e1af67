"""Put a record itself on the next agenda of the committee: one verb for any room (6.2.1 b)."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committee.agendas.models import TALKED_OF
from committee.bodies.rules import may_read_committee
from committee.meetings.models import Meeting
from committee.proposals import actions
from committee.proposals.models import Proposal
from fsul_portal.acts.forms import ReasonForm
from fsul_portal.acts.verbs import Verb, in_states
from fsul_portal.links.actions import link
from fsul_portal.links.models import Link
from fsul_portal.lives.actions import claim
from fsul_portal.lives.rules import in_state
from fsul_portal.users import User
from fsul_portal.verdicts import Denied, Verdict, closed

UNSIGNED = (Meeting.State.CALLED, Meeting.State.HELD)
LONGEST = Proposal._meta.get_field("title").max_length


def coming_up() -> Any:
    """Return the proposals that wait, or stand on an agenda whose minutes are not signed."""
    before_minutes = Q(state=Proposal.State.TAKEN, item__meeting__state__in=UNSIGNED)
    return Proposal.objects.filter(Q(state=Proposal.State.PROPOSED) | before_minutes)


def coming_up_about(thing: models.Model) -> Any:
    """Return those about one record."""
    return coming_up().filter(pk__in=Link.objects.leading_to(thing, TALKED_OF, of=Proposal))


def talked_of() -> set[tuple[int, int]]:
    """Return what they are about: the kind and the key of each record, in one query."""
    kind = ContentType.objects.get_for_model(Proposal)
    links = Link.objects.filter(relation=TALKED_OF, first_type=kind, first_id__in=coming_up().values("pk"))
    return set(links.values_list("second_type_id", "second_id"))


def may_propose_about(user: User, thing: Any, states: Iterable[str]) -> Verdict:
    """Whoever proposes for the committee proposes a record once until it is dealt with (6.2.1 b)."""
    verdict = may_read_committee(user)
    if not isinstance(verdict, Denied) and coming_up_about(thing).exists():
        return closed(_("It is proposed already, or on the agenda of a meeting that is not over."))
    return verdict and in_state(thing, *states)


@transaction.atomic
def propose_about(
    thing: Any, *, clause: str, rule: Callable[..., Verdict], by: User, note: str, version: int | None = None
) -> Proposal:
    """Propose a record for the next agenda; item and decision will be linked to it."""
    thing = claim(thing, rule, by=by, version=version)
    proposal = actions.propose(title=str(thing)[:LONGEST], reason=note, clause=clause, by=by)
    link(proposal, thing, TALKED_OF, by=by)
    return proposal


def proposing(clause: str, *states: str) -> Verb:
    """Return the verb by which a record of this clause is put to the committee while it is in one of these states."""

    def rule(user: User, thing: Any) -> Verdict:
        return may_propose_about(user, thing, states)

    def act(thing: Any, **answers: Any) -> Proposal:
        return propose_about(thing, clause=clause, rule=rule, **answers)

    return Verb(
        key="propose",
        title=gettext_lazy("Put to the committee"),
        meaning=gettext_lazy("It is proposed for the next agenda; the item and what is decided lead back to it."),
        done=gettext_lazy("Proposed; whoever keeps the meetings takes it into one or answers."),
        icon="send",
        rule=rule,
        act=act,
        form=ReasonForm,
        effect=lambda thing: _("“%(thing)s” waits among the proposals for an agenda.") % {"thing": thing},
        way_back=gettext_lazy("You can withdraw the proposal while nobody has answered."),
        offered=in_states(*states),
        is_silent=True,
    )

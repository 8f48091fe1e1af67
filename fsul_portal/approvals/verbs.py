"""Make the acts which every matter knows: what is usual is said here, a duty says its rule, action and what differs."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from fsul_portal.acts.forms import NoteForm, ReasonForm
from fsul_portal.acts.verbs import Verb, in_states
from fsul_portal.approvals.models import Matter
from fsul_portal.approvals.rules import stage_for
from fsul_portal.grammar.words import Words
from fsul_portal.users import User

State = Matter.State


def consent(user: User, matter: Matter) -> Words:
    """Call consent what it is at the user's stage: sign, approve."""
    stage = stage_for(user, matter)
    return stage.verb if stage else _("Agree")


submit = partial(
    Verb, key="submit", title=_("Submit"), icon="send", tone="primary", offered=in_states(State.DRAFT, State.RETURNED)
)
agree = partial(
    Verb,
    key="agree",
    title=_("Agree"),
    named=consent,
    meaning=_("Your opinion is kept with your name and the time."),
    done=_("Your consent has been recorded."),
    icon="stamp",
    tone="primary",
    form=NoteForm,
    offered=in_states(State.SUBMITTED),
)
enter_decision = partial(
    Verb,
    key="enter-decision",
    title=_("Enter the decision"),
    meaning=_("The stage is answered by the number and the day of the decision."),
    done=_("The decision has been entered."),
    icon="stamp",
    tone="primary",
    offered=in_states(State.SUBMITTED),
    is_silent=True,
)
give_back = partial(
    Verb,
    key="give-back",
    title=_("Return for correction"),
    meaning=_("Those who wrote it read your note, correct it and submit it again."),
    done=_("Returned for correction."),
    icon="left",
    form=ReasonForm,
    way_back=_("It comes to you again when it is submitted again."),
    offered=in_states(State.SUBMITTED),
)
refuse = partial(
    Verb,
    key="refuse",
    title=_("Refuse"),
    icon="close",
    tone="danger",
    form=ReasonForm,
    offered=in_states(State.SUBMITTED),
)
recall = partial(
    Verb,
    key="recall",
    title=_("Recall"),
    meaning=_("It is a draft again; nobody has answered yet."),
    done=_("Recalled; it is a draft again."),
    icon="left",
    form=NoteForm,
    way_back=_("Submit it again when it is ready."),
    offered=in_states(State.SUBMITTED),
    is_silent=True,
)
withdraw = partial(
    Verb,
    key="withdraw",
    title=_("Withdraw"),
    done=_("Withdrawn."),
    icon="remove",
    form=NoteForm,
    is_silent=True,
)

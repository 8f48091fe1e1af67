"""Build the acts of a tenure (5.1, 5.2)."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fsul_portal.access.roles import ROLES
from fsul_portal.acts.forms import NoteForm, ReasonForm
from fsul_portal.acts.verbs import Verb, in_states
from fsul_portal.grammar.words import enumerated
from fsul_portal.lives.verbs import CANNOT_BE_UNDONE, in_words
from members.bodies import actions, rules
from members.bodies.forms import LeaveForm, TakeForm
from members.bodies.models import Tenure

State = Tenure.State


def of_taking(tenure: Tenure) -> str:
    """Say what rights come with the post."""
    roles = enumerated(str(ROLES[role].title) for role, __ in tenure.roles())
    return _("%(person)s gets the roles: %(roles)s; a notice is sent.") % {"person": tenure.person, "roles": roles}


def of_leaving(tenure: Tenure) -> str:
    """Say what rights go with the post."""
    roles = enumerated(str(ROLES[role].title) for role, __ in tenure.roles())
    return _("%(person)s loses the roles: %(roles)s, with the next request.") % {
        "person": tenure.person,
        "roles": roles,
    }


VERBS = (
    Verb(
        key="approve",
        title=gettext_lazy("Record the approval"),
        meaning=gettext_lazy("Who is approved can take the post."),
        done=gettext_lazy("The approval is recorded."),
        icon="stamp",
        tone="primary",
        rule=rules.may_approve,
        act=actions.approve,
        form=NoteForm,
        effect=lambda tenure: _("%(tenure)s is approved; nothing else changes yet.") % {"tenure": tenure},
        way_back=gettext_lazy("What is approved can be put away as long as the post is not taken."),
        offered=in_states(State.NOMINATED),
    ),
    Verb(
        key="take",
        title=gettext_lazy("Take the post"),
        meaning=gettext_lazy("From that day on the person sits, and the roles of the post are given."),
        done=gettext_lazy("The post is taken; the roles are given."),
        icon="user",
        tone="primary",
        rule=rules.may_seat,
        act=actions.seat,
        form=TakeForm,
        effect=of_taking,
        way_back=gettext_lazy("The seat can be ended on any day."),
        offered=in_states(State.APPROVED),
    ),
    Verb(
        key="leave",
        title=gettext_lazy("End the seat"),
        meaning=gettext_lazy("The person no longer sits after the last day; the roles of the post end now."),
        done=gettext_lazy("The seat has ended; its roles have ended."),
        icon="close",
        tone="danger",
        rule=rules.may_leave,
        act=actions.let_go,
        form=LeaveForm,
        effect=of_leaving,
        way_back=gettext_lazy("It cannot be undone; nominate the person anew."),
        offered=in_states(State.SEATED),
    ),
    Verb(
        key="drop",
        title=gettext_lazy("Put away"),
        meaning=gettext_lazy("The nomination is not followed up; it stays on record."),
        done=gettext_lazy("The nomination is put away."),
        icon="remove",
        tone="danger",
        rule=rules.may_drop,
        act=actions.drop,
        form=ReasonForm,
        effect=lambda tenure: _("%(tenure)s is not followed up.") % {"tenure": tenure},
        way_back=CANNOT_BE_UNDONE,
        offered=in_states(State.NOMINATED, State.APPROVED),
    ),
)


def verbs(**words: Any) -> tuple[Verb, ...]:
    """Return the verbs of a tenure."""
    return in_words(VERBS, words)

"""Build the acts of an event."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fsul_portal.acts.forms import NoteForm, ReasonForm, VersionForm
from fsul_portal.acts.verbs import Verb, in_states
from fsul_portal.events import actions, rules
from fsul_portal.events.forms import EvaluationForm, RollForm
from fsul_portal.events.models import Event
from fsul_portal.lives.verbs import CANNOT_BE_UNDONE, in_words

State = Event.State


def _of_announcing(event: Event) -> str:
    return _("%(count)s people are told.") % {"count": event.people_in("invited").count()}


def _of_the_list(event: Event) -> str:
    return _("%(count)s are on the list.") % {"count": event.signed_up().count()}


def _of_the_roll(event: Event) -> str:
    words = {"present": event.roll.present().count(), "count": event.signed_up().count()}
    return _("%(present)s of %(count)s were there.") % words


VERBS = (
    Verb(
        key="announce",
        title=gettext_lazy("Announce"),
        meaning=gettext_lazy("Those who are invited are told and can sign up."),
        done=gettext_lazy("Announced."),
        icon="send",
        tone="primary",
        rule=rules.may_announce,
        act=actions.announce,
        form=NoteForm,
        effect=_of_announcing,
        way_back=gettext_lazy("It can be changed or cancelled; whoever is expected is told."),
        offered=in_states(State.PLANNED),
    ),
    Verb(
        key="sign-up",
        title=gettext_lazy("Sign up"),
        meaning=gettext_lazy("You are expected."),
        done=gettext_lazy("You are on the list."),
        icon="check",
        tone="primary",
        rule=rules.may_sign_up,
        act=actions.sign_up,
        effect=_of_the_list,
        way_back=gettext_lazy("You can sign off until it is held."),
        offered=in_states(State.ANNOUNCED),
    ),
    Verb(
        key="sign-off",
        title=gettext_lazy("Sign off"),
        meaning=gettext_lazy("Your place is free for somebody else."),
        done=gettext_lazy("You are no longer on the list."),
        icon="remove",
        rule=rules.may_sign_off,
        act=actions.sign_off,
        effect=_of_the_list,
        way_back=gettext_lazy("You can sign up again while there are places."),
        offered=in_states(State.ANNOUNCED),
        is_silent=True,
    ),
    Verb(
        key="roll",
        title=gettext_lazy("Write the roll"),
        meaning=gettext_lazy("Who was expected, and who came."),
        done=gettext_lazy("The roll is saved."),
        icon="people",
        rule=rules.may_write_roll,
        act=actions.write_roll,
        form=RollForm,
        effect=_of_the_list,
        way_back=gettext_lazy("You can change it until it is signed."),
        offered=in_states(State.ANNOUNCED),
    ),
    Verb(
        key="hold",
        title=gettext_lazy("Sign the roll"),
        meaning=gettext_lazy("It was held; who was there, and for how many hours, does not change any more."),
        done=gettext_lazy("The roll is signed."),
        icon="stamp",
        tone="primary",
        rule=rules.may_hold,
        act=actions.hold,
        form=VersionForm,
        effect=_of_the_roll,
        way_back=CANNOT_BE_UNDONE,
        offered=in_states(State.ANNOUNCED),
    ),
    Verb(
        key="evaluate",
        title=gettext_lazy("Evaluate"),
        meaning=gettext_lazy("What came of it, and what will be done otherwise."),
        done=gettext_lazy("The evaluation is kept."),
        icon="edit",
        rule=rules.may_evaluate,
        act=actions.evaluate,
        form=EvaluationForm,
        effect=_of_the_roll,
        way_back=gettext_lazy("You can write it anew until the event is closed."),
        offered=in_states(State.HELD),
    ),
    Verb(
        key="close",
        title=gettext_lazy("Close"),
        meaning=gettext_lazy("Nothing of it changes any more."),
        done=gettext_lazy("Closed."),
        icon="lock",
        rule=rules.may_close,
        act=actions.close,
        form=NoteForm,
        effect=_of_the_roll,
        way_back=CANNOT_BE_UNDONE,
        offered=in_states(State.HELD),
    ),
    Verb(
        key="cancel",
        title=gettext_lazy("Cancel the event"),
        meaning=gettext_lazy("It does not take place; whoever is expected is told."),
        done=gettext_lazy("Cancelled."),
        icon="close",
        tone="danger",
        rule=rules.may_cancel,
        act=actions.cancel,
        form=ReasonForm,
        effect=_of_the_list,
        way_back=CANNOT_BE_UNDONE,
        offered=in_states(State.PLANNED, State.ANNOUNCED),
        is_silent=True,
    ),
)


def verbs(**words: Any) -> tuple[Verb, ...]:
    """Return the verbs of an event."""
    return in_words(VERBS, words)

"""Build the acts of a circular for its sender, and of a copy for those who answer."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fsul_portal.acts.forms import NoteForm, ReasonForm, VersionForm
from fsul_portal.acts.verbs import Verb, in_states
from fsul_portal.lives.verbs import CANNOT_BE_UNDONE, in_words
from fsul_portal.templatetags.figures import day
from members.circulars import actions, rules
from members.circulars.addressing import addressed
from members.circulars.models import Circular
from members.circulars.questions import AnswerForm

State, Asks = Circular.State, Circular.Asks


def _of_sending(circular):
    count = len(addressed(circular, timezone.localdate()))
    return _("It goes to %(count)s libraries; due on %(day)s.") % {"count": count, "day": day(circular.due_on)}


def _of_those_missing(circular):
    words = {"missing": circular.outstanding().count(), "asked": circular.copies.count()}
    return _("%(missing)s of %(asked)s libraries have not done it.") % words


def _of_answering(copy):
    return _("It counts for %(library)s; due on %(day)s.") % {
        "library": copy.library,
        "day": day(copy.circular.due_on),
    }


def _asked(asks):
    """Offer an act where it is asked for."""
    return lambda copy: copy.circular.state == State.SENT and copy.circular.asks == asks


VERBS = (
    Verb(
        key="send",
        title=gettext_lazy("Send"),
        meaning=gettext_lazy("Those who answer for the libraries are told."),
        done=gettext_lazy("Sent."),
        icon="send",
        tone="primary",
        rule=rules.may_send,
        act=actions.send,
        form=NoteForm,
        effect=_of_sending,
        way_back=gettext_lazy("It can be withdrawn; whoever was asked is told."),
        offered=in_states(State.DRAFT),
    ),
    Verb(
        key="nudge",
        title=gettext_lazy("Remind"),
        meaning=gettext_lazy("Those who have not done it are told once more, at most once a day."),
        done=gettext_lazy("Reminded."),
        icon="bell",
        rule=rules.may_nudge,
        act=actions.nudge,
        form=VersionForm,
        effect=_of_those_missing,
        way_back=CANNOT_BE_UNDONE,
        offered=in_states(State.SENT),
    ),
    Verb(
        key="close",
        title=gettext_lazy("Close"),
        meaning=gettext_lazy("No further answers are taken; what is outstanding stays outstanding."),
        done=gettext_lazy("Closed."),
        icon="lock",
        rule=rules.may_close,
        act=actions.close,
        form=NoteForm,
        effect=_of_those_missing,
        way_back=CANNOT_BE_UNDONE,
        offered=in_states(State.SENT),
    ),
    Verb(
        key="withdraw",
        title=gettext_lazy("Withdraw"),
        meaning=gettext_lazy("Nobody has to do it any more; what was answered stays on record."),
        done=gettext_lazy("Withdrawn."),
        icon="remove",
        rule=rules.may_withdraw,
        act=actions.withdraw,
        form=ReasonForm,
        effect=_of_those_missing,
        way_back=CANNOT_BE_UNDONE,
        offered=in_states(State.DRAFT, State.SENT),
        is_silent=True,
    ),
)
COPY_VERBS = (
    Verb(
        key="confirm",
        title=gettext_lazy("Confirm"),
        meaning=gettext_lazy("You confirm for your library that it has arrived."),
        done=gettext_lazy("Confirmed."),
        icon="check",
        tone="primary",
        rule=rules.may_confirm,
        act=actions.confirm,
        effect=_of_answering,
        way_back=CANNOT_BE_UNDONE,
        offered=_asked(Asks.CONFIRMED),
    ),
    Verb(
        key="answer",
        title=gettext_lazy("Done"),
        meaning=gettext_lazy("You say for your library that it was done, with what was asked for."),
        done=gettext_lazy("Your answer is kept."),
        icon="check",
        tone="primary",
        rule=rules.may_answer,
        act=actions.answer,
        form=AnswerForm,
        effect=_of_answering,
        way_back=CANNOT_BE_UNDONE,
        offered=_asked(Asks.DONE),
    ),
)


def verbs(**words):
    """Return the verbs of a circular."""
    return in_words(VERBS, words)


def copy_verbs(**words):
    """Return the verbs of a copy."""
    return in_words(COPY_VERBS, words)

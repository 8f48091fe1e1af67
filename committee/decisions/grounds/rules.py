"""Say on which decisions something may rest (6.1 a, 6.1 b, 6.1 c, 6.1 d)."""

from collections.abc import Callable
from datetime import date

from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext as _

from committee.decisions.models import Decision
from fsul_portal.templatetags.figures import day as in_words
from fsul_portal.verdicts import Allowed, Denied, Verdict, closed, not_now

State = Decision.State
# Why a decision bears nothing, by its state.
NOT_IN_FORCE: dict[str, Callable[[], str]] = {
    State.NOTED: lambda: _("The minutes in which %(decision)s stands are not signed; it is not in force yet."),
    State.OPEN: lambda: _("%(decision)s is still being voted on in writing; it is not in force yet."),
    State.LOST: lambda: _("%(decision)s was not carried, so nothing can rest on it."),
    State.VOID: lambda: _("%(decision)s was taken without quorum and is not in force."),
    State.REPLACED: lambda: _("%(decision)s has been replaced by a later decision and is no longer in force."),
    State.REPEALED: lambda: _("%(decision)s has been repealed and is no longer in force."),
    State.STRUCK: lambda: _("%(decision)s was struck from the minutes."),
}


def may_rest_on(decision: Decision) -> Verdict:
    """What is entered as decided rests on a decision that is in force (6.1 a, 6.1 b, 6.1 c, 6.1 d)."""
    why = NOT_IN_FORCE.get(decision.state)
    if why is None and decision.meeting and not decision.meeting.body.is_committee:
        told = {"decision": decision, "body": decision.meeting.body}
        return Denied(_("%(decision)s was taken by %(body)s; this needs a decision of the committee.") % told)
    if why is None:
        return Allowed()
    sentence = why() % {"decision": decision}
    return not_now(sentence) if decision.state in (State.NOTED, State.OPEN) else closed(sentence)


def may_be_typed(day: date) -> Verdict:
    """A number and a day are typed for a decision from before the register of decisions began, and for no other."""
    if day > timezone.localdate():
        return Denied(_("This day is still to come."))
    began = Decision.objects.of_committee().aggregate(began=Min("decided_on"))["began"]
    if began and day >= began:
        sentence = _("The register of decisions goes back to %(day)s; choose the decision out of it.")
        return Denied(sentence % {"day": in_words(began)})
    return Allowed()

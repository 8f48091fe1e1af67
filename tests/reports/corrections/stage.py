"""Bring a correction slip into every situation."""

from members.libraries.models import Library
from members.months.actions import lock
from members.periods.models import Period
from members.returns import actions as returns
from reports.corrections import actions
from reports.corrections.verbs import ACTS
from tests.members.returns.figures import SOUND

__all__ = ["ACTS"]

RIGHTS = {
    "submit": {"nanhai", "nanhai-reviewer", "office", "branch"},
    "agree": {"coordination-lead"},
    "give-back": {"coordination-lead"},
    "refuse": {"coordination-lead"},
    "recall": {"nanhai"},
    "withdraw": {"nanhai", "nanhai-reviewer", "office", "branch"},
}
MONTH = "2025-11"


def _locked(cast):
    one = returns.hand_in(Library.objects.get(code="NH002"), MONTH, SOUND, {}, by=cast["nanhai"])
    returns.accept(one, by=cast["nanhai-reviewer"])
    lock(MONTH, by=cast["office"], acknowledged=99)
    return one.library, Period.objects.get(code=MONTH)


def things(cast):
    library, period = _locked(cast)
    slip = actions.begin(library, period, by=cast["nanhai"], new={"V01": 2000}, reason="漏计")
    return {"correction": slip.pk}


def situations(cast):
    """Yield (situation, slip) for each situation of a slip."""
    library, period = _locked(cast)
    nanhai, lead = cast["nanhai"], cast["coordination-lead"]

    def begun(visits):
        return actions.begin(library, period, by=nanhai, new={"V01": visits}, reason="漏计")

    def handed_in(visits):
        return actions.submit(begun(visits), by=nanhai)

    yield "draft", begun(2001)
    yield "submitted", handed_in(2002)
    yield "returned", actions.give_back(handed_in(2003), by=lead, note="核对")
    yield "refused", actions.refuse(handed_in(2004), by=lead, note="无依据")
    yield "withdrawn", actions.withdraw(begun(2005), by=nanhai)
    yield "in force", actions.agree(handed_in(2006), by=lead)

"""Say in one sentence, with its numbers, what an act on a filing will do (6.2.1 e)."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fsul_portal.approvals.stages import steps
from fsul_portal.templatetags.figures import day as day_in_words
from workgroups.coordination.filings.checks.comparisons import count_asked
from workgroups.coordination.filings.models import Filing


def of_submitting(filing: Filing) -> str:
    first = [stage for stage in filing.stages() if stage.step == steps(filing.stages())[0]]
    return _("%(facts)s go to: %(seats)s.") % {"facts": _facts(filing), "seats": _seats(first)}


def of_agreeing(filing: Filing) -> str:
    """Say who comes next, or, at the last seat, what changes and when."""
    last = filing.step == steps(filing.stages())[-1]
    if last and len(filing.open_stages()) < 2:
        return _changing(filing)
    later = [stage for stage in filing.stages() if stage.step > filing.step]
    return _("%(facts)s go on to: %(seats)s.") % {
        "facts": _facts(filing),
        "seats": _seats(later or filing.open_stages()),
    }


def of_giving_back(filing: Filing) -> str:
    given = _opinions(filing)
    return ngettext(
        "It goes back to %(person)s; %(count)s opinion of this round is asked for anew.",
        "It goes back to %(person)s; %(count)s opinions of this round are asked for anew.",
        given,
    ) % {"person": filing.submitted_by or _("those who wrote it"), "count": given}


def of_recalling(filing: Filing) -> str:
    return _("%(facts)s stay as they are in the registry; nobody is asked any more until you submit it again.") % {
        "facts": _facts(filing)
    }


def of_ending(filing: Filing) -> str:
    return _("%(facts)s stay as they are in the registry; the filing ends.") % {"facts": _facts(filing)}


def of_carrying_out(filing: Filing) -> str:
    return _changing(filing)


def _changing(filing):
    values = {"facts": _facts(filing), "day": day_in_words(filing.effective_on)}
    if filing.resumes_on:
        return _("%(facts)s change from %(day)s, until the day before %(until)s.") % (
            values | {"until": day_in_words(filing.resumes_on)}
        )
    return _("%(facts)s change from %(day)s on.") % values


def _facts(filing):
    count = count_asked(filing)
    return ngettext("%(count)s fact of %(library)s", "%(count)s facts of %(library)s", count) % {
        "count": count,
        "library": filing.library.code,
    }


def _seats(stages):
    return _(", ").join(str(stage.seat) for stage in stages)


def _opinions(filing):
    return sum(turn.round == filing.round and turn.given_at is not None for turn in filing.turns.all())

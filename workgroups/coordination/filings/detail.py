"""Gather what a page about one filing shows; portal and admin show the same (6.2.1 e)."""

from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from fsul_portal.approvals.models import turns_along
from fsul_portal.approvals.progress import STATES_OF_ANSWERS, progress
from fsul_portal.grammar.states import look_of
from fsul_portal.templatetags.figures import day as day_in_words
from members.libraries.models import course_along
from workgroups.coordination.filings.checks.comparisons import compare
from workgroups.coordination.filings.checks.faults import findings
from workgroups.coordination.filings.models import Filing
from workgroups.coordination.filings.rules import may_edit
from workgroups.coordination.filings.verbs import ACTS
from workgroups.coordination.filings.wording.history import records_of, timeline


def dossier(filing, user):
    """Return everything there is to know about a filing, as a template's context."""
    prefetch_related_objects([filing], turns_along(), course_along("library__spells"))
    records, told = records_of(filing)
    comparison = compare(filing, told)
    found = findings(filing, comparison) if filing.is_in_hand or filing.state in filing.UNDER_WAY else []
    return {
        "filing": filing,
        "comparison": comparison,
        "faults": [finding for finding in found if finding.blocks],
        "questions": [finding for finding in found if not finding.blocks],
        "consequences": consequences(filing, comparison),
        "stages": [*progress(filing), _last_step(filing)],
        "opinions": _opinions(filing),
        "timeline": timeline(records, comparison.word),
        "offers": ACTS.offers(user, filing),
        "may_edit": may_edit(user, filing),
    }


def consequences(filing, comparison):
    """Return what follows, in sentences; the general ones first."""
    if filing.effective_on <= timezone.localdate():
        sentence = _("It takes effect with the approval, counted from %(day)s.")
    else:
        sentence = _("It takes effect by itself on %(day)s, a little after midnight.")
    told = [sentence % {"day": day_in_words(filing.effective_on)}]
    before = comparison.original
    if not before:
        return told
    return [
        *told,
        *(sentence for draw in filing.what.consequences for sentence in draw(filing, before, comparison.word)),
    ]


def _last_step(filing):
    done = filing.state == Filing.State.IN_FORCE
    state = "done" if done else "current" if filing.state == Filing.State.ACCEPTED else "waiting"
    return {"title": _("Takes effect"), "state": state, "at": filing.applied_at if done else filing.effective_on}


def _opinions(filing):
    given = sorted((turn for turn in filing.turns.all() if turn.given_at), key=lambda turn: turn.given_at)
    return [(turn, turn.title, look_of(STATES_OF_ANSWERS[turn.verdict])) for turn in given]

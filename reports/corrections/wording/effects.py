"""Say in one sentence, with its numbers, what an act on a correction slip will do (6.2.1 j)."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.corrections.models import Correction
from reports.corrections.totals import moves, moves_in_words


def of_submitting(slip: Correction) -> str:
    stages = slip.stages_ahead()
    words = {"count": len(slip.new), "seat": stages[0].seat if stages else ""}
    sentence = ngettext(
        "%(count)s figure goes to the %(seat)s.", "%(count)s figures go to the %(seat)s.", len(slip.new)
    )
    return sentence % words


def of_agreeing(slip: Correction) -> str:
    """Name every total that moves, and by how much."""
    changed = ngettext(
        "%(count)s figure of %(library)s in %(period)s is corrected.",
        "%(count)s figures of %(library)s in %(period)s are corrected.",
        len(slip.new),
    ) % {"count": len(slip.new), "library": slip.library, "period": slip.period}
    told = moves_in_words(moves(slip.library, slip.period, slip.new)) if slip.state == slip.State.SUBMITTED else []
    return _("%(what)s %(moves)s.") % {"what": changed, "moves": _("; ").join(told)} if told else changed


def of_ending(slip: Correction) -> str:
    return _("The figures of %(library)s in %(period)s stay as they are.") % {
        "library": slip.library,
        "period": slip.period,
    }

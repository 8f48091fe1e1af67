"""Tell those whom a correction concerns (6.2.1 j)."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fsul_portal.access.rules import Holding
from fsul_portal.approvals.turns import people_asked
from fsul_portal.grammar.words import Spoken
from fsul_portal.notices.actions import News, tell_all
from fsul_portal.notices.kinds import kind
from fsul_portal.notices.models import Notice
from fsul_portal.templatetags.figures import day as day_in_words
from members.indicators.models import Indicator
from reports.corrections.models import Correction
from reports.corrections.rules import ACCEPT, OFFICE, REPORT
from reports.corrections.totals import moves_in_words

CORRECTION = kind("correction", gettext_lazy("Corrections of figures"))
# Those who receive all reports: committee, chair, office.
READ_REPORTS = "reports.download_reports"


def reporting(slip: Correction) -> tuple[Holding, ...]:
    """Return what those hold who report for the library."""
    return ((REPORT, slip.library.district, slip.library),)


def ask_for_opinions(slip: Correction) -> None:
    """Tell those whose turn it is."""
    tell_all(
        _news(
            slip, f"{turn.key}-{slip.round}", lambda: _("A correction slip waits for your opinion"), people_asked(turn)
        )
        for turn in slip.open_stages()
    )


def tell_reopened(slip: Correction) -> None:
    """Tell those who report for the library which figures are open, why, and until when."""
    tell_all(
        [_news(slip, "reopened", lambda: _("Figures of a locked month are to be corrected"), body=lambda: _asked(slip),
               holding=reporting(slip))]
    )  # fmt: skip


def remind_of(slip: Correction, step: int) -> list[Notice]:
    """Remind those who report for the library, and after the day the office too; return the new notices."""
    holding = reporting(slip) if step >= 0 else (*reporting(slip), (OFFICE,))
    key = f"due-{slip.due_on}-{step}"
    return tell_all([_news(slip, key, lambda: _("Figures to correct"), body=lambda: _asked(slip), holding=holding)])


def _asked(slip: Correction) -> str:
    names = [one.title for one in Indicator.objects.filter(code__in=slip.opened)]
    words = {"names": _(", ").join(names), "day": day_in_words(slip.due_on), "reason": slip.reason}
    return _("To be looked at: %(names)s. Answer by %(day)s. %(reason)s") % words


def tell_corrected(slip: Correction) -> None:
    """Tell who wrote it, the library, its district, the office and the committee which totals moved."""
    holding = (*reporting(slip), (ACCEPT, slip.library.district), (OFFICE,), (READ_REPORTS,))
    tell_all(
        [
            _news(
                slip,
                "corrected",
                lambda: _("Figures of a locked period were corrected"),
                [slip.started_by, slip.submitted_by],
                body=lambda: _what_moved(slip),
                holding=holding,
            )
        ]
    )


def _what_moved(slip: Correction) -> str:
    told = moves_in_words(slip.moved) or [_("No total moves.")]
    return "\n".join([*told, _("What was published stays as it is; the next edition lists what was corrected.")])


def tell_turned_down(slip: Correction, note: str) -> None:
    """Tell those who wrote it that it was returned or refused."""
    returned = slip.state == slip.State.RETURNED

    def outcome() -> str:
        return _("A correction slip was returned") if returned else _("A correction slip was refused")

    writers = [slip.started_by, slip.submitted_by]
    tell_all([_news(slip, f"{slip.state}-{slip.round}", outcome, writers, body=note)])


def _news(
    slip: Correction,
    key: str,
    subject: Spoken,
    people: Iterable[Any] = (),
    *,
    body: Spoken = "",
    holding: Sequence[Holding] = (),
) -> News:
    def named() -> str:
        told = subject() if callable(subject) else subject
        return _("%(what)s: %(library)s, %(period)s") % {
            "what": told,
            "library": slip.library,
            "period": slip.period,
        }

    return News(
        people=[person for person in people if person],
        holding=holding,
        key=f"{CORRECTION}:{slip.pk}:{key}",
        subject=named,
        body=body,
        link=slip.get_absolute_url(),
    )

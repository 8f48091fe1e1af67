"""Tell those whom a report concerns on its way (6.1 d)."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fsul_portal.access.rules import Holding
from fsul_portal.approvals.turns import people_asked
from fsul_portal.grammar.words import Spoken
from fsul_portal.notices.actions import News, tell_all
from fsul_portal.notices.kinds import kind
from fsul_portal.templatetags.figures import day
from reports.editions.life.rules import OFFICE, READERS
from reports.editions.models import Edition

REVIEW = kind("report", gettext_lazy("Reports on their way"))


def how_it_was_built(edition: Edition) -> str:
    """Say to whoever had a report built that it is ready, or that somebody has changed its words meanwhile."""
    words = {"report": edition}
    if edition.is_finished:
        return _("%(report)s is ready") % words
    return _("%(report)s: its words were changed while it was built; its documents are written once more") % words


def tell_consulted(edition: Edition, note: str) -> None:
    """Tell those who read all reports that a draft is open to their remarks, and until when."""

    def until() -> str:
        told = _("Remarks can be made until %(day)s.") % {"day": day(edition.consult_until)}
        return f"{told}\n{note}" if note else told

    key = f"consulted-{edition.consult_until}"
    tell_all([_news(edition, key, lambda: _("A draft is open to remarks"), body=until, holding=((READERS,),))])


def ask_for_opinions(edition: Edition) -> None:
    """Tell those whose turn it is."""
    tell_all(
        _news(
            edition,
            f"{turn.key}-{edition.round}",
            lambda: _("A report waits for your opinion"),
            people_asked(turn),
        )
        for turn in edition.open_stages()
    )


def tell_approved(edition: Edition) -> None:
    """Tell the office that a report can be published."""
    told = [_news(edition, "approved", lambda: _("A report is approved and can be published"), holding=((OFFICE,),))]
    tell_all(told)


def tell_returned(edition: Edition, note: str) -> None:
    """Tell the office what is to be corrected."""
    key = f"returned-{edition.round}"
    tell_all([_news(edition, key, lambda: _("A report was returned"), body=note, holding=((OFFICE,),))])


def _news(
    edition: Edition,
    key: str,
    subject: Spoken,
    people: Iterable[Any] = (),
    *,
    body: Spoken = "",
    holding: Sequence[Holding] = (),
) -> News:
    def named() -> str:
        told = subject() if callable(subject) else subject
        return _("%(what)s: %(report)s") % {"what": told, "report": edition}

    return News(
        people=[person for person in people if person],
        holding=holding,
        key=f"{REVIEW}:{edition.pk}:{key}",
        subject=named,
        body=body,
        link=edition.get_absolute_url(),
    )

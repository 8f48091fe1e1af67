"""Tell those whom a filing concerns; nobody is told the same thing twice (6.2.1 e)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fsul_portal.access.rules import Holding
from fsul_portal.approvals.turns import people_asked
from fsul_portal.notices.actions import News, tell_all
from fsul_portal.notices.kinds import kind
from fsul_portal.templatetags.figures import day as in_words
from workgroups.coordination.filings.models import CLAUSE, Filing
from workgroups.coordination.filings.rules import FILE
from workgroups.groups.models import in_charge

SIGN = "members.sign_changes"
FILING = kind("filing", gettext_lazy("Filings"))


def ask_for_opinions(filing: Filing) -> None:
    """Tell those whose turn it is."""
    tell_all(_asking(filing))


def tell_consented(filings: Iterable[Filing], refusals: Mapping[Filing, str], note: str) -> None:
    """Tell of filings that were agreed to: who comes next, or how it ended, and what the registry did not take."""
    news = []
    for filing in filings:
        news += _approved(filing, note) if filing.number else _asking(filing)
        news += _not_carried_out(filing, refusals[filing]) if refusals.get(filing) else []
    tell_all(news)


def _asking(filing: Filing) -> list[News]:
    return [
        _news(filing, people_asked(turn), f"{turn.key}-{filing.round}", lambda: _("A filing waits for your opinion"))
        for turn in filing.open_stages()
    ]


def _approved(filing: Filing, note: str) -> list[News]:
    """Tell those who wrote it, those who agreed, and those who work for the library and its district."""
    agreed = [turn.given_by for turn in filing.turns.all() if turn.given_at and turn.given_by != filing.decided_by]
    people = [filing.started_by, filing.submitted_by, *agreed]
    district = filing.library.district
    holding = ((FILE, district, filing.library), (SIGN, district))
    return [_news(filing, people, "approved", lambda: _("A filing was approved and put on file"), note, holding)]


def tell_turned_down(filing: Filing, note: str) -> None:
    """Tell those who wrote it that it was returned or refused."""
    outcome = {
        filing.State.RETURNED: lambda: _("A filing was returned for correction"),
        filing.State.REFUSED: lambda: _("A filing was refused"),
    }[filing.State(filing.state)]
    writers = [filing.started_by, filing.submitted_by]
    tell_all([_news(filing, writers, f"{filing.state}-{filing.round}", outcome, note)])


def tell_withdrawn(filing: Filing) -> None:
    """Tell the leads that what they approved is not going to happen."""
    tell_all([_news(filing, [], "withdrawn", lambda: _("An approved filing was withdrawn"), holding=_leads())])


def tell_not_carried_out(filing: Filing, sentence: str) -> None:
    """Tell the leads that the registry did not take an approved filing."""
    tell_all(_not_carried_out(filing, sentence))


def _not_carried_out(filing: Filing, sentence: str) -> list[News]:
    def refused() -> str:
        return _("An approved filing could not be carried out")

    return [_news(filing, [], "not-carried-out", refused, sentence, _leads())]


def _leads() -> tuple[Holding]:
    return (("workgroups.decide_filings", in_charge(CLAUSE)),)


def _news(
    filing: Filing,
    people: Iterable[Any],
    key: str,
    subject: Callable[[], str],
    note: str = "",
    holding: Sequence[Holding] = (),
) -> News:
    def about():
        facts = filing.library.facts
        return _("%(kind)s · %(library)s · takes effect on %(day)s") % {
            "kind": filing.what.title,
            "library": facts.name if facts else filing.library.code,
            "day": in_words(filing.effective_on),
        }

    return News(
        people=[person for person in people if person],
        holding=holding,
        key=f"filing-{filing.pk}-{key}",
        kind=FILING,
        subject=lambda: _("%(what)s: %(about)s") % {"what": subject(), "about": filing.number or about()},
        body=lambda: "\n".join(filter(None, [about(), str(note)])),
        link=filing.get_absolute_url(),
    )

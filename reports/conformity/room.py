"""The card of conformity with the standard."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from committee.proposals.suggestions import Suggestion
from fsul_portal.grammar.evidence import Standing
from fsul_portal.rooms import Card, Entry, evidence_of
from fsul_portal.standard import DUTIES


def clauses_at_risk(day: date) -> Iterator[Suggestion]:
    """Propose the duties that are at risk or not held, each once a year (6.2.1 b)."""
    for clause in DUTIES:
        query = evidence_of(clause.number)
        evidence = query(day) if query else None
        if evidence and evidence.standing in (Standing.AT_RISK, Standing.NOT_HELD):
            told = {"clause": clause.number, "title": clause.title, "standing": Standing(evidence.standing).label}
            title = gettext("%(clause)s %(title)s: %(standing)s") % told
            yield Suggestion(
                None, title, evidence.sentence, clause.number, str(day.year), f"clause:{clause.number}", evidence.url
            )


CARD = Card(
    offers={"agenda": clauses_at_risk},
    menu=(Entry(_("Reports"), _("Conformity"), "reports:conformity", "check", 50),),
)

"""The card of suggestions."""

from fsul_portal.grammar.evidence import Evidence, Standing
from fsul_portal.rooms import Card, Entry, Find
from tests.fsul_portal.suggestions.models import Suggestion


def suggestions_answered(day):
    made = Suggestion.objects.filter(made_at__year=day.year)
    waiting = made.filter(state=Suggestion.State.OPEN).count()
    return Evidence(Standing.AT_RISK if waiting else Standing.HELD, f"{waiting} waiting", records=made.count())


CARD = Card(
    menu=(Entry("Working groups", "Suggestions", "suggestion-list", "inbox", 90),),
    acts={"suggested": "made", "reviewed": "reviewed", "closed": "closed"},
    evidence={"7.3": suggestions_answered},
    finds=(Find(Suggestion, ("title", "text")),),
)

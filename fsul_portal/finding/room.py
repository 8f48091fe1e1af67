"""The card of finding: what an older release has left without search words."""

from fsul_portal.finding.actions import fill_search_words
from fsul_portal.rooms import Card

CARD = Card(defaults={"search words": fill_search_words})

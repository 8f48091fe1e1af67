"""The card of who waits for whom (6.2.1 j)."""

from fsul_portal.rooms import Card

CARD = Card(clauses=("6.2.1 j",))

"""Describe several tasks that belong together."""

from dataclasses import dataclass

from fsul_portal.grammar.words import Words


@dataclass(frozen=True)
class Item:
    """One line of a checklist; with a permission it is for whoever holds it on the place of the checklist."""

    title: Words
    days: int
    evidence: str = "nothing"
    permission: str = ""
    text: Words = ""


@dataclass(frozen=True)
class Checklist:
    """Tasks that are given at once, such as what a new branch needs before it opens."""

    title: Words
    items: tuple[Item, ...]

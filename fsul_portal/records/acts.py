"""Name the acts that records hold, in the words of the rooms' cards."""

from fsul_portal.grammar.words import Words
from fsul_portal.rooms import act_words


def in_words(verb: str) -> Words:
    """Return the words of an act; a verb that no card names is shown as it was written."""
    return act_words().get(verb, verb)

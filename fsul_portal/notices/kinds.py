"""Know the kinds of notices among which a person chooses; what no room has declared is told like everything else.

A room declares its kinds beside its letters: `kind("filing", _("Filings"))`.
"""

from fsul_portal.grammar.words import Words

OTHERS = ""
KINDS: dict[str, Words] = {}


def kind(key: str, title: Words) -> str:
    """Declare a kind of notices; return its key."""
    KINDS[key] = title
    return key


def kind_of(key: str) -> str:
    """Return the kind which the key of a notice speaks of: what stands before its first colon."""
    return key.split(":", 1)[0][:40]


def chosen_as(kind: str) -> str:
    """Return the kind under which a person has chosen for this one."""
    return kind if kind in KINDS else OTHERS

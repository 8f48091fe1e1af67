"""Know the kinds of notices among which a person chooses; what no room has declared is told like everything else.

A room declares its kinds beside its letters: `kind("filing", _("Filings"))`.
"""

from fsul_portal.grammar.words import Words

OTHERS = ""
KINDS: dict[str, Words] = {}
# What reaches everybody by mail at once; what is the same for everybody, so that a group may read it.
OBLIGATORY: set[str] = set()
FOR_GROUPS: set[str] = set()


def kind(key: str, title: Words, *, is_obligatory: bool = False, for_groups: bool = False) -> str:
    """Declare a kind of notices; return its key."""
    KINDS[key] = title
    OBLIGATORY.update({key} if is_obligatory else ())
    FOR_GROUPS.update({key} if for_groups else ())
    return key


def kind_of(key: str) -> str:
    """Return the kind which the key of a notice speaks of: what stands before its first colon."""
    return key.split(":", 1)[0][:40]


def chosen_as(kind: str) -> str:
    """Return the kind under which a person has chosen for this one."""
    return kind if kind in KINDS else OTHERS

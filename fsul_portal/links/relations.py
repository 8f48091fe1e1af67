"""Know in which ways two records belong together, in words for both ends."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from fsul_portal.grammar.words import Words


@dataclass(frozen=True)
class Relation:
    """A way; `there` is said on the page of the first record, `back` on that of the second.

    is_mutual: it makes no difference which of the two is the first.
    """

    key: str
    there: Words
    back: Words
    is_mutual: bool = False


RELATIONS: dict[str, Relation] = {}


def relation(key: str, there: Words, back: Words, *, is_mutual: bool = False) -> str:
    """Declare a way in which records belong together; return its key."""
    RELATIONS[key] = Relation(key, there, back, is_mutual)
    return key


RELATED = relation("related", _("Belongs with"), _("Belongs with"), is_mutual=True)
REPLACES = relation("replaces", _("Replaces"), _("Is replaced by"))
FOLLOWS = relation("follows", _("Follows from"), _("Leads to"))

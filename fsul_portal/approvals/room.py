"""The card of approvals: the acts which all matters share, and the turns that wait."""

from collections import Counter

from django.utils.translation import pgettext_lazy

from fsul_portal.approvals.kinds import KINDS, MatterKind
from fsul_portal.approvals.models import Turn
from fsul_portal.rooms import Card, Waiting
from fsul_portal.users import User


def turns(user: User) -> list[Waiting]:
    """Count the matters whose turn it is, each list once; a matter with two open turns is one row."""
    matters: Counter[str] = Counter()
    kinds: dict[str, MatterKind] = {}
    # A kind that left the code has no list to lead to; the clocks tell of it further.
    waiting = Turn.objects.open_to(user).filter(kind__in=KINDS).order_by()
    rows = waiting.values_list("kind", "content_type", "object_id").distinct()
    for kind, __, ___ in rows:
        what = KINDS[kind]
        kinds[what.listed()] = what
        matters[what.listed()] += 1
    return [Waiting(what.waiting, matters[url], url) for url, what in kinds.items()]


CARD = Card(
    desk=turns,
    acts={
        "agreed": pgettext_lazy("act", "agreed"),
        "recalled": pgettext_lazy("act", "recalled"),
        "taken back": pgettext_lazy("act", "gave back after acceptance"),
        "drafted": pgettext_lazy("act", "began a draft"),
        "edited": pgettext_lazy("act", "edited"),
        "submitted": pgettext_lazy("act", "submitted"),
        "returned": pgettext_lazy("act", "returned for correction"),
        "refused": pgettext_lazy("act", "refused"),
        "withdrawn": pgettext_lazy("act", "withdrew"),
        "in_force": pgettext_lazy("act", "put into force"),
    },
)

"""The card of agendas and of what is proposed for them (6.2.1 b)."""

from collections.abc import Sequence

from django.utils.translation import pgettext_lazy

from committee.agendas.models import Item
from committee.agendas.register import ITEMS
from fsul_portal.finding.hits import Find, Hit, hit_of
from fsul_portal.rooms import Card


def item_hit(item: Item, words: Sequence[str]) -> Hit:
    """Show an item with its meeting."""
    return hit_of(item, line=item.meeting.title)


CARD = Card(
    clauses=("6.2.1 b",),
    acts={
        "item dealt": pgettext_lazy("act", "noted that the item was dealt with"),
        "item carried over": pgettext_lazy("act", "carried the item over"),
        "item changed": pgettext_lazy("act", "changed the item"),
        "item put back": pgettext_lazy("act", "put the item back"),
        "item put on": pgettext_lazy("act", "put the item on the agenda"),
        "item taken off": pgettext_lazy("act", "took the item off the agenda"),
        "item written": pgettext_lazy("act", "wrote the minutes of the item"),
    },
    finds=(Find(Item, ITEMS.search, "list", shown=item_hit, listed="committee:item-list?tab=all&words=", sort=31),),
)

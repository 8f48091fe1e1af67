"""The card of what runs out."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fsul_portal.grammar.things import kind_of, readable
from fsul_portal.ledgers.models import LedgerEntry
from fsul_portal.lives.models import heirs
from fsul_portal.lives.rules import sits
from fsul_portal.rooms import Card, Due
from fsul_portal.users import User


def running_out(user: User, first: date, last: date) -> Iterator[Due]:
    """Give the last days of what runs out; it waits for whoever keeps it."""
    for model in heirs(LedgerEntry):
        entries: Any = readable(model, user)
        for entry in entries.running_out(first, last).order_by("until", "pk"):
            key, url = f"{kind_of(entry)}-{entry.pk}", entry.get_absolute_url()
            yield Due(key, entry.until, _("Runs out"), str(entry), url, own=sits(user, entry, "keeper"))


CARD = Card(
    dues=running_out,
    acts={
        "ledger entered": pgettext_lazy("act", "entered"),
        "ledger corrected": pgettext_lazy("act", "put right"),
        "ledger renewed": pgettext_lazy("act", "renewed"),
        "ledger ended": pgettext_lazy("act", "ended"),
        "ledger follows": pgettext_lazy("act", "let it follow another entry"),
    },
)

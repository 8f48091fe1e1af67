"""Know the papers which the rooms issue for their records.

A room says in its `papers.py` what it offers; the record's model answers `objects.visible_to(user)`, and whoever reads
the record reads the papers issued for it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.db.models import Model
from django.utils.translation import override

from fsul_portal.grammar.words import Words
from fsul_portal.letters.content import Letter
from fsul_portal.rooms import holding
from fsul_portal.users import User
from fsul_portal.verdicts import Verdict

# A paper says what its Chinese text says; the English one is a translation of it.
LANGUAGE_OF_PAPERS, ENGLISH = "zh-hans", "en"


@dataclass(frozen=True)
class Offer:
    """A paper of one kind for the records of one model.

    keeps: (user, record) -> who may draft, issue and withdraw it. is_due: record -> whether there is something to
    issue. write: record -> what stands on it; without a day it gets the day of issue.
    """

    key: str
    title: Words
    model: str
    # Each room writes these for its own model, which the offer names.
    keeps: Callable[[User, Any], Verdict]
    is_due: Callable[[Any], Verdict]
    write: Callable[[Any], Letter]

    def letter(self, thing: Any, language: str = LANGUAGE_OF_PAPERS) -> Letter:
        """Return the paper as it is written today."""
        with override(language):
            return self.write(thing)


OFFERS: dict[str, Offer] = {}


def offered(offer: Offer) -> Offer:
    """Put a paper on offer."""
    OFFERS[offer.key] = offer
    return offer


def offers_for(thing: Model) -> list[Offer]:
    """Return the papers on offer for a record."""
    return [offer for offer in OFFERS.values() if offer.model == thing._meta.label]


def load_offers() -> None:
    """Read what every room offers, once all models are there."""
    for room in holding("papers"):
        import_module(f"{room}.papers")

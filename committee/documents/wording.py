"""Offer the papers which the committee's documents give out: the text, and the table of opinions (6.1 a, 6.1 b)."""

from typing import Any

from django.utils.translation import gettext_lazy, pgettext_lazy

from fsul_portal.letters.content import Letter
from fsul_portal.letters.offers import Offer, offered
from fsul_portal.lives.rules import may_as
from fsul_portal.papers.wording import has_number, has_opinions, opinions_on_paper, text_on_paper
from fsul_portal.users import User
from fsul_portal.verdicts import Verdict

COMMITTEE = pgettext_lazy("paper", "Committee of the Foshan United Library")


def may_keep_papers(user: User, paper: Any) -> Verdict:
    """Whoever issues the documents gives them out on paper."""
    return may_as(user, paper, "issuer")


def written(paper: Any) -> Letter:
    """Write the text, signed by the committee."""
    return text_on_paper(paper, str(COMMITTEE))


def offers_of(key: str, model: str) -> None:
    """Put the text and the opinions of one kind of document on offer."""
    offered(Offer(key, gettext_lazy("text of the document"), model, may_keep_papers, has_number, written))
    offered(
        Offer(
            f"{key}-opinions",
            gettext_lazy("table of opinions"),
            model,
            may_keep_papers,
            has_opinions,
            opinions_on_paper,
        )
    )

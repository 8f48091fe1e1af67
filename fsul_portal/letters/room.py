"""The card of papers that go out."""

from collections.abc import Sequence

from django.utils.translation import pgettext_lazy

from fsul_portal.finding.hits import Find, Hit, hit_of, joined
from fsul_portal.finding.matches import read
from fsul_portal.letters.models import Document
from fsul_portal.rooms import Card
from fsul_portal.templatetags.figures import day


def paper_hit(document: Document, words: Sequence[str]) -> Hit:
    """Show a paper with what it is and its day."""
    return hit_of(document, line=joined(document.get_kind_display(), day(document.made_at)))


CARD = Card(
    acts={
        "issued": pgettext_lazy("act", "issued"),
        "stamped": pgettext_lazy("act", "kept the scan of the sealed paper"),
    },
    finds=(Find(Document, (read,), "report", shown=paper_hit, sort=50),),
)

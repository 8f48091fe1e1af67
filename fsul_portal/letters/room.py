"""The card of papers that go out."""

from django.utils.translation import pgettext_lazy

from fsul_portal.letters.models import Document
from fsul_portal.rooms import Card, Find

CARD = Card(
    acts={
        "issued": pgettext_lazy("act", "issued"),
        "stamped": pgettext_lazy("act", "kept the scan of the sealed paper"),
    },
    finds=(Find(Document, ("number", "title")),),
)

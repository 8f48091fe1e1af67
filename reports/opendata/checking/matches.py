"""Find the published edition that a code or a file belongs to (6.2.1 j)."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.urls import reverse

from fsul_portal.files.contents import Upload
from fsul_portal.letters.codes import PRINTED, code_of_digest, digests_of_code
from reports.editions.models import Edition

# What covers showed before they had a code: how the digest begins.
FINGERPRINT = re.compile(r"[0-9a-f]{16}|[0-9a-f]{64}")
FORMS = ("pdf", "xlsx", "json", "pdf_en", "xlsx_en")
CHUNK = 1 << 20


class Match(NamedTuple):
    """A published edition, with the newest published one of the same report where that is another."""

    edition: Edition
    replaced_by: Edition | None

    @property
    def code(self) -> str:
        return code_of_digest(self.edition.digest)


def is_code(text: str) -> bool:
    """Say whether a text is spelled as a code, or as a fingerprint of before."""
    return bool(PRINTED.fullmatch(text) or FINGERPRINT.fullmatch(text))


def published_under(code: str) -> Match | None:
    """Return the published edition of a code as it is printed, None where there is none."""
    if FINGERPRINT.fullmatch(code):
        found = _published().filter(digest__startswith=code)
    elif PRINTED.fullmatch(code):
        first, last = digests_of_code(code)
        found = _published().filter(digest__gte=first, digest__lte=last)
    else:
        return None
    edition = found.first()
    return Match(edition, _newer(edition)) if edition else None


def address_of(code: str) -> Iterable[str]:
    """Yield where the report of a code is checked, for the page that checks the codes of all papers."""
    if published_under(code):
        yield reverse("reports:report-check-code", args=[code])


def published_file(file: Upload) -> Match | None:
    """Return the published edition one of whose documents is this very file; the file is read and let go of."""
    wanted, size = "", file.size
    for edition, form in _documents():
        document = getattr(edition, form)
        # Only a file of that size can be the same: of all the others nothing is read.
        if _size(document) == size:
            wanted = wanted or _digest(file)
            if _digest(document) == wanted:
                return Match(edition, _newer(edition))
    return None


def _published() -> QuerySet[Edition]:
    return Edition.objects.filter(published_at__isnull=False).defer("snapshot")


def _documents() -> Iterator[tuple[Edition, str]]:
    for edition in _published():
        yield from ((edition, form) for form in FORMS if getattr(edition, form))


def _newer(edition: Edition) -> Edition | None:
    later = Q(kind=edition.kind, period=edition.period, number__gt=edition.number)
    return _published().filter(later).order_by("-number").first()


def _size(document: Upload) -> int | None:
    try:
        return document.size
    except OSError:
        # The store has lost it: nothing can be compared with it.
        return None


def _digest(file: Upload) -> str:
    total = hashlib.sha256()
    with file.open("rb") as opened:
        for chunk in opened.chunks(CHUNK):
            total.update(chunk)
    return total.hexdigest()

"""Find what a code means the way a person compares it, so that no thing comes to stand twice."""

import re
import unicodedata
from collections.abc import Iterable

from django.utils.translation import gettext as _

ZEROS = re.compile(r"(?<!\d)0+(?=\d)")
UNSEEN = {"Cf", "Cc", "Zs"}


class Codes:
    """The codes that are taken: one that looks the same is the same, one that lacks zeros is asked about."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        self.exact: set[str] = set()
        self.alike: dict[str, str] = {}
        self.bare: dict[str, str] = {}
        for code in known:
            self.add(code)

    def add(self, code: str) -> None:
        self.exact.add(code)
        self.alike.setdefault(seen(code), code)
        self.bare.setdefault(without_zeros(code), code)

    def find(self, code: str) -> str:
        """Return the code that is known, or the same text where none is."""
        return code if code in self.exact else self.alike.get(seen(code), code)

    def missed(self, code: str) -> str:
        """Return the known code from which this one differs by zeros only; nothing where it is known itself."""
        if not code or self.find(code) in self.exact:
            return ""
        return self.bare.get(without_zeros(code), "")

    def doubt(self, code: str) -> str:
        """Say which known code may be meant, or nothing."""
        meant = self.missed(code)
        return _("%(code)s is not known. Did you mean %(meant)s?") % {"code": code, "meant": meant} if meant else ""


def seen(code: str) -> str:
    """Reduce a code to what a person compares: no case, no width, nothing invisible."""
    plain = unicodedata.normalize("NFKC", code)
    return "".join(letter for letter in plain if unicodedata.category(letter) not in UNSEEN).casefold()


def without_zeros(code: str) -> str:
    return ZEROS.sub("", seen(code))

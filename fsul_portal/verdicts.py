"""Say who may, and if not, why: every rule answers with one of these."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied


class Overtaken(PermissionDenied):
    """Stand for a refusal because somebody else was faster; the page answers 409."""


@dataclass(frozen=True)
class Allowed:
    sentence: str = ""

    def __bool__(self):
        return True


@dataclass(frozen=True)
class Denied:
    """Carry the sentence which the button, the 403 page and the test all show."""

    sentence: str
    overtaken: bool = False

    def __bool__(self):
        return False


Verdict = Allowed | Denied


def require(verdict: Verdict) -> None:
    """Raise PermissionDenied with the verdict's sentence unless it allows."""
    if verdict:
        return
    refusal = Overtaken if getattr(verdict, "overtaken", False) else PermissionDenied
    raise refusal(verdict.sentence)

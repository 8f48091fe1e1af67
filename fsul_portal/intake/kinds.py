"""Name the kinds of file that the portal takes in; each room registers its own."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from fsul_portal.grammar.words import Words
from fsul_portal.intake.columns import Column
from fsul_portal.intake.forms import UploadForm
from fsul_portal.intake.plans import Plan
from fsul_portal.users import Request, User
from fsul_portal.verdicts import Verdict


def nothing_more(request: Request) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Intake:
    """A kind of file.

    page: the name of its first page, to which “-preview” and “-problems” are added; without one it comes by command
    alone. may: the rule that asks who sends such files. columns: what stands in the help. form: the wishes. back: name
    and label of the page to which one returns. known: names and codes by which a text is recognised. apart: titles of
    sheets that are never meant. aside, context: the room's own part of the first page.
    """

    key: str
    plan: type[Plan]
    columns: Callable[[], Sequence[Column]]
    may: Callable[[User], Verdict]
    form: type[UploadForm] = UploadForm
    page: str = ""
    title: Words = ""
    lead: Words = ""
    clause: str = ""
    back: tuple[str, Words] = ("dashboard", "")
    known: Callable[[], Iterable[str]] = tuple
    apart: Callable[[], Iterable[str]] = tuple
    aside: str = ""
    context: Callable[[Request], dict[str, Any]] = nothing_more

    def address(self, page: str = "", key: str = "") -> str:
        return reverse(f"{self.page}-{page}", args=[key]) if page else reverse(self.page)

    def headings(self) -> list[str]:
        return [str(heading) for column in self.columns() for heading in column.headings]


KINDS: dict[str, Intake] = {}


def register(kind: Intake) -> Intake:
    KINDS[kind.key] = kind
    return kind


def kind_named(key: str) -> Intake:
    return KINDS[key]

"""Answer what one person asks of a list: the tab, the filters, the order, the columns."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.http import QueryDict

from fsul_portal.grammar.words import Words
from fsul_portal.registers.columns import Cell, Column
from fsul_portal.registers.filters import Narrowing
from fsul_portal.registers.forms import without_page
from fsul_portal.registers.models import KeptView
from fsul_portal.users import User

if TYPE_CHECKING:
    from fsul_portal.registers.register import Register

CHUNK = 1000


@dataclass(frozen=True)
class Tab:
    """A part of the rows under a name; a counted one says how many, an empty one what that means.

    asked: the query that opens it, where that is another one than `tab=key`.
    """

    key: str
    title: Words
    rows: Callable[[], QuerySet[Any]]
    is_counted: bool = False
    empty: Words = ""
    asked: str = ""


class Listing:
    """The rows and columns that one query string asks for; a page and an export of it show the same."""

    def __init__(self, register: "Register", user: User, query: QueryDict) -> None:
        self.register, self.user, self.query = register, user, query

    @cached_property
    def tabs(self) -> Sequence[Tab]:
        return self.register.tabs(self.user)

    @cached_property
    def tab(self) -> Tab | None:
        return self.register.open_tab(self.tabs, self.query)

    @cached_property
    def narrowing(self) -> Narrowing:
        rows = self.tab.rows() if self.tab else self.register.rows(self.user)
        return self.register.narrowing(self.query, rows, self.user)

    @cached_property
    def rows(self) -> QuerySet[Any]:
        """Return the rows in their order; the key at its end lets no row stand on two pages."""
        return self.register.fetched(self.narrowing.qs).order_by(*self.order, "-pk")

    @property
    def order(self) -> tuple[str, ...]:
        asked = self.query.get("order", "")
        column = next((one for one in self.known if one.fields and one.key == asked.removeprefix("-")), None)
        if column is None:
            return self.register.order
        return turned(column.fields) if asked.startswith("-") else column.fields

    @property
    def known(self) -> list[Column]:
        """Return the columns that can be chosen here."""
        key = self.tab.key if self.tab else ""
        return [column for column in self.register.columns if not column.only_in or key in column.only_in]

    @cached_property
    def kept(self) -> list[KeptView]:
        return list(KeptView.objects.of(self.user, self.register))

    @property
    def columns(self) -> list[Column]:
        """Return the chosen columns in the order of the register; what names the row is always there."""
        chosen = next((view.query.split() for view in self.kept if not view.name), None)
        if chosen is None:
            return [column for column in self.known if column.is_shown]
        return [column for column in self.known if column.is_name or column.only_in or column.key in chosen]

    @property
    def filters(self) -> list[KeptView]:
        return [view for view in self.kept if view.name]

    @property
    def asked(self) -> str:
        """Return the query string as it is kept, exported and led back to."""
        return without_page(self.query)

    @property
    def is_narrowed(self) -> bool:
        return self.narrowing.is_used

    def lines(self, things: Iterable[Any]) -> list[tuple[Any, list[Cell]]]:
        return [(thing, [column.drawn(thing) for column in self.columns]) for thing in things]

    def heads(self) -> list[Column]:
        return [column for column in self.columns if column.is_exported]

    def values(self) -> Iterator[list[Any]]:
        """Give all rows one by one, whatever page is open, as they are exported."""
        heads = self.heads()
        for thing in self.rows.iterator(chunk_size=CHUNK):
            yield [column.of(thing) for column in heads]


def turned(fields: Sequence[str]) -> tuple[str, ...]:
    return tuple(field.removeprefix("-") if field.startswith("-") else f"-{field}" for field in fields)

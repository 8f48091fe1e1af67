"""Say what a list, a page and an export show of a thing: a heading, a value, an order."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from fsul_portal.grammar.words import Words

PLAIN, STATE, NUMBER, DAY, MOMENT = "plain", "state", "number", "day", "moment"


@dataclass(frozen=True)
class Column:
    """One thing that is said of each row.

    value: an attribute (`library.code`), a method without arguments, or a function of the thing. sort: the fields of
    the model by which it is ordered. cell: a template of the room; it gets `value`, `thing`, and the thing under the
    name of its model. is_name: it names the row and leads to its page. is_code: a sheet keeps its zeros. only_in: the
    tabs that it belongs to. is_shown: it is there until somebody chooses.
    """

    key: str
    title: Words
    value: str | Callable[[Any], Any] = ""
    sort: str | tuple[str, ...] = ()
    cell: str = ""
    is_name: bool = False
    is_number: bool = False
    is_state: bool = False
    is_shown: bool = True
    is_exported: bool = True
    is_code: bool = False
    only_in: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        return (self.sort,) if isinstance(self.sort, str) else self.sort

    def of(self, thing: Any) -> Any:
        """Return the value of the column for a thing; nothing along the way is nothing at its end."""
        if callable(self.value):
            return self.value(thing)
        if self.is_state:
            return thing.get_state_display()
        for name in (self.value or self.key).split("."):
            thing = getattr(thing, name, None)
            thing = thing() if callable(thing) else thing
        return thing

    def drawn(self, thing: Any) -> "Cell":
        return Cell(self, thing, self.of(thing))


@dataclass(frozen=True)
class Cell:
    """What a column says of one thing."""

    column: Column
    thing: Any
    value: Any

    @property
    def kind(self) -> str:
        """Return how the value is drawn; a moment is a day too, so it is asked first."""
        if self.column.is_state:
            return STATE
        if isinstance(self.value, datetime):
            return MOMENT
        if isinstance(self.value, date):
            return DAY
        if isinstance(self.value, int) and not isinstance(self.value, bool) and self.column.is_number:
            return NUMBER
        return PLAIN

    @property
    def is_empty(self) -> bool:
        return self.value is None or self.value == ""

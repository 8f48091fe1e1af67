"""Say in which models one searches, and in what shape a hit is shown."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.db.models import Count, IntegerField, Model, Q, QuerySet, Subquery, Window
from django.urls import reverse
from django.utils.text import capfirst

from fsul_portal.finding.matches import Match, meeting, words_of
from fsul_portal.grammar.states import PLAIN, Look, look_of
from fsul_portal.grammar.words import Words
from fsul_portal.users import User

MOST_COUNTED = 200


@dataclass(frozen=True)
class Hit:
    """Something found: its name, where it stands, a line that tells it from its like, its state."""

    title: str
    url: str
    line: str = ""
    state: Words = ""
    look: Look = PLAIN


def hit_of(thing: Any, title: str = "", line: str = "") -> Hit:
    """Show a thing by its own name and, where it has one, its state."""
    title, url = title or str(thing), thing.get_absolute_url()
    if not hasattr(thing, "get_state_display"):
        return Hit(title, url, line)
    return Hit(title, url, line, thing.get_state_display(), look_of(str(thing.state)))


def plain_hit(thing: Any, words: Sequence[str]) -> Hit:
    return hit_of(thing)


def joined(*parts: Any) -> str:
    """Join what is known of a thing to one line."""
    return " · ".join(str(part) for part in parts if part)


def _as_it_is(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows


@dataclass(frozen=True)
class Find:
    """A model in which one searches; its queryset knows `visible_to(user)`, its rows their address.

    matches: what meets a word; condition: what meets all of them at once, in its place, and cuts at what is counted.
    along: fetches along what a hit shows. shown: makes the hit of a row. listed: the query that shows all of them, of
    which only the words are missing (`"members:library-list?q="`). open_to: what a person may see, where the queryset
    does not say so itself. asked: what has to be among the words, else nothing is asked.
    """

    model: type[Model]
    matches: tuple[Match, ...]
    icon: str = "folder"
    along: Callable[[Any], Any] = _as_it_is
    shown: Callable[[Any, Sequence[str]], Hit] = plain_hit
    listed: str = ""
    order: tuple[str, ...] = ()
    open_to: Callable[[User], Any] | None = None
    asked: Callable[[Sequence[str]], bool] = bool
    condition: Callable[[Sequence[str]], Q] | None = None
    sort: int = 90
    title: Words = ""

    def found(self, user: User, words: Sequence[str]) -> Any:
        """Return what this person may see that meets each of the words."""
        manager: Any = self.model._default_manager
        seen = self.open_to(user) if self.open_to else manager.visible_to(user)
        return seen.filter(self.condition(words) if self.condition else meeting(self.matches, words))

    def rows(self, user: User, words: Sequence[str]) -> Any:
        """Return the same in its order, with what a hit shows."""
        found = self.found(user, words)
        return self.along(found.order_by(*self.order, "pk") if self.order else found)

    def all_of(self, text: str) -> str:
        """Return the address of the list that shows all hits, nothing where there is none."""
        view, __, query = self.listed.partition("?")
        return f"{reverse(view)}?{query}{quote(text)}" if view else ""


class UpTo(Subquery):
    """Count the rows of a cut query along: a word that everything holds is counted no further than the cut."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


@dataclass(frozen=True)
class Found:
    """The hits of one kind: the first of them, and how many there are."""

    find: Find
    hits: Sequence[Hit]
    count: int
    more: str

    @property
    def is_cut(self) -> bool:
        return self.count == MOST_COUNTED

    @property
    def title(self) -> Words:
        return self.find.title or capfirst(str(self.find.model._meta.verbose_name_plural))


def _count(find: Find, user: User, words: Sequence[str]) -> Any:
    # What its condition has cut is counted as it is read: a second reading would cost as much again.
    return (
        Window(Count("*")) if find.condition else UpTo(find.found(user, words).order_by().values("pk")[:MOST_COUNTED])
    )


def ask(find: Find, user: User, text: str, *, most: int) -> Found | None:
    """Return the first hits of a kind with how many there are, None where nothing is found."""
    words = words_of(text)
    if not find.asked(words):
        return None
    rows = list(find.rows(user, words).annotate(hits=_count(find, user, words))[:most])
    if not rows:
        return None
    more = find.all_of(text) if rows[0].hits > len(rows) else ""
    return Found(find, [find.shown(row, words) for row in rows], rows[0].hits, more)

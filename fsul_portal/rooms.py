"""Read the cards of all rooms; a room says in its `room.py` what the rest of the house needs to know of it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cache
from importlib import import_module
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import Model
from django.utils import timezone, translation

from fsul_portal.finding.hits import Find as Find
from fsul_portal.finding.matches import words_of
from fsul_portal.grammar.evidence import Evidence
from fsul_portal.grammar.words import Words
from fsul_portal.users import User
from fsul_portal.verdicts import Allowed, Verdict

# The floors from below, as import-linter holds them; the cards are read in this order.
FLOORS = ("fsul_portal", "members", "committee", "workgroups", "reports")
# What a room may give to rooms above it, by the name of the place that asks.
PLACES = {
    "agenda": "proposals for an agenda",
    "filing": "consequences of a filing",
    "return": "explanations and figures for a return",
    "locked return": "what was corrected in a locked return, and the ways to correct it",
    "month": "the reports of a month or year",
    "score": "sources of a score",
    "report": "chapters of a report",
    "chronicle": "what happened between two days, for the chronicle of a year",
    "person": "what is held of a person",
    "roles": "people whose roles are not those that something else says",
    "library": "approved changes of libraries that lie ahead",
    "code": "addresses of what a printed code names, beside papers",
}


MENU_FLOORS = ("Overview", "Members", "Committee", "Working groups", "Reports")


def everybody(user: User) -> Verdict:
    """A page without a rule of its own is open to all who are logged in."""
    return Allowed()


@dataclass(frozen=True)
class Entry:
    """A line of the menu: on which floor of it, where it leads, and the rule that the page itself asks.

    key: the letter that leads there after a g, where it has one.
    """

    floor: Words
    title: Words
    view: str
    icon: str
    sort: int
    rule: Callable[[User], Verdict] = everybody
    key: str = ""


@dataclass(frozen=True)
class Job:
    """What a room does by the clock: every so many seconds, or at an hour and minute of the city's time.

    title: what people call it; weekday: on this day of the week only, 0 being Sunday as in a crontab.
    """

    task: str
    title: Words = ""
    every: int = 0
    daily: tuple[int, int] | None = None
    weekday: int | None = None

    def __post_init__(self) -> None:
        if (self.every > 0) == (self.daily is not None):
            raise ValueError(f"{self.task} runs either every so many seconds or daily at a time.")
        if self.daily:
            # Raises for what is no time of a day.
            time(*self.daily)
        if self.weekday is not None and (self.daily is None or self.weekday not in range(7)):
            raise ValueError(f"{self.task} runs on a day of the week from 0 to 6, at a time.")

    @property
    def times(self) -> str:
        """Return its times in one word, to be compared with how it was loaded before."""
        if self.daily is None:
            return f"every {self.every}"
        day = "daily" if self.weekday is None else f"weekday {self.weekday}"
        return "{} {:02}:{:02}".format(day, *self.daily)


@dataclass(frozen=True)
class Waiting:
    """A line of a desk: its words, how many, the list that shows exactly these, since when the oldest waits."""

    label: Words
    count: int
    url: str
    since: date | None = None

    @property
    def days(self) -> int | None:
        """Return for how many days the oldest has been waiting, None where nobody keeps it."""
        return None if self.since is None else (timezone.localdate() - self.since).days


@dataclass(frozen=True)
class Due:
    """Something of a day: what it is, where it leads, and whether it waits for this person or belongs to the office.

    key names it for good, so that a calendar which fetches it again changes its line instead of adding one.
    starts_at, ends_at: where it has hours; a day without is a day until the end of which there is time. on_time_until:
    the last day on which nobody is called late, where that is a later one. sequence: grows with each change.
    is_cancelled: only feeds tell it, since a program that has taken it would keep it for ever.
    """

    key: str
    day: date
    kind: Words
    title: str
    url: str
    own: bool
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    on_time_until: date | None = None
    place: str = ""
    sequence: int = 0
    is_cancelled: bool = False


@dataclass(frozen=True)
class Card:
    """All that others draw from a room; each field is empty where the room has nothing of the kind."""

    clauses: tuple[str, ...] = ()
    menu: tuple[Entry, ...] = ()
    acts: Mapping[str, Words] = field(default_factory=dict)
    permissions: Mapping[str, Words] = field(default_factory=dict)
    jobs: tuple[Job, ...] = ()
    defaults: Mapping[str, Callable[[], int]] = field(default_factory=dict)
    evidence: Mapping[str, Callable[[date], Evidence]] = field(default_factory=dict)
    finds: tuple[Find, ...] = ()
    desk: Callable[[User], Iterable[Waiting]] | None = None
    dues: Callable[[User, date, date], Iterable[Due]] | None = None
    offers: Mapping[str, Callable[..., Iterable[Any]]] = field(default_factory=dict)


@cache
def packages() -> tuple[str, ...]:
    """Return the dotted names of all packages of the house, floor by floor."""
    # By their files: importing them all would load what only a few need.
    folders = [path.parent for floor in FLOORS for path in sorted((settings.BASE_DIR / floor).rglob("__init__.py"))]
    return tuple(".".join(folder.relative_to(settings.BASE_DIR).parts) for folder in folders)


def holding(module: str) -> list[str]:
    """Return the packages that hold a module of this name, such as `tasks`."""
    return [name for name in packages() if (settings.BASE_DIR / name.replace(".", "/") / f"{module}.py").is_file()]


@cache
def cards() -> dict[str, Card]:
    """Return the cards by room, from the lowest floor up; they are read once, after the models."""
    apps.check_models_ready()
    return {name: import_module(f"{name}.room").CARD for name in holding("room")}


@cache
def menu() -> list[Entry]:
    """Return the lines of the menu: overview first, then floor by floor as the cards come, each in its own order."""
    entries = [entry for card in cards().values() for entry in card.menu]
    floors = [*dict.fromkeys([*MENU_FLOORS, *(_plain(entry.floor) for entry in entries)])]
    return sorted(entries, key=lambda entry: (floors.index(_plain(entry.floor)), entry.sort))


def _plain(words: Words) -> str:
    """Return words as they stand in the code, whatever language is spoken now."""
    with translation.override(None):
        return str(words)


def act_words() -> dict[str, Words]:
    """Return the words of all acts that records hold."""
    return {verb: words for card in cards().values() for verb, words in card.acts.items()}


def permission_words() -> dict[str, Words]:
    """Return what each permission means."""
    return {name: words for card in cards().values() for name, words in card.permissions.items()}


def jobs() -> list[Job]:
    return [job for card in cards().values() for job in card.jobs]


def job_words() -> dict[str, Words]:
    """Return what people call each job, by its task."""
    return {job.task: job.title for job in jobs()}


def evidence_of(clause: str) -> Callable[[date], Evidence] | None:
    """Return the query which answers for a clause, None where no room keeps records of it."""
    return next((card.evidence[clause] for card in cards().values() if clause in card.evidence), None)


def waiting_for(user: User) -> list[Waiting]:
    """Return what the rooms have for a person's desk beside turns and tasks, only where there is something."""
    found = [line for card in cards().values() if card.desk for line in card.desk(user)]
    return [line for line in found if line.count]


def dues_between(user: User, first: date, last: date, *, with_cancelled: bool = False) -> list[Due]:
    """Return what is due or takes place from `first` to `last`, as far as this person may read it, by the day."""
    known = [due for card in cards().values() if card.dues for due in card.dues(user, first, last)]
    found = [due for due in known if with_cancelled or not due.is_cancelled]
    return sorted(found, key=lambda due: (due.day, due.starts_at.timestamp() if due.starts_at else 0, due.key))


def offered(place: str, *about: Any) -> list[Any]:
    """Return what all rooms give to a place, such as `agenda`; a place that nobody knows is a mistake."""
    if place not in PLACES:
        raise KeyError(place)
    given = [card.offers[place] for card in cards().values() if place in card.offers]
    return [thing for give in given for thing in give(*about)]


def finds() -> list[Find]:
    """Return in what one searches, in the order in which the kinds are shown."""
    return sorted((find for card in cards().values() for find in card.finds), key=lambda find: find.sort)


def search(user: User, text: str, most: int = 20) -> list[Model]:
    """Return the records that this person may read and the words meet, room by room, a query each."""
    words = words_of(text)
    # A record says itself who reads it; of people and divisions nothing is read but their names.
    asked = [find for find in finds() if find.open_to is None and find.asked(words)]
    return [thing for find in asked for thing in find.rows(user, words)[:most]]

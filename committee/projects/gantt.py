"""Reckon where everything stands in a Gantt chart, in units of its drawing (6.2.1 f)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from committee.projects.lights import light_of
from committee.projects.models import Milestone, Project
from fsul_portal.templatetags.figures import day as in_words

LABELS, WIDTH, ROW, HEAD, BAR = 230, 1000, 34, 30, 14
MOST_TICKS, LONGEST = 12, 15


@dataclass(frozen=True)
class Mark:
    """A milestone in the chart."""

    x: float
    y: float
    looks: str
    title: str


@dataclass(frozen=True)
class Bar:
    """A project in the chart: its bar, the part that is done, and its milestones."""

    label: str
    url: str
    looks: str
    top: float
    left: float
    width: float
    done: float
    title: str
    marks: tuple[Mark, ...] = ()

    @property
    def middle(self) -> float:
        return self.top + BAR / 2


@dataclass(frozen=True)
class Gantt:
    """A chart over the months of what it shows; `today` is None where today lies outside."""

    bars: tuple[Bar, ...]
    ticks: tuple[tuple[float, str], ...]
    today: float | None
    height: int
    left: int = LABELS
    width: int = WIDTH
    head: int = HEAD
    bar: int = BAR
    half: int = field(default=BAR // 2)


def gantt_of(projects: Sequence[Project], day: date) -> Gantt | None:
    """Return the chart of some projects on a day, None where there is nothing to draw."""
    if not projects:
        return None
    first = min(one.starts_on for one in projects).replace(day=1)
    last = _next_month(max(_end(one) for one in projects))
    scale = _Scale(first, last)
    bars = tuple(_bar(one, row, scale, day) for row, one in enumerate(projects))
    today = scale.x(day) if first <= day < last else None
    return Gantt(bars, tuple(scale.ticks()), today, HEAD + ROW * len(bars) + 8)


@dataclass(frozen=True)
class _Scale:
    first: date
    last: date

    def x(self, day: date) -> float:
        share = (day - self.first).days / (self.last - self.first).days
        return round(LABELS + share * (WIDTH - LABELS), 1)

    def ticks(self) -> list[tuple[float, str]]:
        months, month = [], self.first
        while month < self.last:
            months.append(month)
            month = _next_month(month)
        every = -(-len(months) // MOST_TICKS)
        return [(self.x(one), f"{one:%Y-%m}") for one in months[::every]]


def _bar(project: Project, row: int, scale: _Scale, day: date) -> Bar:
    left, right = scale.x(project.starts_on), scale.x(project.ends_on)
    top, light = HEAD + ROW * row + (ROW - BAR) / 2, light_of(project, day)
    told: dict[str, Any] = {
        "title": project.title,
        "first": in_words(project.starts_on),
        "last": in_words(project.ends_on),
    }
    told |= {"progress": project.progress}
    return Bar(
        _label(project.title, light),
        project.get_absolute_url(),
        light.colour.value if light else "over",
        top,
        left,
        round(right - left, 1),
        round((right - left) * project.progress / 100, 1),
        _("%(title)s: from %(first)s to %(last)s, done: %(progress)s per cent") % told,
        tuple(_mark(one, scale.x(one.due_on), top + BAR / 2, day) for one in project.milestones.all()),
    )


def _label(title: str, light: str | None) -> str:
    short = title if len(title) <= LONGEST else f"{title[: LONGEST - 1]}…"
    return f"{short} · {light}" if light else short


def _mark(milestone: Milestone, x: float, y: float, day: date) -> Mark:
    looks = "done" if milestone.done_on else "overdue" if milestone.is_overdue(day) else "open"
    return Mark(x, y, looks, f"{milestone.title} · {in_words(milestone.due_on)}")


def _end(project: Project) -> date:
    return max([project.ends_on, *(one.due_on for one in project.milestones.all())])


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)

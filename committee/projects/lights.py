"""Say by a rule whether a project is red, yellow or green, and why (6.2.1 f)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Q, TextChoices
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committee.projects.models import Milestone, Project, Risk
from fsul_portal.calendar import working_days_between
from fsul_portal.finding.pinyin import plain


class Colour(TextChoices):
    RED = "red", gettext_lazy("red")
    YELLOW = "yellow", gettext_lazy("yellow")
    GREEN = "green", gettext_lazy("green")

    @property
    def tone(self) -> str:
        return {"red": "danger", "yellow": "warning", "green": "success"}[self.value]


class Light(str):
    """The colour of a project on a day as a word, with the sentences that make it so; green has none."""

    colour: Colour
    reasons: tuple[str, ...]

    def __new__(cls, colour: Colour, reasons: tuple[str, ...] = ()) -> "Light":
        light = super().__new__(cls, colour.label)
        light.colour, light.reasons = colour, reasons
        return light


def light_of(project: Project, day: date) -> Light | None:
    """Return the light of a project that is decided on and not over; None of any other."""
    if project.state not in (Project.State.DECIDED, Project.State.UNDER_WAY):
        return None
    found = [*_of_milestones(project, day), *_of_progress(project, day), *_of_risks(project)]
    reasons = tuple(sentence for __, sentence in found)
    if any(colour is Colour.RED for colour, __ in found):
        return Light(Colour.RED, reasons)
    return Light(Colour.YELLOW if found else Colour.GREEN, reasons)


def overdue_days(milestone: Milestone, day: date) -> int:
    """Return for how many working days a milestone has been overdue."""
    return working_days_between(milestone.due_on, day).days if milestone.is_overdue(day) else 0


def lag_of(project: Project, day: date) -> int:
    """Return by how many points progress is behind the share of time gone by."""
    whole = (project.ends_on - project.starts_on).days
    gone = min(max((day - project.starts_on).days, 0), whole)
    return int(gone * 100 / whole) - project.progress


def of_light(word: str) -> Q:
    """Return the condition that the light of today is called so; there are tens of projects, so each is looked at."""
    if not any(word in plain(str(colour.label)) for colour in Colour):
        return Q(pk__in=[])
    rows: Any = Project.objects.shown_in_time().for_lists()
    lights = {one.pk: light_of(one, timezone.localdate()) for one in rows}
    return Q(pk__in=[key for key, light in lights.items() if light is not None and word in plain(light)])


def _of_milestones(project: Project, day: date) -> Iterator[tuple[Colour, str]]:
    for one in project.milestones.all():
        days = overdue_days(one, day)
        if one.is_overdue(day):
            colour = Colour.RED if days > settings.PROJECT_LIGHTS["red_overdue"] else Colour.YELLOW
            yield colour, _("%(milestone)s: overdue for %(days)s working days") % {"milestone": one.title, "days": days}
    if project.ends_on < day:
        yield Colour.RED, _("its last day is over")


def _of_progress(project: Project, day: date) -> Iterator[tuple[Colour, str]]:
    if project.state != Project.State.UNDER_WAY:
        return
    if project.lacks_update(day):
        yield Colour.YELLOW, _("no update of last month")
    lag = lag_of(project, day)
    if lag > settings.PROJECT_LIGHTS["yellow_behind"]:
        colour = Colour.RED if lag > settings.PROJECT_LIGHTS["red_behind"] else Colour.YELLOW
        yield colour, _("%(lag)s points behind time") % {"lag": lag}


def _of_risks(project: Project) -> Iterator[tuple[Colour, str]]:
    count = sum(one.level == Risk.Level.HIGH and one.closed_on is None for one in project.risks.all())
    if count:
        yield Colour.YELLOW, _("%(count)s high risks open") % {"count": count}

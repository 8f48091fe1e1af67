"""Read a frozen snapshot in the active language."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.dateformat import format as format_date
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, pgettext

from fsul_portal.letters.codes import code_of_digest
from members.libraries.models import Spell

from .awaited import NOT_REPORTED, STILL_TO_COME, gaps_by_reason, told_apart
from .versions import CHANGES, upgraded

CITY_TIME = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class Indicator:
    code: str
    name: str
    unit: str
    definition: str
    stock: bool
    additive: bool = True


@dataclass(frozen=True)
class District:
    code: str
    name: str


class Reading:
    """Answer what the documents ask of a snapshot: names in the reader's language, periods as they are spoken.

    place: the district or library of which alone it speaks.
    """

    place: Any = None

    def __init__(self, snapshot):
        self.is_like_for_like = snapshot.get("version", 1) >= CHANGES
        self.snapshot = snapshot = told_apart(upgraded(snapshot))
        gaps = gaps_by_reason(snapshot)
        self.missing, self.to_come = gaps[NOT_REPORTED], gaps[STILL_TO_COME]
        self.annual = snapshot["kind"] == "annual"
        self.english = not (get_language() or "").startswith("zh")
        self.indicators = [self._indicator(entry) for entry in snapshot["dictionary"]]
        self.districts = [District(entry["code"], self._named(entry, "name")) for entry in snapshot["districts_list"]]
        self._notes = {}
        for note in snapshot["notes"]:
            self._notes.setdefault((note["library"], note["code"]), []).append(note)

    def _named(self, entry, key):
        return (self.english and entry.get(f"{key}_en")) or entry[key]

    def _indicator(self, entry):
        return Indicator(
            code=entry["code"],
            name=self._named(entry, "name"),
            unit=self._named(entry, "unit"),
            definition=self._named(entry, "definition"),
            stock=entry["stock"],
            additive=entry.get("additive", True),
        )

    @property
    def summed(self):
        """List the indicators which add up over libraries; the others have no total."""
        return [one for one in self.indicators if one.additive]

    @property
    def told(self):
        """List the indicators of which words speak: the sums that somebody reported."""
        return [one for one in self.summed if self.snapshot["system"][one.code]["value"] is not None]

    @property
    def system_name(self):
        return gettext("Foshan United Library system")

    @property
    def kind_name(self):
        return gettext("Annual operations report") if self.annual else gettext("Monthly operations report")

    @property
    def is_unfinished(self):
        """Say whether the year was not over when the figures were frozen."""
        on = self.snapshot["network"]["on"]
        return self.annual and bool(on) and on < f"{self.snapshot['period']}-12-31"

    @property
    def until_name(self):
        """Say the last day of which the figures speak."""
        return format_date(date.fromisoformat(self.snapshot["network"]["on"]), pgettext("date format", "j F Y"))

    @property
    def period_name(self):
        return self._year_name(self.snapshot["period"]) if self.annual else month_text(self.snapshot["period"])

    @property
    def year_before_name(self):
        """Say the year before, or those of its months that this year is compared with."""
        return self._year_name(str(int(self.snapshot["period"]) - 1))

    def _year_name(self, year):
        if not self.is_unfinished:
            return year_text(year)
        months = range(1, int(self.snapshot["network"]["on"][5:7]) + 1)
        words = {"year": year_text(year), "months": self.months_text([f"{year}-{month:02}" for month in months])}
        return pgettext("months of a year", "%(months)s %(year)s") % words

    @property
    def title(self):
        words = {"system": self.system_name, "kind": self.kind_name, "period": self.period_name}
        return gettext("%(system)s: %(kind)s (%(period)s)") % words

    @property
    def edition_name(self):
        words = {"edition": self.snapshot["edition"]}
        if self.snapshot["edition"] > 1:
            return gettext("Edition %(edition)s (revised)") % words
        return gettext("Edition %(edition)s") % words

    @property
    def check_code(self):
        """Return the code by which anybody can check this edition."""
        return code_of_digest(self.snapshot["hash"])

    @property
    def check_address(self):
        return settings.SITE_URL + reverse("reports:report-check")

    @property
    def frozen_at(self):
        return datetime.fromisoformat(self.snapshot["frozen_at"]).astimezone(CITY_TIME)

    @property
    def frozen_name(self):
        return format_date(self.frozen_at, pgettext("date format", "j F Y, H:i"))

    def libraries_of(self, district):
        return [one for one in self.snapshot["libraries_list"] if one["district"] == district.code]

    def notes_of(self, library, indicator):
        """Say the explanations of one cell; in a year each one names its month."""
        words = {"library": library["name"], "indicator": indicator.name}
        return [
            gettext("%(library)s, %(indicator)s, %(month)s: %(note)s")
            % {**words, "month": month_text(note["period"]), "note": note["note"]}
            for note in self._notes.get((library["code"], indicator.code), ())
        ]

    def months_text(self, periods):
        """Say which months, runs of neighbours together."""
        if self.annual and set(periods) in ({*self.snapshot["months"]}, {self.snapshot["period"]}):
            return gettext("whole year")
        positions = sorted(int(period[:4]) * 12 + int(period[5:7]) for period in periods)
        runs = [
            [position for _, position in run]
            for _, run in groupby(enumerate(positions), key=lambda pair: pair[1] - pair[0])
        ]
        return pgettext("list of months", ", ").join(self._run_text(run) for run in runs)

    def _run_text(self, run):
        spoken = pgettext("date format", "M") if self.annual else pgettext("date format", "F Y")
        ends = [format_date(date((at - 1) // 12, (at - 1) % 12 + 1, 1), spoken) for at in (run[0], run[-1])]
        return ends[0] if ends[0] == ends[1] else "—".join(ends)


def level_names() -> dict[str, str]:
    """Return what the levels of libraries are called, by the code that snapshots keep, from the uppermost down."""
    return {level.value: capfirst(str(level.label)) for level in Spell.Level}


def year_text(period):
    """Say a year."""
    return pgettext("year", "%(year)s") % {"year": period[:4]}


def month_text(period):
    """Say a month of a year, or the year of what is asked once a year."""
    if len(period) == 4:
        return year_text(period)
    return format_date(date(int(period[:4]), int(period[5:7]), 1), pgettext("date format", "F Y"))


def day_text(day):
    """Say a day for a table, where numbers line up."""
    return day[:10]


def reason_text(reason):
    """Say why a library is missing or left out; snapshots keep reasons in English, as they stand in the catalogue."""
    return gettext(reason) if reason else ""


def deliver(content, out):
    """Write a finished document to a path or an open binary file, never half of it."""
    if hasattr(out, "write"):
        out.write(content)
    else:
        Path(out).write_bytes(content)

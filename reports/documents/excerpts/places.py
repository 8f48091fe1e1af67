"""Read a report for one district or one library: what the figures are stays, what happened elsewhere is left away."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, ngettext

from ..chapters import DEFINITIONS, definitions, districts, missing, of_district
from ..layout.book import Chapter, Section, numbered
from ..network_tables import changes
from ..reading import District, Reading
from ..tables import key_figures
from .courses import months_of_place
from .peers import beside_peers


@dataclass(frozen=True)
class Place:
    """A district of a report, or a library in it."""

    code: str
    name: str
    district: District
    library: Mapping[str, Any] | None = None


def place_of(reading: Reading, code: str) -> Place | None:
    """Return the district or library of a code, None where the report has none that can be read by itself."""
    districts = {one.code: one for one in reading.districts}
    for library in reading.snapshot["libraries_list"]:
        if library["code"] == code and library["district"] in districts:
            return Place(code, library["name"], districts[library["district"]], library)
    found = districts.get(code)
    return Place(code, found.name, found) if found and reading.libraries_of(found) else None


class ReadingOfPlace(Reading):
    """A report as it is read for one place."""

    def __init__(self, snapshot: Mapping[str, Any], code: str) -> None:
        found = place_of(Reading(snapshot), code)
        assert found, "whoever asks for a place that the report does not have is told before"
        super().__init__(_narrowed(snapshot, found))
        self.place = found

    @property
    def title(self) -> str:
        return f"{super().title} · {self.place.name}"

    def chapters(self) -> list[Chapter]:
        """List what the report says of the place, put together from the report's own tables."""
        found = _of_library(self) if self.place.library else _of_district(self)
        return numbered([*found, definitions()], DEFINITIONS)


def _narrowed(snapshot: Mapping[str, Any], place: Place) -> dict[str, Any]:
    """Return the snapshot with what is missing and what moved in a place alone; all figures stay."""
    homes = {one["code"]: one["district"] for one in snapshot["libraries_list"]}

    def is_of(code: str) -> bool:
        return code == place.code if place.library else homes.get(code) == place.code

    network = {
        key: [one for one in value if is_of(one["code"])] if isinstance(value, list) else value
        for key, value in snapshot["network"].items()
    }
    gaps = {key: [one for one in snapshot[key] if is_of(one["library"])] for key in ("missing", "excluded")}
    return {**snapshot, "network": network, **gaps}


def _of_district(reading: ReadingOfPlace) -> list[Chapter]:
    place = reading.place
    words = {"district": place.name}
    beside = districts(reading)
    beside.title = gettext("%(district)s among the districts") % words
    return [
        Chapter(
            "overview",
            gettext("Overview"),
            "reports/documents/_overview.html",
            tables=[
                key_figures(reading, place=place.district, caption=gettext("Key figures of %(district)s") % words),
                *changes(reading),
            ],
            figures=months_of_place(reading, place),
            paragraphs=[_counted(reading)],
        ),
        # Both stand upright, so that they share a sheet.
        missing(reading),
        beside,
        of_district(reading, place.district),
    ]


def _counted(reading: ReadingOfPlace) -> str:
    count = reading.snapshot["network"]["by_district"].get(reading.place.code, 0)
    sentence = ngettext(
        "At the end of %(period)s %(district)s had %(count)s member library.",
        "At the end of %(period)s %(district)s had %(count)s member libraries.",
        count,
    )
    period = reading.until_name if reading.is_unfinished else reading.period_name
    return sentence % {"period": period, "district": reading.place.name, "count": f"{count:,}"}


def _of_library(reading: ReadingOfPlace) -> list[Chapter]:
    place = reading.place
    assert place.library
    title, district = gettext("Figures of the library"), place.district
    return [
        Chapter(
            "library",
            title,
            "reports/documents/_libraries.html",
            sections=[Section(gettext("Beside its peers"), "peers", beside_peers(reading, place.library))],
            figures=months_of_place(reading, place),
        ),
        Chapter(
            "district",
            gettext("The district"),
            "reports/documents/_network.html",
            tables=[
                key_figures(
                    reading,
                    place=district,
                    caption=gettext("Key figures of %(district)s") % {"district": district.name},
                )
            ],
        ),
        missing(reading),
    ]

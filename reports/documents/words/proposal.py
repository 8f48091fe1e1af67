"""Propose the sentences which open a report, with names in the place of figures, and read its texts (6.1 d)."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext, pgettext

from ..figures import moved, spoken_name
from ..subjects.kinds import Subject, subject_of
from .placeholders import MARK, WHOLE, braced, filled, name_of

TOPICS = ("V", "L", "R", "C", "E")
OVERVIEW = "overview"


def paragraphs(reading: Any, anchor: str) -> list[str]:
    """Return the text of a chapter: what the office wrote in this language, else what is proposed."""
    written = reading.snapshot.get("texts", {}).get(anchor, {}).get("en" if reading.english else "zh-hans", "")
    return filled(written or proposed(reading, anchor), reading)


def proposed(reading: Any, anchor: str) -> str:
    """Write a first text for a chapter, a paragraph a line; the overview and the subjects have one."""
    if subject := subject_of(anchor):
        return _of_subject(reading, subject)
    if anchor != OVERVIEW:
        return ""
    said = [_network(reading), *_figures(reading)]
    return "\n".join([*said, braced(WHOLE["incomparable"].title), braced(WHOLE["completeness"].title)])


def _of_subject(reading: Any, subject: Subject) -> str:
    """Say how the first figure of a subject that is drawn, or else its first, is spread over the districts."""
    shown = subject.leading(reading) or subject.summed(reading)
    if not shown or shown[0] not in reading.told:
        return ""
    indicator = shown[0]
    cells = reading.snapshot["districts"]
    places = [
        gettext("%(place)s %(amount)s") % {"place": one.name, "amount": braced(f"{indicator.name}{MARK}{one.name}")}
        for one in reading.districts
        if cells[one.code][indicator.code]["value"] is not None
    ]
    words = {"name": indicator.name, "places": pgettext("districts", ", ").join(places)}
    return gettext("%(name)s by district: %(places)s.") % words if places else ""


def _network(reading: Any) -> str:
    named = {key: braced(whole.title) for key, whole in WHOLE.items()}
    words = {"period": named["period"], "day": named["until"], "count": named["libraries"], "levels": named["levels"]}
    if reading.is_unfinished:
        standing = gettext("On %(day)s the system had %(count)s member libraries: %(levels)s.") % words
        moves = gettext("So far this year %(moves)s.")
    else:
        standing = gettext("At the end of %(period)s the system had %(count)s member libraries: %(levels)s.") % words
        moves = gettext("During the year %(moves)s.") if reading.annual else gettext("During the month %(moves)s.")
    told = {"one": standing, "other": moves % {"moves": named["moves"]}}
    return pgettext("two sentences", "%(one)s %(other)s") % told


def _figures(reading: Any) -> Iterator[str]:
    for topic in TOPICS:
        clauses = [_clause(reading, one) for one in reading.told if one.code.startswith(topic)]
        if clauses:
            yield pgettext("sentence", "%(clauses)s.") % {"clauses": pgettext("clauses", "; ").join(clauses)}


def _clause(reading: Any, indicator: Any) -> str:
    """Say a figure, and how it moved where it can be compared."""
    cell = reading.snapshot["system"][indicator.code]
    words = {"name": spoken_name(indicator)[0], "amount": braced(name_of(indicator))}
    said = [gettext("%(name)s: %(amount)s") % words]
    if not reading.annual and moved(cell, "last_period") is not None:
        said.append(braced(name_of(indicator, "on_month")))
    if moved(cell, "last_year") is not None:
        said.append(braced(name_of(indicator, "on_year")))
    return pgettext("a figure and how it moved", ", ").join(said)

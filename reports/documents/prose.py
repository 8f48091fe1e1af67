"""Say in whole sentences what the figures show."""

from django.utils.translation import gettext, gettext_lazy, ngettext, ngettext_lazy, pgettext

from members.libraries.models import Spell

from .figures import moved, spoken, spoken_name, spoken_on_month, spoken_on_year

TOPICS = ("V", "L", "R", "C", "E")
# From the uppermost down.
LIBRARIES_OF_LEVEL = {
    Spell.Level.CENTRAL: ngettext_lazy("%(count)s central library", "%(count)s central libraries", "number"),
    Spell.Level.DISTRICT: ngettext_lazy("%(count)s district library", "%(count)s district libraries", "number"),
    Spell.Level.BRANCH: ngettext_lazy("%(count)s branch", "%(count)s branches", "number"),
    Spell.Level.POINT: ngettext_lazy("%(count)s service point", "%(count)s service points", "number"),
}


def summary(reading):
    """Write the paragraphs which open a report."""
    said = [_network_paragraph(reading), *_figure_paragraphs(reading), *_incomparable(reading)]
    return [*said, _completeness_paragraph(reading)]


def _network_paragraph(reading):
    network = reading.snapshot["network"]
    words = {
        "period": reading.period_name,
        "count": f"{network['libraries']:,}",
        "levels": _listed(_level_words(network["by_level"])),
    }
    if reading.is_unfinished:
        words["day"] = reading.until_name
        standing = gettext("On %(day)s the system had %(count)s member libraries: %(levels)s.") % words
    else:
        standing = gettext("At the end of %(period)s the system had %(count)s member libraries: %(levels)s.") % words
    moves = {"moves": pgettext("moves of libraries", ", ").join(_moves(network))}
    if reading.is_unfinished:
        moved = gettext("So far this year %(moves)s.")
    else:
        moved = gettext("During the year %(moves)s.") if reading.annual else gettext("During the month %(moves)s.")
    return pgettext("two sentences", "%(one)s %(other)s") % {"one": standing, "other": moved % moves}


def _moves(network):
    """Say how many libraries came, went and moved; of what did not happen it is said once that it did not."""
    kinds = {
        "opened": pgettext("libraries", "opened"),
        "closed": pgettext("libraries", "closed"),
        "moved": pgettext("libraries", "moved"),
    }
    happened = [
        pgettext("libraries", "%(count)s %(move)s") % {"count": f"{len(network[key]):,}", "move": move}
        for key, move in kinds.items()
        if network[key]
    ]
    absent = [move for key, move in kinds.items() if not network[key]]
    if absent:
        happened.append(pgettext("libraries", "none %(moves)s") % {"moves": _any_of(absent)})
    return happened


def _any_of(words):
    first, last = pgettext("any of these", ", ").join(words[:-1]), words[-1]
    return pgettext("any of these", " or ").join([first, last]) if first else last


def _level_words(by_level):
    counted = [(sentence, by_level.get(level)) for level, sentence in LIBRARIES_OF_LEVEL.items()]
    return [sentence % {"number": count, "count": f"{count:,}"} for sentence, count in counted if count]


def _told(reading):
    """Return the figures of which the prose speaks: the sums that somebody reported."""
    return [one for one in reading.summed if reading.snapshot["system"][one.code]["value"] is not None]


def _incomparable(reading):
    """Say once, not of each figure, which cannot be compared."""
    system, figures = reading.snapshot["system"], _told(reading)
    for name, (none, some) in _NOT_COMPARABLE.items():
        names = [one.name for one in figures if moved(system[one.code], name) is None]
        if not names or (reading.annual and name == "last_period"):
            continue
        yield str(none) if len(names) == len(figures) else some % {"names": _listed(names)}


_NOT_COMPARABLE = {
    "last_period": (
        gettext_lazy("No figure can be compared with the month before."),
        gettext_lazy("Not comparable with the month before: %(names)s."),
    ),
    "last_year": (
        gettext_lazy("No figure can be compared with the year before."),
        gettext_lazy("Not comparable with the year before: %(names)s."),
    ),
}


def _figure_paragraphs(reading):
    for topic in TOPICS:
        clauses = [_figure_words(reading, one) for one in _told(reading) if one.code.startswith(topic)]
        if clauses:
            yield pgettext("sentence", "%(clauses)s.") % {"clauses": pgettext("clauses", "; ").join(clauses)}


def _figure_words(reading, indicator):
    """Say a figure, and how it moved where it can be compared."""
    cell = reading.snapshot["system"][indicator.code]
    name, unit = spoken_name(indicator)
    said = [gettext("%(name)s: %(amount)s") % {"name": name, "amount": spoken(cell["value"]) + unit}]
    if not reading.annual and moved(cell, "last_period") is not None:
        said.append(spoken_on_month(cell))
    if moved(cell, "last_year") is not None:
        said.append(spoken_on_year(cell))
    return pgettext("a figure and how it moved", ", ").join(said)


def _completeness_paragraph(reading):
    missing = len(reading.missing)
    if reading.to_come:
        return _still_to_come(reading)
    if not missing and not all(cell["complete"] for cell in reading.snapshot["system"].values()):
        return gettext("Every library has handed in a return, but not every return holds every indicator.")
    if not missing:
        return gettext("Every library that was to report has reported.")
    sentence = ngettext(
        "%(count)s library did not report in full; totals hold only what was reported, and what is missing is not "
        "taken for zero (see “Missing returns”).",
        "%(count)s libraries did not report in full; totals hold only what was reported, and what is missing is not "
        "taken for zero (see “Missing returns”).",
        missing,
    )
    return sentence % {"count": f"{missing:,}"}


def _still_to_come(reading):
    """Say how many may still report in time, and how many did not, each library once."""
    late = {gap["library"] for gap in reading.missing}
    count = len({gap["library"] for gap in reading.to_come} - late)
    sentence = ngettext(
        "%(count)s library may still report in time, its due day is not over; totals hold only what was reported.",
        "%(count)s libraries may still report in time, their due day is not over; totals hold only what was reported.",
        count,
    )
    told = sentence % {"count": f"{count:,}"}
    if not late:
        return told
    sentence = ngettext(
        "%(count)s library did not report by its day.", "%(count)s libraries did not report by their day.", len(late)
    )
    words = {"one": told, "other": sentence % {"count": f"{len(late):,}"}}
    return pgettext("two sentences", "%(one)s %(other)s") % words


def _listed(words):
    return pgettext("list of words", ", ").join(words)

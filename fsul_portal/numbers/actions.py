"""Give numbers, each once and none left out."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from fsul_portal.numbers.models import Counter, NumberPattern
from fsul_portal.numbers.rules import may_keep_numbers
from fsul_portal.numbers.series import SERIES, Number, Series, fault, frame, written
from fsul_portal.records.actions import record
from fsul_portal.users import User
from fsul_portal.verdicts import require


def take(series: Series, year: int) -> Number:
    """Take the next number inside the caller's transaction, which holds up all others of the series until it ends.

    Whoever rolls back has taken nothing; that is why PostgreSQL refuses this outside of a transaction.
    """
    return take_many(series, year, 1)[0]


def take_many(series: Series, year: int, count: int) -> list[Number]:
    """Take the next numbers for several at once, in their order."""
    counter, __ = Counter.objects.select_for_update().get_or_create(series=series.key, year=year)
    first, counter.last = counter.last + 1, counter.last + count
    counter.save(update_fields=["last"])
    pattern = pattern_of(series)
    return [written(pattern, year, number) for number in range(first, counter.last + 1)]


def upcoming(series: Series, year: int) -> Number:
    """Return the number that would be given now, without taking it."""
    last = Counter.objects.filter(series=series.key, year=year).values_list("last", flat=True).first()
    return written(pattern_of(series), year, (last or 0) + 1)


def all_upcoming(year: int) -> list[tuple[Series, str, Number]]:
    """Return every series that is written by a pattern, with that and its next number, for two queries in all."""
    last = dict(Counter.objects.filter(year=year).values_list("series", "last"))
    # The newest stands first, and counts.
    chosen: dict[str, str] = {}
    for key, pattern in NumberPattern.objects.values_list("series", "pattern"):
        chosen.setdefault(key, pattern)
    patterns = [(one, chosen.get(one.key, one.pattern)) for one in SERIES.values() if one.pattern]
    return [(one, pattern, written(pattern, year, last.get(one.key, 0) + 1)) for one, pattern in patterns]


def pattern_of(series: Series) -> str:
    """Return how the numbers of a series are written today."""
    chosen = NumberPattern.objects.filter(series=series.key).values_list("pattern", flat=True).first()
    return chosen or series.pattern


@transaction.atomic
def set_pattern(series: Series, pattern: str, *, by: User) -> NumberPattern:
    """Write the numbers of a series like this from now on; those given stay as they are."""
    require(may_keep_numbers(by))
    sentence = fault(pattern) or _fault_beside_others(series, pattern)
    if sentence:
        raise ValidationError(sentence)
    before = pattern_of(series)
    chosen = NumberPattern.objects.create(series=series.key, pattern=pattern, set_by=by)
    record(chosen, "pattern set", by=by, before={"pattern": before}, after={"pattern": pattern})
    return chosen


def _fault_beside_others(series: Series, pattern: str) -> str:
    """Refuse what another series uses or has ever used, so that no text is given twice."""
    declared = [other.pattern for other in SERIES.values() if other.key != series.key]
    chosen = NumberPattern.objects.exclude(series=series.key).values_list("pattern", flat=True)
    if frame(pattern) in map(frame, filter(None, [*declared, *chosen])):
        return _("Another series writes or has written its numbers like this.")
    return ""

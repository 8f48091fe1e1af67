"""Read from the newest published report of a period how its figures moved: of the system or a district (6.1 d)."""

from collections.abc import Collection
from typing import Any

from django.db.models.fields.json import KeyTransform
from django.urls import reverse

from fsul_portal.users import User
from reports.documents.figures import comparison
from reports.editions.models import Edition
from reports.explorer.choices import Choice

# Against which period: what a change says by the name under which reports keep it.
Changes = dict[str, Any]


class PublishedChanges:
    """What the newest published reports of the periods of a choice say."""

    def __init__(self, user: User, choice: Choice) -> None:
        kind = Edition.Kind.ANNUAL if choice.by_year else Edition.Kind.MONTHLY
        editions = Edition.objects.published_to(user).filter(kind=kind)
        table = KeyTransform("districts" if choice.district else "system", "snapshot")
        rows = editions.filter(period__in=choice.steps).annotate(cells=table).order_by("period", "number")
        place = choice.district.code if choice.district else ""
        self._known: dict[str, tuple[int, dict[str, Any]]] = {}
        for key, code, cells in rows.values_list("pk", "period", "cells"):
            self._known[code] = key, cells.get(place, {}) if place else cells

    def knows(self, codes: Collection[str]) -> bool:
        """Say whether there is a report of each of some periods."""
        return self._known.keys() >= set(codes)

    def of(self, code: str, figure: str, names: tuple[str, ...]) -> tuple[Changes, str] | None:
        """Return the changes of a figure and the report that says them; None where no report knows them."""
        key, cells = self._known.get(code, (0, {}))
        said = cells.get(figure)
        if not said or "change" not in said:
            return None
        return {name: comparison(said, name) for name in names}, reverse("reports:edition-read", args=[key])

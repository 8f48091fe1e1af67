"""Bring the registry in and out through django-import-export, with our own plans and actions behind it."""

from import_export.fields import Field

from fsul_portal.intake.resources import PlannedResource
from members.libraries.intake.columns import LIBRARY_COLUMNS
from members.libraries.models import BEGINNING, Library, Spell

ATTRIBUTES = {"code": "library__code", "since": "opened_on", "until": "closed_on"}
# These are kept as keys of other rows and written as their codes.
CODED = {"parent", "district", "town"}


class LibraryResource(PlannedResource):
    """The libraries of a day in the file format (6.2.1 e)."""

    kind = "libraries"

    class Meta(PlannedResource.Meta):
        model = Library
        fields = ["code"]

    def __init__(self, *, on=None, **kwargs):
        super().__init__(**kwargs)
        self.on = on
        self.fields = {column.name: Field(attribute_of(column), column.name) for column in LIBRARY_COLUMNS}

    def get_export_order(self):
        return list(self.fields)

    def get_import_order(self):
        return list(self.fields)

    def get_queryset(self):
        return Spell.objects.as_of(self.on).in_office_order()

    def filter_export(self, queryset, **kwargs):
        """Take spells of one day as they are; of libraries, those that belong to the system on the day."""
        if queryset.model is Library:
            queryset = self.get_queryset().filter(library__in=queryset.order_by().values("pk"))
        return queryset.select_related("library", "parent", "district", "town")

    def iter_queryset(self, queryset):
        """Add to each spell the first day of the membership around it, and the first day after it."""
        days: dict[int, list] = {}
        libraries = queryset.order_by().values("library")
        known = Spell.objects.known().filter(library__in=libraries).order_by("library", "since")
        for library, since, until in known.values_list("library", "since", "until"):
            days.setdefault(library, []).append((since, until))
        for spell in queryset.iterator(chunk_size=2000):
            first, spell.closed_on = around(spell, days[spell.library_id])
            spell.opened_on = None if first == BEGINNING else first
            yield spell


def attribute_of(column):
    """Return where the value of a column is found on a spell."""
    fact = column.fact or column.name
    return f"{fact}__code" if fact in CODED else ATTRIBUTES.get(fact, fact)


def around(spell, days):
    """Return the first day of the membership that holds a spell, and the first day after it."""
    first, end = spell.since, spell.until
    for since, until in reversed(days):
        if until == first:
            first = since
    for since, until in days:
        if since == end:
            end = until
    return first, end

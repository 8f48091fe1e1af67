"""Bring the registry in and out through django-import-export, with our own plans and actions behind it."""

import tablib
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils.html import format_html
from django.utils.translation import gettext as _
from import_export.fields import Field
from import_export.resources import ModelResource
from import_export.results import RowResult

from fsul_portal.verdicts import Overtaken
from members.libraries.columns import DIVISION_COLUMNS, LIBRARY_COLUMNS, WORDS
from members.libraries.division_imports import DivisionPlan
from members.libraries.imports import COLUMN_OF, LibraryPlan
from members.libraries.models import BEGINNING, Division, Library, Spell
from members.libraries.plans import CREATED, REFUSED, UNCHANGED, UPDATED, Plan

IMPORT_TYPES = {
    CREATED: RowResult.IMPORT_TYPE_NEW,
    UPDATED: RowResult.IMPORT_TYPE_UPDATE,
    UNCHANGED: RowResult.IMPORT_TYPE_SKIP,
    REFUSED: RowResult.IMPORT_TYPE_INVALID,
}
FIELD_OF = {column: field for field, column in COLUMN_OF.items()} | {"code": "code"}


class PlannedResource(ModelResource):
    """Plan the whole table before its first row, show each row what was planned, write after the last one."""

    plan_class: type[Plan]

    class Meta:
        # Spares a savepoint for each row.
        use_bulk = True

    def __init__(self, *, on=None, partial=False, by=None, note="", confirmed=None, **kwargs):
        super().__init__(**kwargs)
        self.on, self.partial, self.by, self.note, self.plan = on, partial, by, note, None
        # The digest of the plan that somebody saw; no other is carried out.
        self.confirmed = confirmed

    def before_import(self, dataset, **kwargs):
        numbers = getattr(dataset, "numbers", None) or range(2, len(dataset) + 2)
        rows = zip(numbers, dataset, strict=True)
        self.plan = self.plan_class(list(dataset.headers or []), rows, on=self.on, partial=self.partial)

    def import_row(self, row, instance_loader, **kwargs):
        """Report what was planned for the row; nothing is written row by row."""
        result = RowResult()
        if self.plan is None:
            return result
        line = self.plan.lines[kwargs["row_number"] - 1]
        result.import_type = IMPORT_TYPES[line.outcome]
        if line.is_refused:
            result.validation_error = ValidationError(self.plan.sentences[line.number])
        elif kwargs.get("dry_run"):
            result.diff = [self.changed(line, column) for column in self.get_diff_headers()]
        return result

    def changed(self, line, column):
        field = FIELD_OF.get(column, column)
        before, after = ("" if said.get(field) is None else said[field] for said in (line.before, line.after))
        if line.outcome == UPDATED and before != after:
            return format_html("<del>{}</del> <ins>{}</ins>", before, after)
        return format_html("{}", after)

    def after_import(self, dataset, result, **kwargs):
        if self.plan is None:
            return
        for row in result.invalid_rows:
            row.number = self.plan.lines[row.number - 1].number
        if self.confirmed is not None and self.confirmed != self.plan.digest():
            raise Overtaken(_("Nothing was taken in: the registry has changed meanwhile. Please look again."))
        if not kwargs.get("dry_run"):
            self.plan.write(by=self.by or kwargs.get("user"), note=self.note or kwargs.get("file_name") or "")


class LibraryResource(PlannedResource):
    """The libraries of a day in the file format; `labels` writes headings and words as people read them (6.2.1 e)."""

    plan_class = LibraryPlan
    code = Field("library__code", "code")
    name = Field("name", "name")
    short_name = Field("short_name", "short_name")
    level = Field("level", "level")
    kind = Field("kind", "kind")
    parent_code = Field("parent__code", "parent_code")
    district_code = Field("district__code", "district_code")
    town_code = Field("town__code", "town_code")
    address = Field("address", "address")
    longitude = Field("longitude", "longitude")
    latitude = Field("latitude", "latitude")
    crs = Field("crs", "crs")
    status = Field("status", "status")
    opened_on = Field("opened_on", "opened_on")
    closed_on = Field("closed_on", "closed_on")
    area = Field("area", "area")
    seats = Field("seats", "seats")
    phone = Field("phone", "phone")

    class Meta(PlannedResource.Meta):
        model = Library
        fields = [column.name for column in LIBRARY_COLUMNS]

    def __init__(self, *, labels=False, **kwargs):
        super().__init__(**kwargs)
        self.labels = labels

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

    def get_export_headers(self, selected_fields=None):
        names = super().get_export_headers(selected_fields)
        labels = {column.name: column.label for column in LIBRARY_COLUMNS}
        return [labels[name] for name in names] if self.labels else names

    def export_field(self, field, instance, **kwargs):
        value = field.get_value(instance)
        if self.labels and value and field.column_name in WORDS:
            return WORDS[field.column_name].chinese[value]
        return value


class DivisionResource(PlannedResource):
    """The divisions in the file format."""

    plan_class = DivisionPlan
    code = Field("code", "code")
    name = Field("name", "name")
    level = Field("level", "level")
    parent_code = Field("parent__code", "parent_code")
    sort = Field("sort", "sort")

    class Meta(PlannedResource.Meta):
        model = Division
        fields = [column.name for column in DIVISION_COLUMNS]


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


def load(resource, sheet, *, dry_run=False):
    """Take a sheet in through a resource, all or none unless it says partial; return the plan that was followed."""
    result = resource.import_data(dataset_of(sheet), dry_run=dry_run, use_transactions=True)
    for error in result.base_errors:
        if isinstance(error.error, IntegrityError):
            raise Overtaken(_("Somebody else changed the registry at the same moment. Please try again."))
        raise error.error
    return resource.plan


def dataset_of(sheet):
    """Make of a sheet the table which import-export reads; its rows keep the numbers that Excel shows."""
    dataset = tablib.Dataset(headers=sheet.headers)
    for row in sheet.rows:
        dataset.append(list(row.cells.values()))
    dataset.numbers = [row.number for row in sheet.rows]
    return dataset

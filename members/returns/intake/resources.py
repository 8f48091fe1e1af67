"""Lay returns out as rows, in the columns in which they come in; no cell of them is run as a formula (6.2.1 j)."""

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _
from import_export import fields, resources

from fsul_portal.intake.resources import table_of
from members.libraries.models import Spell
from members.returns.intake.columns import return_columns, write_figure
from members.returns.models import Return

ATTRIBUTES = {
    "library_code": "library__code",
    "name": "library_name",
    "period": "period__code",
    "state": "get_state_display",
}


class FactField(fields.Field):
    """A figure or an explanation of a return, as a cell shows it."""

    def export(self, instance, **kwargs):
        code = self.column_name.removesuffix(".note")
        return instance.notes.get(code) if code != self.column_name else write_figure(instance.figures.get(code))


class ReturnResource(resources.Resource):
    """The returns with one column for each figure and each explanation of the dictionary."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.columns = return_columns()
        self.fields = {column.name: field_of(column) for column in self.columns}

    @classmethod
    def get_display_name(cls):
        return _("returns")

    def get_queryset(self):
        return Return.objects.all()

    def filter_export(self, queryset, **kwargs):
        """Fetch along what the rows show, so that their number costs no query."""
        names = Spell.objects.known().filter(library=OuterRef("library")).order_by("-since").values("name")[:1]
        return queryset.select_related("library", "period").annotate(library_name=Subquery(names))


def field_of(column):
    if column.fact:
        return FactField(column_name=column.name)
    return fields.Field(column_name=column.name, attribute=ATTRIBUTES[column.name])


def rows_of(returns):
    """Return headings and rows by the names of the file format."""
    dataset = ReturnResource().export(returns)
    return dataset.headers, list(dataset)


def table_of_returns(returns):
    """Return the returns of a queryset as one table of a workbook, headed and dated as people write it."""
    resource = ReturnResource()
    return table_of(_("returns"), resource.columns, resource.export(returns))

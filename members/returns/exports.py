"""Hand returns out as files, in the columns in which they come in; no cell of them is run as a formula (6.2.1 j)."""

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _
from import_export import fields, resources

from fsul_portal.sheets import Column, Table
from members.indicators.models import Indicator
from members.libraries.models import Spell
from members.returns.columns import write_figure
from members.returns.models import Return


class FigureField(fields.Field):
    """One indicator of a return, as a cell shows it."""

    def __init__(self, code):
        super().__init__(column_name=code)
        self.code = code

    def export(self, instance, **kwargs):
        return write_figure(instance.figures.get(self.code))


class NoteField(FigureField):
    """The explanation of one indicator."""

    def __init__(self, code):
        super().__init__(code)
        self.column_name = f"{code}.note"

    def export(self, instance, **kwargs):
        return instance.notes.get(self.code)


class ReturnResource(resources.Resource):
    """Lay returns out as rows, one column for each indicator of the dictionary."""

    library_code = fields.Field(column_name="library_code", attribute="library__code")
    name = fields.Field(column_name="name", attribute="library_name")
    period = fields.Field(column_name="period", attribute="period__code")
    state = fields.Field(column_name="state", attribute="get_state_display")

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        codes = list(Indicator.objects.values_list("code", flat=True))
        self.fields |= {code: FigureField(code) for code in codes}
        self.fields |= {f"{code}.note": NoteField(code) for code in codes}

    @classmethod
    def get_display_name(cls):
        return _("returns")

    def get_queryset(self):
        return Return.objects.all()

    def filter_export(self, queryset, **kwargs):
        """Fetch along what the rows show, so that their number costs no query."""
        names = Spell.objects.known().filter(library=OuterRef("library")).order_by("-since").values("name")[:1]
        return queryset.select_related("library", "period").annotate(library_name=Subquery(names))


def table_of(returns):
    """Return the returns of a queryset as one table to be written."""
    dataset = ReturnResource().export(returns)
    columns = [Column(header, as_text=header in {"library_code", "period"}) for header in dataset.headers]
    return Table(_("returns"), columns, list(dataset))

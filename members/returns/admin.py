"""Let the office look at returns in the admin and take them along; they are changed by actions alone."""

from django.contrib import admin
from import_export.admin import ExportMixin
from unfold.contrib.import_export.forms import ExportForm

from fsul_portal.intake.resources import TableFormat
from fsul_portal.pages.backstage import ReadOnlyAdmin
from members.libraries.models import spells_along
from members.returns.intake.resources import ReturnResource
from members.returns.models import Return


class Xlsx(TableFormat):
    kind, title = "returns", "XLSX"


class Csv(TableFormat):
    kind, title, format = "returns", "CSV", "csv"


@admin.register(Return)
class ReturnAdmin(ExportMixin, ReadOnlyAdmin):
    """Returns as they are."""

    resource_classes = [ReturnResource]
    export_form_class = ExportForm
    formats = [Xlsx, Csv]
    list_display = ["library_and_period", "state", "submitted_at", "submitted_by", "decided_at", "decided_by"]
    list_filter = ["state"]
    list_select_related = ["library", "period", "submitted_by", "decided_by"]
    search_fields = ["library__code", "period__code"]

    def get_queryset(self, request):
        return super().get_queryset(request).visible_to(request.user).prefetch_related(spells_along("library__spells"))

    def name_of(self, row: Return) -> str:
        return row.called

    @admin.display(description=Return._meta.verbose_name, ordering="library__code")
    def library_and_period(self, row: Return) -> str:
        return self.name_of(row)

    def has_export_permission(self, request):
        return self.has_view_permission(request)

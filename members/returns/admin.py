"""Let the office look at returns in the admin and take them along; they are changed by actions alone."""

import io

from django.contrib import admin
from import_export.admin import ExportMixin
from import_export.formats.base_formats import Format
from unfold.contrib.import_export.forms import ExportForm

from fsul_portal.backstage import ReadOnlyAdmin
from fsul_portal.sheets import Table, write_csv, write_xlsx
from members.returns.exports import ReturnResource
from members.returns.models import Return


class SafeCsv(Format):
    """CSV in which no cell is taken for a formula."""

    def get_title(self):
        return "csv"

    def get_extension(self):
        return "csv"

    def get_content_type(self):
        return "text/csv"

    def can_export(self):
        return True

    def export_data(self, dataset, **kwargs):
        return write_csv(dataset.headers, dataset)


class SafeXlsx(SafeCsv):
    """XLSX in which no cell is taken for a formula."""

    def get_title(self):
        return "xlsx"

    def get_extension(self):
        return "xlsx"

    def get_content_type(self):
        return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def export_data(self, dataset, **kwargs):
        out = io.BytesIO()
        write_xlsx(out, [Table("returns", dataset.headers, list(dataset))])
        return out.getvalue()


@admin.register(Return)
class ReturnAdmin(ExportMixin, ReadOnlyAdmin):
    """Returns as they are."""

    resource_classes = [ReturnResource]
    export_form_class = ExportForm
    formats = [SafeXlsx, SafeCsv]
    list_display = ["__str__", "state", "submitted_at", "submitted_by", "decided_at", "decided_by"]
    list_filter = ["state"]
    list_select_related = ["library", "period", "submitted_by", "decided_by"]
    search_fields = ["library__code", "period__code"]

    def get_queryset(self, request):
        return super().get_queryset(request).visible_to(request.user)

    def has_export_permission(self, request):
        return self.has_view_permission(request)

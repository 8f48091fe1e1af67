"""Show the registry in the admin, and bring it in and out through import-export (6.2.1 e)."""

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from import_export.admin import ImportExportModelAdmin
from unfold.contrib.import_export.forms import ExportForm, ImportForm

from fsul_portal.finding.matches import words_of
from fsul_portal.intake.resources import PrivateFolder, TableFormat
from fsul_portal.pages.backstage import ReadOnlyAdmin
from fsul_portal.sheets import SheetRefused
from members.libraries.finding.matches import named_ever
from members.libraries.intake.resources import LibraryResource
from members.libraries.models import Division, Library, Spell
from members.libraries.rules import may_import_libraries


class LibraryTable(TableFormat):
    kind = "libraries"


class Xlsx(LibraryTable):
    title = "XLSX"


class Csv(LibraryTable):
    title, format = "CSV", "csv"


class LevelFilter(admin.SimpleListFilter):
    """Choose the libraries by today's level."""

    title = _("level")
    parameter_name = "level"

    def lookups(self, request, model_admin):
        return Spell.Level.choices

    def queryset(self, request, queryset):
        if self.value() not in Spell.Level:
            return queryset
        return queryset.filter(spells__in=Spell.objects.as_of().filter(level=self.value()))


@admin.register(Library)
class LibraryAdmin(ImportExportModelAdmin, ReadOnlyAdmin):
    """The libraries as they are today; a file changes them through the same plan as on the portal's pages."""

    resource_classes = [LibraryResource]
    import_form_class = ImportForm
    export_form_class = ExportForm
    import_formats = [LibraryTable]
    export_formats = [Xlsx, Csv]
    tmp_storage_class = PrivateFolder
    # Our own records say who did what.
    skip_admin_log = True
    list_display = ["code", "name", "level", "district", "status"]
    list_filter = [LevelFilter]
    show_full_result_count = False
    search_fields = ["code", "spells__name"]
    search_help_text = _("Code or name")
    fields = ["code", "name", "level", "district", "status", "entered_at", "entered_by"]

    def get_queryset(self, request):
        return super().get_queryset(request).with_facts()

    def get_search_results(self, request, queryset, search_term):
        """Find as everywhere, in the list and where a library is picked: by pinyin, place and former names too."""
        words = words_of(search_term)
        return (queryset.filter(named_ever(words)) if words else queryset), False

    @admin.display(description=_("name"))
    def name(self, library):
        return library.facts.name if library.facts else None

    @admin.display(description=_("level"))
    def level(self, library):
        return library.facts.get_level_display() if library.facts else None

    @admin.display(description=_("district"))
    def district(self, library):
        return library.facts.district if library.facts else None

    @admin.display(description=_("operating state"))
    def status(self, library):
        return library.facts.get_status_display() if library.facts else None

    def has_import_permission(self, request):
        return bool(may_import_libraries(request.user))

    def has_export_permission(self, request):
        return self.has_view_permission(request)

    def get_export_queryset(self, request):
        try:
            return super().get_export_queryset(request)
        except IncorrectLookupParameters:
            return self.get_queryset(request)

    def import_action(self, request, **kwargs):
        self.require_import(request)
        return super().import_action(request, **kwargs)

    def process_import(self, request, **kwargs):
        """Carry out what was confirmed; a file that is gone or a form that was made up leads back."""
        self.require_import(request)
        try:
            return super().process_import(request, **kwargs)
        except (SheetRefused, OSError, ValueError, LookupError):
            messages.error(request, _("This upload is no longer kept. Please choose the file again."))
            return redirect("admin:members_library_import")

    def process_result(self, result, request):
        if not (result.has_errors() or result.has_validation_errors()):
            return super().process_result(result, request)
        messages.error(request, _("Nothing was taken in: the registry has changed meanwhile. Please look again."))
        return redirect("admin:members_library_import")

    def require_import(self, request):
        verdict = may_import_libraries(request.user)
        if not verdict:
            raise PermissionDenied(verdict.sentence)

    def add_data_read_fail_error_to_form(self, form, e):
        sentence = e.sentence if isinstance(e, SheetRefused) else _("The file could not be read.")
        form.add_error("import_file", sentence)


class KnownFilter(admin.SimpleListFilter):
    """Show what holds, or what the registry said before as well."""

    title = _("held to be true")
    parameter_name = "known"

    def lookups(self, request, model_admin):
        return [("today", _("today")), ("before", _("superseded"))]

    def queryset(self, request, queryset):
        if self.value() == "today":
            return queryset.known()
        if self.value() == "before":
            return queryset.filter(superseded_at__isnull=False)
        return queryset


@admin.register(Spell)
class SpellAdmin(ReadOnlyAdmin):
    list_display = ["code", "since", "until", "name", "level", "status", "district", "recorded_at", "superseded_at"]
    list_filter = [KnownFilter, "level", "status"]
    list_select_related = ["library", "district"]
    show_full_result_count = False
    search_fields = ["library__code", "name"]
    exclude = ["level_rank"]

    def get_queryset(self, request):
        return super().get_queryset(request).order_by("library__code", "since", "pk")

    @admin.display(description=_("code"), ordering="library__code")
    def code(self, spell):
        return spell.library.code


@admin.register(Division)
class DivisionAdmin(ReadOnlyAdmin):
    list_display = ["code", "name", "name_en", "level", "parent", "sort"]
    list_filter = ["level"]
    list_select_related = ["parent"]
    search_fields = ["code", "name", "name_en"]

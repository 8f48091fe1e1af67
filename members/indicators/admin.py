"""Let the office read the dictionary in the admin; whoever holds the permission changes its words."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin

from members.indicators.actions import change_indicator
from members.indicators.dictionary import NATURE
from members.indicators.forms import IndicatorForm
from members.indicators.models import Indicator
from members.indicators.words import asked_in_words


@admin.register(Indicator)
class IndicatorAdmin(ModelAdmin):
    """The dictionary; indicators are neither added nor removed by hand, since figures hang on their codes."""

    list_display = ["code", "title", "unit_title", "over_time", "over_libraries", "sort", "asked"]
    list_filter = ["in_use", "reported_by", "frequency"]
    form = IndicatorForm
    search_fields = ["code", "name", "name_en"]
    ordering = ["sort", "code"]

    @admin.display(description=_("name"), ordering="name")
    def title(self, indicator):
        return indicator.title

    @admin.display(description=_("unit"))
    def unit_title(self, indicator):
        return indicator.unit_title

    @admin.display(description=_("Asked"))
    def asked(self, indicator: Indicator) -> str:
        return asked_in_words(indicator)

    def get_readonly_fields(self, request, obj=None):
        return ["code", *NATURE, "asked_until", "in_use"]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        change_indicator(obj, since=form.cleaned_data.get("since", ""), by=request.user)

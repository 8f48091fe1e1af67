"""Show the working groups in the admin (5.2)."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from fsul_portal.pages.backstage import ReadOnlyAdmin
from workgroups.groups.models import Group
from workgroups.groups.views import leads_by_group


@admin.register(Group)
class GroupAdmin(ReadOnlyAdmin):
    """The groups with their leads, to be read; roles are given on the page of roles (5.2)."""

    list_display = ("name", "name_en", "clause", "leads")
    fields = ("key", "name", "name_en", "clause", "leads")
    readonly_fields = ("leads",)

    @admin.display(description=_("lead"))
    def leads(self, group):
        return "、".join(str(person) for person in leads_by_group().get(group.pk, []))

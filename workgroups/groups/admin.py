"""Show the working groups in the admin (5.2)."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from fsul_portal.grammar.words import enumerated
from fsul_portal.pages.backstage import ReadOnlyAdmin
from workgroups.groups.models import Group, Membership


@admin.register(Group)
class GroupAdmin(ReadOnlyAdmin):
    """The groups with their leads, to be read; people are seated on the pages of the portal (5.2)."""

    list_display = ("name", "name_en", "state", "leads")
    fields = ("key", "name", "name_en", "state", "leads")
    readonly_fields = ("leads",)

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("memberships__person")

    @admin.display(description=_("lead"))
    def leads(self, group):
        seated = (Membership.Post.LEAD, Membership.State.SEATED)
        return enumerated(str(one.person) for one in group.memberships.all() if (one.post, one.state) == seated)

"""Give the admin the portal's own entrance, and rows that can only be read."""

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from unfold.admin import ModelAdmin
from unfold.sites import UnfoldAdminSite


class PortalAdminSite(UnfoldAdminSite):
    """The admin shares the portal's own login page; whoever is logged in without the right reads why not."""

    def login(self, request, extra_context=None):
        if request.user.is_authenticated:
            raise PermissionDenied(
                _("The administration is open to the leads of the groups, the office and the administrator.")
            )
        return redirect_to_login(request.GET.get(REDIRECT_FIELD_NAME, request.get_full_path()))


class ReadOnlyAdmin(ModelAdmin):
    """Show rows; they are written by actions alone."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

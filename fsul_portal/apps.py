from django.apps import AppConfig, apps
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "fsul_portal"
    verbose_name = _("Portal")

    def ready(self):
        # The package has no name that people would know.
        apps.get_app_config("axes").verbose_name = _("Sign-ins")


class PortalAdminConfig(AdminConfig):
    default_site = "fsul_portal.backstage.PortalAdminSite"

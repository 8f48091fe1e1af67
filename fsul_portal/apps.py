from celery.signals import task_prerun
from django.apps import AppConfig, apps
from django.contrib.admin.apps import AdminConfig
from django.core.signals import request_started
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "fsul_portal"
    verbose_name = _("Portal")

    def ready(self) -> None:
        from fsul_portal.letters.offers import load_offers
        from fsul_portal.notices.sending.checks import read_settings

        # The package has no name that people would know.
        apps.get_app_config("axes").verbose_name = _("Sign-ins")
        load_offers()
        # Here too, since not every server asks the system checks: no portal starts with settings that cannot be read.
        read_settings()
        _let_go_of_days()


def _let_go_of_days() -> None:
    """Let each request and each task read the working days anew, as another process may have changed them."""
    from fsul_portal.calendar.days import forget

    for beginning in (request_started, task_prerun):
        beginning.connect(forget, dispatch_uid="fsul_portal.calendar")


class PortalAdminConfig(AdminConfig):
    default_site = "fsul_portal.pages.backstage.PortalAdminSite"

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = _("Reports")

    def ready(self) -> None:
        from reports.corrections import ways as of_corrections
        from reports.editions.life import ways as of_reports

        of_corrections.declare()
        of_reports.declare()

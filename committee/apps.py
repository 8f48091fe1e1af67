from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommitteeConfig(AppConfig):
    name = "committee"
    verbose_name = _("Committee")

    def ready(self) -> None:
        from committee.institutions import ways as of_institutions
        from committee.plans import ways as of_plans

        of_institutions.declare()
        of_plans.declare()

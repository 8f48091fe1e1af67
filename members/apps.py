from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = _("Members")

    def ready(self):
        from members.returns import ways

        ways.declare()
        # The web, the worker and the commands take in the same kinds of files.
        import_module("members.libraries.intake.kinds")
        import_module("members.returns.intake.kinds")

from importlib import import_module

from celery.signals import task_prerun
from django.apps import AppConfig
from django.core.signals import request_started
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = _("Members")

    def ready(self) -> None:
        from members.returns import ways
        from members.returns.due.days import forget

        ways.declare()
        # Each request and each task reads the rules of due days anew, as another process may have changed them.
        for beginning in (request_started, task_prerun):
            beginning.connect(forget, dispatch_uid="members.returns.due")
        import_module("members.returns.due.checks")
        # The web, the worker and the commands take in the same kinds of files.
        import_module("members.indicators.population.kinds")
        import_module("members.libraries.intake.kinds")
        import_module("members.returns.intake.kinds")
        import_module("members.returns.sources.kinds")

"""Lock an account after a few wrong passwords, a network address only after many.

A whole office shares one address: five slips of different people must not lock all of them out.
"""

from axes.handlers.database import AxesDatabaseHandler
from django.conf import settings
from django.db.models import Sum


class LockoutHandler(AxesDatabaseHandler):
    def get_failures(self, request, credentials=None):
        by_account, by_address = (
            attempts.aggregate(total=Sum("failures_since_start"))["total"] or 0
            for attempts in self.get_user_attempts(request, credentials)
        )
        share = settings.AXES_FAILURE_LIMIT / settings.LOGIN_FAILURES_PER_ADDRESS
        return max(by_account, int(by_address * share))

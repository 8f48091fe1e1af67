"""Bring a token, and the openness of the data, into every situation."""

from datetime import timedelta

from django.utils import timezone

from reports.opendata import actions
from reports.opendata.verbs import TOKEN_ACTS as ACTS

__all__ = ["ACTS"]

RIGHTS = {"revoke": {"office"}}


def _issued(cast, holder):
    until = timezone.localdate() + timedelta(days=90)
    return actions.issue(by=cast["office"], holder=holder, purpose="编制统计年鉴", expires_on=until).token


def things(cast):
    return {"token": _issued(cast, "市统计局").pk, "openness": 1}


def situations(cast):
    """Yield (situation, token) for each situation of a token."""
    yield "valid", _issued(cast, "市统计局")
    over = _issued(cast, "研究院")
    type(over).objects.filter(pk=over.pk).update(expires_on=timezone.localdate() - timedelta(days=1))
    over.refresh_from_db()
    yield "run out", over
    yield "revoked", actions.revoke(_issued(cast, "旧系统"), by=cast["office"])

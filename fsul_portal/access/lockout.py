"""Let whoever types wrong passwords wait: longer each time, and nobody else with him (checklist A5).

Three counters look at the same failures: of an account at one address, of an account everywhere, of an address.
They go by the name as it was typed, so that a name which exists and one which does not take the same way.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Max, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fsul_portal.access.rules import may_lift_pauses
from fsul_portal.gate.addresses import client_address
from fsul_portal.notices.actions import tell
from fsul_portal.records.actions import record
from fsul_portal.users import User
from fsul_portal.verdicts import require

ACCOUNT = ("username",)
LIMITS = {
    ("username", "ip_address"): "LOGIN_FAILURES_PER_PAIR",
    ACCOUNT: "LOGIN_FAILURES_PER_ACCOUNT",
    ("ip_address",): "LOGIN_FAILURES_PER_ADDRESS",
}
# Far above the longest pause; without an end the doubling of a patient attacker would outgrow every number.
DOUBLED_AT_MOST = 20


# What the package's column of names holds; longer than any name of an account.
NAME_LENGTH = 255


def typed_name(request: HttpRequest | None, credentials: dict[str, Any] | None = None) -> str | None:
    """Return the name under which failures are counted: as it was typed, as far as its column holds it."""
    given: Any = credentials or (request.POST if request else {})
    name: str | None = given.get("username")
    return name[:NAME_LENGTH] if name else name


@dataclass(frozen=True)
class Counter:
    """The wrong passwords that were counted under the same name, the same address or both."""

    fields: tuple[str, ...]
    values: tuple[str, ...]
    failures: int
    last_at: datetime

    @property
    def ends_at(self) -> datetime | None:
        """Return until when whoever is counted here has to wait, or None where the limit is not reached."""
        over = self.failures - getattr(settings, LIMITS[self.fields])
        if over < 0:
            return None
        first = timedelta(seconds=settings.LOGIN_PAUSE_SECONDS)
        longest = timedelta(minutes=settings.LOGIN_PAUSE_MINUTES)
        pause: timedelta = min(first * 2 ** min(over, DOUBLED_AT_MOST), longest)
        return self.last_at + pause

    def counts(self, attempt: Any) -> bool:
        return self.values == tuple(getattr(attempt, field) for field in self.fields)


def pausing(
    usernames: Collection[str | None], addresses: Collection[str], now: datetime | None = None
) -> list[Counter]:
    """Return the counters because of which somebody has to wait, the longest wait first."""
    now = now or timezone.now()
    waiting = [one for one in _counters(usernames, addresses, now) if one.ends_at and one.ends_at > now]
    return sorted(waiting, key=lambda one: one.ends_at or now, reverse=True)


def _counters(usernames: Collection[str | None], addresses: Collection[str], now: datetime) -> Iterator[Counter]:
    remembered = AccessAttempt.objects.filter(attempt_time__gt=now - timedelta(hours=settings.LOGIN_FORGET_HOURS))
    asked = {"username": usernames, "ip_address": addresses}
    for fields in LIMITS:
        whose = {f"{field}__in": asked[field] for field in fields}
        counted = remembered.filter(**whose).order_by().values_list(*fields)
        for *values, failures, last_at in counted.annotate(Sum("failures_since_start"), Max("attempt_time")):
            yield Counter(fields, tuple(values), failures, last_at)


def pause_page(
    request: HttpRequest, original_response: HttpResponse | None = None, credentials: dict[str, Any] | None = None
) -> HttpResponse:
    """Say how long to wait; the same words whether the account exists or not."""
    waiting = pausing([get_client_username(request, credentials)], [client_address(request)])
    now = timezone.now()
    span = (waiting[0].ends_at or now) - now if waiting else timedelta()
    return render(request, "registration/locked_out.html", {"span": span}, status=429)


class LockoutHandler(AxesDatabaseHandler):
    """Keep the package's counters, and answer its question with ours."""

    def get_failures(self, request: Any, credentials: dict[str, Any] | None = None) -> int:
        username = get_client_username(request, credentials)
        waits = pausing([username], [request.axes_ip_address], request.axes_attempt_time)
        return settings.AXES_FAILURE_LIMIT if waits else 0

    def user_login_failed(self, sender: Any, credentials: dict[str, Any], request: Any = None, **kwargs: Any) -> None:
        was_waiting = bool(request) and request.axes_locked_out
        super().user_login_failed(sender, credentials, request, **kwargs)
        if request and request.axes_locked_out and not was_waiting:
            note_pause(get_client_username(request, credentials), request.axes_ip_address, request.axes_attempt_time)

    def remove_out_of_limit_failure_logs(self, *, username: str, limit: int | None = None) -> int:
        """Keep them all: the package would drop the newest failures of whoever is guessed at most."""
        return 0


@transaction.atomic
def note_pause(username: str | None, address: str, now: datetime) -> None:
    """Put a pause that begins on record, and tell the owner of an account that is guessed from everywhere."""
    owner = get_user_model().objects.filter(username=username).first()
    attempt = AccessAttempt.objects.filter(username=username, ip_address=address).latest("attempt_time")
    waiting = pausing([username], [address], now)
    # A name that nobody has is no person to record it at.
    record(owner or attempt, "sign-in paused", by=None, after={"until": waiting[0].ends_at})
    if owner and any(one.fields == ACCOUNT for one in waiting):
        _tell_owner(owner, now)


def _tell_owner(owner: User, now: datetime) -> None:
    tell(
        [owner],
        key=f"sign-in-paused:{timezone.localdate(now)}",
        subject=_("Wrong passwords were tried for your account many times"),
        body=_(
            "Signing in to your account therefore pauses for some minutes at a time, also for you. "
            "If it was not you, tell the coordination office; your password has not been found out by this."
        ),
    )


@transaction.atomic
def lift_pauses(attempts: QuerySet[Any], *, by: User) -> None:
    """Forget these failures, so that whoever waits because of them may sign in at once."""
    require(may_lift_pauses(by))
    for attempt in attempts.select_for_update():
        owner = get_user_model().objects.filter(username=attempt.username).first()
        note = f"{attempt.ip_address} · {attempt.failures_since_start}"
        record(owner or attempt, "sign-in opened again", by=by, note=note)
        attempt.delete()

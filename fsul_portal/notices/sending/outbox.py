"""Send what is due, each notice once: what cannot be sent is tried again, what may have gone out is not."""

import logging
import time
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from fsul_portal.notices.channels import channels
from fsul_portal.notices.models import ATTEMPTS_ALLOWED, SENDING_LOST_AFTER, Delivery
from fsul_portal.notices.sending.letter import Letter
from fsul_portal.notices.sending.ways import languages_of
from fsul_portal.notices.words import NotSent, one_line

logger = logging.getLogger(__name__)

# A server that is away costs seconds for each letter; the rest of them waits for the next round.
SECONDS_A_ROUND = 120
ROWS_A_ROUND = 2000


def send_due() -> int:
    """Send the letters that are due, all of one bundle to one person in one; return how many went out."""
    _give_up_on_interrupted()
    end = time.monotonic() + SECONDS_A_ROUND
    return sum(_send(bundle) for bundle in _bundles() if time.monotonic() < end)


def _bundles() -> list[list[int]]:
    """Return the keys of the deliveries that go together, the oldest first."""
    found: dict[tuple[int, str, str], list[int]] = {}
    apart = {name for name, channel in channels().items() if not channel.bundles}
    facts = ("notice__recipient", "channel", "bundle", "pk", "notice__event")
    for recipient, channel, bundle, pk, event in Delivery.objects.due(timezone.now()).values_list(*facts)[
        :ROWS_A_ROUND
    ]:
        # A mail program takes over one event of a mail, so each event goes alone.
        together = str(pk) if channel in apart or event else bundle
        found.setdefault((recipient, channel, together), []).append(pk)
    return list(found.values())


def _send(bundle: list[int]) -> bool:
    deliveries = _claim(bundle)
    if not deliveries:
        return False
    try:
        _hand_over(deliveries)
    except Exception as problem:
        for delivery in deliveries:
            _put_off(delivery, problem)
        return False
    _settle(deliveries, state=Delivery.State.SENT, sent_at=timezone.now(), problem="")
    return True


@transaction.atomic
def _claim(bundle: list[int]) -> list[Delivery]:
    """Take what nobody else has taken."""
    waiting = Delivery.objects.filter(pk__in=bundle, state=Delivery.State.WAITING).order_by("pk")
    rows = waiting.select_related("notice__recipient", "notice__event", "robot").select_for_update(
        skip_locked=True, of=("self",)
    )
    deliveries, now = list(rows), timezone.now()
    for delivery in deliveries:
        delivery.begun_at = now
    Delivery.objects.filter(pk__in=[one.pk for one in deliveries]).update(state=Delivery.State.SENDING, begun_at=now)
    return deliveries


def _hand_over(deliveries: list[Delivery]) -> None:
    channel = channels().get(deliveries[0].channel)
    if channel is None:
        raise NotSent(_("The portal does not know this way out."))
    person, notices = deliveries[0].notice.recipient, [delivery.notice for delivery in deliveries]
    if robot := deliveries[0].robot:
        with translation.override(settings.LANGUAGE_CODE):
            return channel.send(Letter(person, notices, channel.most_bytes, robot))
    if not (person.is_active and channel.reaches(person)):
        raise NotSent(_("The account is closed, or this way no longer leads to it."))
    with translation.override(languages_of([person])[person.pk]):
        channel.send(Letter(person, notices, channel.most_bytes))
    return None


def _put_off(delivery: Delivery, problem: Exception) -> None:
    """Try again after 4, 16, 64, 256 and 1024 minutes: about a day, so that a broken night loses nothing."""
    attempts = delivery.attempts + 1
    state = Delivery.State.FAILED if attempts >= ATTEMPTS_ALLOWED else Delivery.State.WAITING
    told = (delivery.pk, delivery.channel, attempts, type(problem).__name__)
    logger.warning("Delivery %s by %s did not go out at attempt %s: %s.", *told)
    due_at = timezone.now() + timedelta(minutes=4**attempts)
    _settle([delivery], state=state, due_at=due_at, problem=one_line(problem)[:300])


def _settle(deliveries: list[Delivery], **change: Any) -> None:
    # Only the attempt that was begun here is settled here, never one that somebody else gave up or began anew.
    Delivery.objects.filter(
        pk__in=[delivery.pk for delivery in deliveries],
        state=Delivery.State.SENDING,
        begun_at=deliveries[0].begun_at,
    ).update(attempts=F("attempts") + 1, **change)


def _give_up_on_interrupted() -> None:
    """Nobody can tell whether an interrupted letter went out; the notice is in the portal, so it is not repeated."""
    Delivery.objects.filter(state=Delivery.State.SENDING, begun_at__lt=timezone.now() - SENDING_LOST_AFTER).update(
        state=Delivery.State.FAILED, problem=_("Interrupted while sending; not repeated, so that nobody is told twice.")
    )

"""Send the mails of the outbox, each once: what cannot be sent is tried again, what may have gone out is not."""

import logging
import time
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone
from django.utils.translation import gettext as _

from fsul_portal.notices.actions import one_line
from fsul_portal.notices.models import ATTEMPTS_ALLOWED, SENDING_LOST_AFTER, Delivery

logger = logging.getLogger(__name__)

# A mail server that is away costs seconds for each letter; the rest of them waits for the next round.
SECONDS_A_ROUND = 120


class NotSent(Exception):
    """Say why a mail did not go out, although the mail server raised nothing."""


def send_due():
    """Send the mails that are due; return how many went out."""
    _give_up_on_interrupted()
    due = Delivery.objects.due(timezone.now()).values_list("pk", flat=True)[:200]
    end = time.monotonic() + SECONDS_A_ROUND
    return sum(_send(pk) for pk in due if time.monotonic() < end)


def _send(pk):
    claimed = Delivery.objects.filter(pk=pk, state=Delivery.State.WAITING).update(
        state=Delivery.State.SENDING, begun_at=timezone.now()
    )
    if not claimed:
        return False
    delivery = Delivery.objects.select_related("notice__recipient").get(pk=pk)
    try:
        _hand_over(delivery.notice)
    except Exception as problem:
        _put_off(delivery, problem)
        return False
    _settle(delivery, state=Delivery.State.SENT, sent_at=timezone.now(), problem="")
    return True


def _hand_over(notice):
    if not (notice.recipient.email and notice.recipient.is_active):
        raise NotSent(_("The account is closed or has no mail address."))
    if not _mail(notice).send():
        raise NotSent(_("The mail server took nothing."))


def _mail(notice):
    link = f"{settings.SITE_URL}{notice.link}" if notice.link else settings.SITE_URL
    body = "\n\n".join(part for part in (notice.body, link) if part)
    return EmailMessage(subject=one_line(notice.subject), body=body, to=[notice.recipient.email])


def _put_off(delivery, problem):
    """Try again after 4, 16, 64, 256 and 1024 minutes: about a day, so that a broken night loses nothing."""
    attempts = delivery.attempts + 1
    state = Delivery.State.FAILED if attempts >= ATTEMPTS_ALLOWED else Delivery.State.WAITING
    logger.warning("Mail %s did not go out at attempt %s: %s.", delivery.pk, attempts, type(problem).__name__)
    due_at = timezone.now() + timedelta(minutes=4**attempts)
    _settle(delivery, state=state, due_at=due_at, problem=one_line(problem)[:300])


def _settle(delivery, **change):
    # Only the attempt that was begun here is settled here, never one that somebody else gave up or began anew.
    Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.SENDING, begun_at=delivery.begun_at).update(
        attempts=delivery.attempts + 1, **change
    )


def _give_up_on_interrupted():
    """Nobody can tell whether an interrupted mail went out; the notice stands in the portal, so it is not repeated."""
    Delivery.objects.filter(state=Delivery.State.SENDING, begun_at__lt=timezone.now() - SENDING_LOST_AFTER).update(
        state=Delivery.State.FAILED, problem=_("Interrupted while sending; not repeated, so that nobody is told twice.")
    )

"""Write notices with the change they speak of, and send them afterwards, never twice."""

from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fsul_portal.notices.models import ATTEMPTS_ALLOWED, SENDING_LOST_AFTER, Delivery, Notice


@transaction.atomic
def tell(people, *, key, subject, body="", link=""):
    """Write a notice to each of the people who was not told under this key yet; return the new notices."""
    told = set(Notice.objects.filter(key=key, recipient__in=people).values_list("recipient_id", flat=True))
    fresh = []
    for person in dict.fromkeys(people):
        if person.pk in told or not person.is_active:
            continue
        notice, is_new = Notice.objects.get_or_create(
            recipient=person, key=key, defaults={"subject": str(subject)[:200], "body": str(body), "link": link}
        )
        if is_new:
            fresh.append(notice)
            if person.email:
                Delivery.objects.create(notice=notice)
    return fresh


def send_due():
    """Send the mails that are due; return how many went out."""
    _give_up_on_interrupted()
    due = Delivery.objects.filter(state=Delivery.State.WAITING, due_at__lte=timezone.now())
    return sum(_send(pk) for pk in due.values_list("pk", flat=True)[:200])


def _send(pk):
    claimed = Delivery.objects.filter(pk=pk, state=Delivery.State.WAITING).update(
        state=Delivery.State.SENDING, begun_at=timezone.now()
    )
    if not claimed:
        return False
    delivery = Delivery.objects.select_related("notice__recipient").get(pk=pk)
    delivery.attempts += 1
    try:
        _mail(delivery.notice).send()
    except Exception as problem:
        _put_off(delivery, problem)
        return False
    delivery.state, delivery.sent_at, delivery.problem = Delivery.State.SENT, timezone.now(), ""
    delivery.save(update_fields=["state", "sent_at", "attempts", "problem"])
    return True


def _mail(notice):
    link = f"{settings.SITE_URL}{notice.link}" if notice.link else settings.SITE_URL
    body = "\n\n".join(part for part in (notice.body, link) if part)
    return EmailMessage(subject=notice.subject, body=body, to=[notice.recipient.email])


def _put_off(delivery, problem):
    delivery.problem = str(problem)[:300]
    delivery.state = Delivery.State.FAILED if delivery.attempts >= ATTEMPTS_ALLOWED else Delivery.State.WAITING
    delivery.due_at = timezone.now() + timedelta(minutes=2**delivery.attempts)
    delivery.save(update_fields=["state", "due_at", "attempts", "problem"])


def _give_up_on_interrupted():
    """Nobody can tell whether a mail that was interrupted went out; the notice in the portal stands, so it is not repeated."""
    Delivery.objects.filter(state=Delivery.State.SENDING, begun_at__lt=timezone.now() - SENDING_LOST_AFTER).update(
        state=Delivery.State.FAILED, problem=_("Interrupted while sending; not repeated, so that nobody is told twice.")
    )


def mark_read(notice):
    """Remember that the recipient has opened the notice."""
    Notice.objects.filter(pk=notice.pk, read_at__isnull=True).update(read_at=timezone.now())


def mark_all_read(user):
    return Notice.objects.visible_to(user).unread().update(read_at=timezone.now())

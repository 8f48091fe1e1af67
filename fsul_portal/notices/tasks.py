"""Send and remind by the clock."""

from celery import shared_task
from django.conf import settings
from django.utils import timezone, translation

from fsul_portal.notices.reminders import remind
from fsul_portal.notices.sending.outbox import send_due


@shared_task(name="notices.send")
def send_letters() -> None:
    send_due()


@shared_task(name="notices.remind")
def remind_today() -> None:
    with translation.override(settings.LANGUAGE_CODE):
        remind(timezone.localdate())

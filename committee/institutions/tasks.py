"""Let institutions enter into force on their day, and remind of consultations and reviews (6.1 a)."""

from datetime import date

from celery import shared_task
from django.conf import settings
from django.utils import timezone, translation

from committee.institutions.models import Institution
from fsul_portal.notices.models import Notice
from fsul_portal.notices.reminders import reminder
from fsul_portal.papers import letters
from fsul_portal.papers.actions import enter_all_due


@shared_task(name="institutions.enter_due")
def enter_due() -> None:
    """Move the states of what the days have let enter into force; a second run finds nothing."""
    with translation.override(settings.LANGUAGE_CODE):
        enter_all_due(Institution, timezone.localdate())


@reminder("6.1 a")
def remind_of_institutions(day: date) -> list[Notice]:
    """Tell of consultations that end or are over, and of reviews that are due (6.1 a)."""
    return letters.remind(Institution, day)

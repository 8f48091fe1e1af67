"""Let filings take effect on their day."""

import logging

from celery import shared_task
from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.utils import timezone, translation

from workgroups.coordination.filings.actions import apply_filing
from workgroups.coordination.filings.models import Filing

logger = logging.getLogger(__name__)


DATABASE_AWAY = (OperationalError, InterfaceError)


@shared_task(name="filings.apply_due", autoretry_for=DATABASE_AWAY, retry_backoff=30, max_retries=6)
def apply_due():
    """Carry out all that is due, each in a transaction of its own; what was missed yesterday is due today."""
    with translation.override(settings.LANGUAGE_CODE):
        for filing in Filing.objects.due(timezone.localdate()).order_by("effective_on", "pk"):
            _apply(filing)


def _apply(filing):
    try:
        apply_filing(filing)
    except DATABASE_AWAY:
        raise
    except Exception:
        # One that fails in a way nobody foresaw must not keep the others from their day.
        logger.exception("Filing %s could not be carried out.", filing.pk)

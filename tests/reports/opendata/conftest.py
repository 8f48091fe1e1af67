"""Publish reports, without printing them: what is open to outsiders does not ask how a document looks."""

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from reports.editions.actions import freeze_edition
from tests.reports.editions.conftest import period, reported

__all__ = ["period", "published", "reported"]


@pytest.fixture
def published(person, period):
    """Freeze, finish and publish an edition: `published("annual", "2025")`; its documents hold the words given."""

    def publish_now(kind, code, *, is_published=True, **documents):
        edition = freeze_edition(kind, code, by=person("office"))
        for form in ("pdf", "xlsx", "json"):
            content = documents.get(form, f"{form} of {edition.digest}").encode()
            getattr(edition, form).save(f"report.{form}", ContentFile(content), save=False)
        if is_published:
            edition.state = edition.State.IN_FORCE
            edition.published_at, edition.published_by = timezone.now(), person("office")
        edition.save()
        return edition

    return publish_now

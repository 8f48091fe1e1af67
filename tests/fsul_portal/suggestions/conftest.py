"""Let the tests here know a duty that the portal does not have, with its table and its addresses."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import override_settings
from django.urls import clear_url_caches

from tests.fsul_portal.conftest import in_english

__all__ = ["in_english"]


@pytest.fixture(scope="package")
def table(django_db_setup, django_db_blocker):
    """Make the table before the first test opens its transaction, and take it away after the last."""
    from tests.fsul_portal.suggestions.models import Suggestion

    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        editor.create_model(Suggestion)
    yield
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        editor.delete_model(Suggestion)


@pytest.fixture(autouse=True)
def duty(table, cast, in_english, settings):
    """Install the duty for one test."""
    with override_settings(
        INSTALLED_APPS=[*settings.INSTALLED_APPS, "tests.fsul_portal.suggestions"],
        ROOT_URLCONF="tests.fsul_portal.suggestions.urls",
    ):
        clear_url_caches()
        yield
    # The row of its kind goes with the transaction; whoever remembers its key would point at nothing.
    ContentType.objects.clear_cache()

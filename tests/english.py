"""Let a test read the sentences of the sources, whatever the catalogue says."""

import pytest
from django.utils import translation


@pytest.fixture
def in_english(settings):
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield

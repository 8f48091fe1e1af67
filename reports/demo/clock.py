"""Let a part of the demo happen at an earlier moment, through the same actions."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.utils import timezone


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let Django's clock stand at a moment; only for one process that does nothing else meanwhile."""

    class Then(datetime):
        @classmethod
        def now(cls, tz=None):
            return moment.astimezone(tz)

    # Defaults of fields hold the function `timezone.now` itself, so what it reads is put in its place.
    usual = timezone.datetime  # type: ignore[attr-defined]
    timezone.datetime = Then  # type: ignore[attr-defined]
    try:
        yield
    finally:
        timezone.datetime = usual  # type: ignore[attr-defined]

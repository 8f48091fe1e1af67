"""One hour of one day."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest


@pytest.fixture
def start():
    return datetime(2026, 12, 3, 14, 30, tzinfo=ZoneInfo("Asia/Shanghai"))

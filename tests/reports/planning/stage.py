"""Plan the report of one year."""

from datetime import date

from members.indicators.versions.actions import keep_first
from members.indicators.versions.models import DictionaryVersion
from reports.planning.actions import write_plan

YEAR = 2025


def planned(cast, year=YEAR):
    keep_first()
    parts = [("概况", cast["office"], date(year + 1, 1, 31)), ("服务效能", cast["committee"], date(year + 1, 2, 15))]
    facts = {"outline": "一、概况\n二、服务效能", "dictionary": DictionaryVersion.objects.get(number=1), "parts": parts}
    return write_plan(year, **facts, by=cast["office"])


def things(cast):
    return {"plan": planned(cast).year}

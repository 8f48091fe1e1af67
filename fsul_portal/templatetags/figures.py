"""Numbers and dates as the portal writes them, in either language."""

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

register = template.Library()

Number = int | float | Decimal | str

NOTHING = "—"
HUNDREDTH = Decimal("0.01")


@register.filter
def figure(value: Number | None, status: str = "") -> str:
    """Write a reported number, or say which kind of no number it is."""
    status = status or ("missing" if value is None else "reported")
    if status == "na":
        return format_html('<span class="no-figure" title="{}">{}</span>', gettext("Does not apply"), NOTHING)
    if status == "closed":
        return format_html('<span class="no-figure">{}</span>', gettext("Closed all the time"))
    if status == "due":
        return format_html('<span class="no-figure">{}</span>', gettext("Still to come"))
    if value is None or status == "missing":
        return format_html('<span class="no-figure missing">{}</span>', gettext("Not reported"))
    if status == "partial":
        return format_html('{}<span class="partial">{}</span>', written(value), gettext("incomplete"))
    return written(value)


def written(value: Number) -> str:
    """Write a number in full, with thousands separators; a fraction keeps two decimals, half up."""
    number = Decimal(str(value))
    if number == number.to_integral_value():
        return f"{number.to_integral_value():,}"
    return f"{number.quantize(HUNDREDTH, rounding=ROUND_HALF_UP):,}"


@register.filter
def change(value: Number | None, base: Number | None) -> SafeString:
    """Write the change against a base in per cent; without a base there is nothing to say."""
    if value is None or not base:
        return format_html('<span class="no-figure">{}</span>', NOTHING)
    rate = percent(Decimal(str(value)) - Decimal(str(base)), base)
    way = "up" if rate > 0 else "down" if rate < 0 else "level"
    sign = {"up": "+", "down": "−", "level": ""}[way]
    return format_html('<span class="change {}">{}</span>', way, f"{sign}{abs(rate):,}%")


@register.filter
def share(value: Number | None, total: Number | None) -> str:
    """Write a part of a total in per cent."""
    return NOTHING if value is None or not total else f"{percent(value, total):,}%"


def percent(part: Number, whole: Number) -> Decimal:
    """Return part of whole in per cent, two decimals, half up."""
    return (Decimal(str(part)) * 100 / Decimal(str(whole))).quantize(HUNDREDTH, rounding=ROUND_HALF_UP)


def chinese() -> bool:
    return (get_language() or "").startswith("zh")


def local(at: datetime) -> datetime:
    return timezone.localtime(at) if timezone.is_aware(at) else at


@register.filter
def day(value: date | None) -> str:
    """Write a day for a sentence: 2026年3月5日, 5 March 2026."""
    if value is None:
        return NOTHING
    value = local(value) if isinstance(value, datetime) else value
    if chinese():
        return f"{value.year}年{value.month}月{value.day}日"
    return f"{value.day} {value:%B} {value.year}"


@register.filter
def month_day(value: date) -> str:
    """Write a day whose year is known from beside it: 3月5日, 5 March."""
    return f"{value.month}月{value.day}日" if chinese() else f"{value.day} {value:%B}"


@register.filter
def weekday(value: date) -> str:
    """Write the day of the week: 周四, Thursday."""
    return f"周{'一二三四五六日'[value.weekday()]}" if chinese() else f"{value:%A}"


@register.filter
def clock(value: datetime) -> str:
    """Write a time of the day in the city: 09:30."""
    return f"{local(value):%H:%M}"


@register.filter
def iso(value: date | None) -> str:
    """Write a day for a table: 2026-03-05."""
    if value is None:
        return NOTHING
    return f"{local(value) if isinstance(value, datetime) else value:%Y-%m-%d}"


@register.filter
def moment(value: datetime | None) -> str:
    """Write a day and a time for a sentence."""
    return NOTHING if value is None else f"{day(value)} {local(value):%H:%M}"


def weekday_moment(value: datetime) -> str:
    """Write a day with its weekday and a time, as an invitation on paper does."""
    at = local(value)
    if chinese():
        return f"{day(at)}（星期{'一二三四五六日'[at.weekday()]}）{at.hour}:{at.minute:02}"
    return f"{at:%A}, {day(at)}, {at:%H:%M}"


@register.filter
def iso_moment(value: datetime | None) -> str:
    """Write a day and a time for a table."""
    return NOTHING if value is None else f"{local(value):%Y-%m-%d %H:%M}"


@register.filter
def exact(value: datetime) -> str:
    """Write a moment for machines, to the minute and with its distance to UTC, as HTML takes it."""
    return local(value).isoformat(timespec="minutes")


@register.filter
def period(value: str) -> str:
    """Write a period such as 2026-03 or 2026."""
    year, _, month = str(value).partition("-")
    if chinese():
        return f"{year}年{int(month)}月" if month else f"{year}年"
    return f"{date(int(year), int(month), 1):%B} {year}" if month else year


@register.filter
def wait(span: timedelta) -> str:
    """Write how long one has to wait, in whole minutes or hours, never less than it is."""
    minutes = max(1, -(-int(span.total_seconds()) // 60))
    if minutes % 60:
        return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    hours = minutes // 60
    return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}

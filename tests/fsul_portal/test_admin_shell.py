"""Walk all pages of the admin: the portal's bar, its days and times, and names instead of codes."""

import html
import re
from datetime import date, datetime

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import localize
from django.utils.translation import override

from fsul_portal.notices.actions import tell
from fsul_portal.templatetags.figures import iso, iso_moment
from tests.permission_table import clients_of, set_table

MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)
# Nobody of the cast may open them: other pages of the portal keep what they hold.
CLOSED = {
    "auth.Group",
    "django_celery_beat.ClockedSchedule",
    "django_celery_beat.CrontabSchedule",
    "django_celery_beat.IntervalSchedule",
    "django_celery_beat.SolarSchedule",
}
CODE = re.compile(r"(?<![(（])\b[A-Z]{2}\d{3}\b")
MACHINE = re.compile(r"\+00:00|object \(|\w+\.\w+_\w+|\* \* ")
# What Django would write by itself.
NOT_OURS = re.compile(r"\d{4}年\d+月\d+日 \d+:\d\d|[ap]\.m\.|(?:Jan|Feb|Aug|Sept|Oct|Nov|Dec)\. \d+, \d{4}")


@pytest.fixture
def pages(cast):
    """Return {(model, kind of page): its markup} of all that somebody of the cast may open, read as that person."""
    set_table(cast)
    tell([cast["admin"], cast["office"]], key="shell", subject="通知")
    clients = [clients_of(cast)[name] for name in ("admin", "office")]
    found = {}
    for model in MODELS:
        for kind, address in addresses_of(model):
            answers = (client.get(address) for client in clients)
            page = next((answer for answer in answers if answer.status_code == 200), None)
            if page:
                found[model._meta.label, kind] = page.content.decode()
    return found


def addresses_of(model):
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    yield "list", reverse(f"{name}_changelist")
    row = model._default_manager.first()
    if row:
        yield from ((kind, reverse(f"{name}_{kind}", args=[row.pk])) for kind in ("change", "history"))


def headings(page):
    found = re.findall(r"<title>(.*?)</title>|<h1[^>]*>(.*?)</h1>", page, re.DOTALL)
    return [" ".join(html.unescape(re.sub(r"<[^>]+>", " ", "".join(one))).split()) for one in found]


def test_every_list_of_the_admin_is_walked(pages):
    assert {model._meta.label for model in MODELS} - {label for label, __ in pages} == CLOSED
    assert len([kind for __, kind in pages if kind == "change"]) > 12


def test_every_page_of_the_admin_leads_to_the_portal_the_notices_and_the_other_language(pages):
    lacking = []
    for place, page in pages.items():
        bar = page.partition('<div class="portal-bar">')[2].partition('id="header-inner"')[0]
        wanted = ('href="/"', 'action="/language/"', 'href="/notices/"', 'class="count"', 'name="language"')
        lacking += [(place, one) for one in wanted if one not in bar]
    assert lacking == []


def test_the_admin_names_things_by_their_names(pages):
    told = {place: headings(page) for place, page in pages.items()}
    assert {place: words for place, words in told.items() if any(CODE.search(one) for one in words)} == {}
    assert {place: words for place, words in told.items() if any(MACHINE.search(one) for one in words)} == {}


def test_the_admin_writes_days_and_times_as_the_tables_of_the_portal_do(pages):
    assert {place: NOT_OURS.findall(page) for place, page in pages.items() if NOT_OURS.search(page)} == {}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_django_writes_a_day_as_the_formatter_of_the_portal_does(language):
    at = timezone.make_aware(datetime(2026, 3, 5, 14, 30))
    with override(language):
        assert localize(timezone.localtime(at)) == iso_moment(at)
        assert localize(date(2026, 3, 5)) == iso(date(2026, 3, 5))

"""Show the dictionary of indicators to everybody, and let only its keepers change words (6.2.1 j)."""

import pytest
from django.contrib.auth.models import Permission
from django.utils import translation

from fsul_portal.records.models import Record
from members.indicators.dictionary import load_first_indicators
from members.indicators.models import Indicator

ADDRESS = "/admin/members/indicator/"


@pytest.fixture
def visits(cast):
    return Indicator.objects.get(code="V01")


def changed(indicator, **words):
    fields = (
        "name",
        "name_en",
        "unit",
        "unit_en",
        "over_time",
        "over_libraries",
        "definition",
        "definition_en",
        "sort",
    )
    return {name: getattr(indicator, name) for name in fields} | words


@pytest.mark.clause("6.2.1 j")
def test_everybody_reads_what_each_figure_means(signed_in, visits):
    page = signed_in("observer").get("/reports/indicators/", headers={"accept-language": "zh-hans"})
    assert [one.code for one in page.context["indicators"]][:3] == ["V01", "L01", "L02"]
    assert visits.definition in page.content.decode()


def test_each_language_has_its_own_words(visits):
    with translation.override("en"):
        assert (visits.title, visits.unit_title) == ("Physical visits", "visits")
    with translation.override("zh-hans"):
        assert (visits.title, visits.unit_title) == ("到馆人次", "人次")


def test_loading_again_keeps_what_was_changed(visits):
    Indicator.objects.filter(pk=visits.pk).update(name="进馆人次")
    assert load_first_indicators() == 0
    assert Indicator.objects.get(code="V01").name == "进馆人次"


def test_without_the_permission_nobody_changes_the_dictionary(signed_in, visits):
    for username in ("admin", "office"):
        client = signed_in(username)
        assert client.get(f"{ADDRESS}{visits.pk}/change/").status_code == 200
        assert client.post(f"{ADDRESS}{visits.pk}/change/", changed(visits, name="x")).status_code == 403
        assert client.get(f"{ADDRESS}add/").status_code == 403
    assert Indicator.objects.get(code="V01").name == "到馆人次"


def test_a_change_of_words_is_on_record(signed_in, person, visits):
    person("admin").user_permissions.add(Permission.objects.get(codename="change_indicator"))
    page = signed_in("admin").post(f"{ADDRESS}{visits.pk}/change/", changed(visits, name="进馆人次", code="X99"))
    assert page.status_code == 302
    record = Record.objects.of(visits).get()
    assert (record.by, record.before, record.after) == (person("admin"), {"name": "到馆人次"}, {"name": "进馆人次"})
    assert Indicator.objects.get(pk=visits.pk).code == "V01"

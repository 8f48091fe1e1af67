"""The office writes the words of a report, and names stand in them for figures that cannot differ from the tables."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.translation import override

from fsul_portal.records.models import Record
from fsul_portal.runs.models import Run
from fsul_portal.verdicts import Unready
from reports.documents.chapters import WORDED
from reports.documents.reading import Reading
from reports.documents.words.placeholders import names_of, unknown_in
from reports.documents.words.proposal import OVERVIEW, paragraphs, proposed
from reports.editions import actions
from reports.editions.life import actions as life
from reports.editions.models import WRITE_TASK, Edition
from reports.editions.tasks import write_edition
from reports.editions.texts.actions import write_texts
from tests.reports.documents.fakes import snapshot

MARCH = "2025-03"


@pytest.fixture
def edition(reported, period, settings):
    settings.COMPARABLE_FROM = 0
    for month, visits in (("2025-02", 20_000), (MARCH, 25_000), ("2024-03", 12_500)):
        reported("NH001", month, V01=visits, L01=5)
        period(month, locked=True)
    return actions.build_edition("monthly", MARCH)


def told(edition, anchor=OVERVIEW):
    with override("zh-hans"):
        return paragraphs(Reading(actions.full_snapshot(Edition.objects.get(pk=edition.pk))), anchor)


def write(edition, text, anchor=OVERVIEW, by=None, **more):
    return write_texts(edition, by=by, texts={anchor: {"zh-hans": text}}, **more)


@pytest.mark.clause("6.1 d")
@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("到馆{到馆人次}，{到馆人次·环比}。", "到馆2.50万人次，环比增长25.00%（同口径1馆）。"),
        ("去年同月{到馆人次·上年}，{到馆人次·同比}。", "去年同月1.25万人次，同比增长100.00%（同口径1馆）。"),
        ("上月{ V01.上月 }", "上月2.00万人次"),
        ("南海{V01・南海区}", "南海2.50万人次"),
        ("禅城{到馆人次·禅城区}", "禅城缺报"),
        ("{期间}，全系统{成员馆数}馆", None),
        ("{Physical visits·on year}", "同比增长100.00%（同口径1馆）"),
        ("无花括号", "无花括号"),
    ],
)
def test_a_name_stands_for_the_figure_of_the_tables(edition, person, text, printed):
    write(edition, text, by=person("office"))
    said = told(edition)
    assert len(said) == 1
    assert "{" not in said[0]
    if printed:
        assert said == [printed]


@pytest.mark.parametrize("text", ["{到馆人}", "{V01·去年}", "{到馆人次", "到馆人次}", "{}", "{{V01}}"])
def test_a_name_that_nothing_bears_is_refused_at_its_field_and_nothing_is_kept(edition, person, text):
    with pytest.raises(Unready) as refused:
        write(edition, text, by=person("office"))
    assert [finding.field for finding in refused.value.findings] == ["overview_zh_hans"]
    assert Edition.objects.get(pk=edition.pk).texts == {}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("kind", ["monthly", "annual"])
def test_what_is_proposed_calls_figures_by_names_that_the_report_knows(kind, language):
    with override(language):
        reading = Reading(snapshot(kind, 14))
        for anchor in WORDED:
            assert unknown_in(proposed(reading, anchor), reading) == []
        assert all("{" not in line for line in paragraphs(reading, OVERVIEW))
        assert len({name for name, __ in names_of(reading)}) == len([name for name, __ in names_of(reading)])


@pytest.mark.clause("6.1 d")
def test_other_words_have_the_documents_written_anew_and_stand_in_the_pdf(edition, person):
    old = edition.pdf.name
    write(edition, "明年将增设流动图书馆。", "plans", by=person("office"))
    written = Edition.objects.get(pk=edition.pk)
    assert (written.is_finished, bool(written.json), written.digest) == (False, True, edition.digest)
    write_edition(Run.objects.get(task=WRITE_TASK).pk)
    written = Edition.objects.get(pk=edition.pk)
    assert written.is_finished
    assert written.pdf.name != old
    assert Record.objects.of(edition).filter(verb="edited", by=person("office")).count() == 1


def test_what_is_proposed_anyway_is_not_kept(edition, person):
    with override("zh-hans"):
        first = proposed(Reading(actions.full_snapshot(edition)), OVERVIEW)
    write(edition, f"{first}\n\n", by=person("office"))
    assert Edition.objects.get(pk=edition.pk).texts == {}
    assert not Run.objects.filter(task=WRITE_TASK).exists()


def test_the_next_edition_begins_with_the_texts_of_the_last(edition, person, reported):
    write(edition, "到馆{到馆人次}。", by=person("office"))
    reported("NH001", MARCH, V01=26_000, L01=5)
    assert told(actions.freeze_edition("monthly", MARCH)) == ["到馆2.60万人次。"]


def test_nobody_but_the_office_writes_and_nothing_changes_under_review(edition, person, signed_in):
    with pytest.raises(PermissionDenied):
        write(edition, "x", by=person("coordination-lead"))
    life.submit(edition, by=person("office"))
    with pytest.raises(PermissionDenied):
        write(edition, "x", by=person("office"))
    page = reverse("reports:edition-texts", args=[edition.pk])
    assert [signed_in(name).get(page).status_code for name in ("office", "nanhai", "committee")] == [409, 404, 403]


def test_whoever_was_overtaken_keeps_what_he_typed(edition, person, signed_in):
    write(edition, "先到的文字", "plans", by=person("office"))
    page = reverse("reports:edition-texts", args=[edition.pk])
    answer = signed_in("office").post(page, {"version": "0", "plans_zh_hans": "后到的文字"})
    assert answer.status_code == 409
    assert "后到的文字" in answer.content.decode()
    assert told(edition, "plans") == ["先到的文字"]


def test_the_page_says_at_the_field_which_name_is_unknown(edition, signed_in):
    page = reverse("reports:edition-texts", args=[edition.pk])
    answer = signed_in("office").post(page, {"version": "0", "overview_zh_hans": "{不存在}"})
    assert "本报告中没有名为“不存在”的数据" in answer.content.decode()

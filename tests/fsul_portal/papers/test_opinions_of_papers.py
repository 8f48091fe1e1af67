"""Hold how opinions are given and answered by the acts of a paper, and how they go out."""

import io

import openpyxl
import pytest
from django.utils import timezone

from fsul_portal.acts.versions import Stale
from fsul_portal.papers import actions, wording
from fsul_portal.papers.detail import beside
from fsul_portal.verdicts import Overtaken, Unready
from tests.english import in_english
from tests.fsul_portal.papers.test_standing_of_papers import (
    a_wednesday,
    consulted,
    decide,
    drafted,
    hands,
    issue,
    paper,
)

__all__ = ["a_wednesday", "consulted", "decide", "drafted", "hands", "in_english", "issue", "paper"]


def speak(paper, by, text="过宽", **facts):
    return actions.speak(paper, by=by, text=text, edition=1, **facts)


def test_the_same_opinion_sent_twice_is_kept_once_and_another_one_beside_it(consulted, hands):
    first = speak(consulted, hands["committee"], clause="三")
    assert speak(consulted, hands["committee"], clause="三") == first
    speak(consulted, hands["committee"], "另见附件")
    assert consulted.consulted.count() == 2


def test_whoever_read_an_edition_of_before_looks_at_the_new_one_first(consulted, hands):
    paper = actions.write(consulted, by=hands["office"], text="第一条 改")
    paper = actions.consult(paper, by=hands["office"], until=timezone.localdate())
    with pytest.raises(Stale):
        speak(paper, hands["committee"])


def test_opinions_are_answered_one_by_one_with_a_reason_where_one_is_needed(consulted, hands):
    one, other = speak(consulted, hands["committee"]), speak(consulted, hands["technical-lead"])
    office = hands["office"]
    with pytest.raises(Unready):
        actions.answer_one(consulted, by=office, opinion=one.pk, outcome="not")
    with pytest.raises(Unready):
        actions.answer_one(consulted, by=office, opinion=0, outcome="accepted")
    actions.answer_one(consulted, by=office, opinion=one.pk, outcome="not", reason="已有规定")
    with pytest.raises(Overtaken):
        actions.answer_one(consulted, by=office, opinion=one.pk, outcome="accepted")
    actions.answer_one(consulted, by=office, opinion=other.pk, outcome="accepted")
    with pytest.raises(Overtaken, match=r"Every opinion has been answered\."):
        actions.answer_one(consulted, by=office, opinion=other.pk, outcome="accepted")
    assert sorted(consulted.consulted.values_list("outcome", flat=True)) == ["accepted", "not"]


def test_what_the_page_shows_is_the_newest_text_and_what_differs(consulted, hands):
    paper = actions.write(consulted, by=hands["office"], text="第一条\n第二条")
    told = beside(paper)
    assert (told["edition"].number, told["text"]) == (2, ["第一条", "第二条"])
    assert [(row.before, row.after) for row in told["changed"]] == [("", "第二条")]


def test_opinions_go_out_as_a_workbook_and_on_paper_and_the_text_once_it_is_issued(consulted, hands, issue):
    assert not wording.has_opinions(consulted)
    speak(consulted, hands["committee"], clause="三", unit="顺德区总馆")
    sheet = openpyxl.load_workbook(io.BytesIO(wording.opinions_as_xlsx(consulted))).active
    cells = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert [(row[1], row[5], row[6]) for row in cells] == [("顺德区总馆", "三", "过宽")]
    letter = wording.opinions_on_paper(consulted)
    assert [cell.text for cell in letter.body[0].rows[1]] == ["1", "顺德区总馆", "三", "过宽", "—", "—"]
    assert not wording.has_number(consulted)
    done = issue(timezone.localdate())
    assert wording.has_number(done)
    letter = wording.text_on_paper(done, "专委会")
    assert (letter.number, letter.signers, letter.body[0].text) == (done.number, ("专委会",), "第一条")
